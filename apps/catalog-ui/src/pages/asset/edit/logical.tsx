import { Group, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql/tada.js';
import { Section } from '../../../ui/page.js';
import type { NodeOf } from '../asset-query.js';
import { LogicalMembership } from '../logical-view.js';
import { EditForm } from './edit-form.js';
import { BeingSaved, EditOutcome, OpenForm, OpenRemoval, Removal } from './edit-section.js';
import { FORM } from './edit-state.js';
import { useEditing, type Editing } from './editing.js';
import { editOf, type ChosenTerm } from './edits.js';
import { useEdit, type EditControl } from './use-edit.js';

const LOGICAL_CHOICES = graphql(`
  query LogicalChoices($text: String!) {
    logicalDatasets(first: 50, text: $text) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

const OUT = 'out';

type Membership = NodeOf<'Dataset'>['logicalDataset'];

function useLogicalDatasets(text: string, isAsked: boolean): readonly ChosenTerm[] {
  const [{ data }] = useQuery({
    query: LOGICAL_CHOICES,
    variables: { text },
    pause: !isAsked,
    requestPolicy: 'cache-and-network',
  });
  return (data?.logicalDatasets.edges ?? []).map(({ node }) => node);
}

function LogicalForm({ control, without }: { readonly control: EditControl; readonly without: string | null }) {
  const { t } = useTranslation('asset');
  const { faults, unmade, save } = control;
  const [chosen, setChosen] = useState<ChosenTerm | null>(editOf(unmade, 'addToLogicalDataset')?.logical ?? null);
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, 150);
  // What is chosen stands in the field, and would be searched for.
  const found = useLogicalDatasets(asked === chosen?.name ? '' : asked.slice(0, 200), true);
  const offered = found.filter(({ id }) => id !== without && id !== chosen?.id);
  return (
    <EditForm
      control={control}
      label={t('edit.toLogicalForm')}
      shown={['logicalDataset']}
      onSave={(reason) => {
        if (chosen !== null) save({ kind: 'addToLogicalDataset', logical: chosen, reason });
      }}
    >
      <Select
        label={t('logical')}
        description={t('edit.logicalHint')}
        searchable
        openOnFocus={false}
        data={[...(chosen === null ? [] : [chosen]), ...offered].map(({ id, name }) => ({ value: id, label: name }))}
        filter={({ options }) => options}
        value={chosen?.id ?? null}
        error={faults['logicalDataset']}
        nothingFoundMessage={t('edit.logicalNone')}
        comboboxProps={{ withinPortal: false }}
        withScrollArea={false}
        styles={{ options: { maxHeight: 240, overflowY: 'auto' } }}
        onSearchChange={setTyped}
        onChange={(value) => {
          setChosen(found.find(({ id }) => id === value) ?? null);
        }}
      />
    </EditForm>
  );
}

function Editable({ editing, membership }: { readonly editing: Editing; readonly membership: Membership }) {
  const { t } = useTranslation('asset');
  const control = useEdit(editing);
  const coming = editOf(control.pending, 'addToLogicalDataset');
  const going = editOf(control.pending, 'removeFromLogicalDataset');
  // An edit puts it into one at most: it is taken out of that first. What a rule says, an edit may say otherwise.
  const isByEdit = membership?.source === 'EDIT';
  const name = membership?.logicalDataset.name ?? '';
  return (
    <Section
      title={t('logical')}
      actions={isByEdit ? undefined : <OpenForm control={control}>{t('edit.toLogical')}</OpenForm>}
    >
      {control.form === FORM ? <LogicalForm control={control} without={membership?.logicalDataset.id ?? null} /> : null}
      <EditOutcome
        control={control}
        theirs={<Text className="hw-name">{name === '' ? t('edit.noLogical') : name}</Text>}
      />
      {coming === null ? null : (
        <>
          <Text className="hw-name">{coming.logical.name}</Text>
          <BeingSaved />
        </>
      )}
      {membership === null ? (
        coming === null ? (
          <Text className="hw-quiet">{t('edit.noLogical')}</Text>
        ) : null
      ) : (
        <div aria-busy={going !== null}>
          <Group gap="xs" align="flex-start" wrap="nowrap" justify="space-between">
            <div style={{ minWidth: 0 }}>
              <LogicalMembership membership={membership} />
            </div>
            {control.pending === null && control.form !== FORM ? (
              <OpenRemoval control={control} form={OUT} label={t('edit.outOfLogical', { name })} />
            ) : null}
          </Group>
          {going === null ? null : <BeingSaved />}
        </div>
      )}
      <Removal
        control={control}
        isOpen={control.form === OUT && membership !== null}
        title={t('edit.outOfLogicalTitle')}
        lead={t('edit.outOfLogicalLead', { name })}
        action={t('edit.remove')}
        onRemove={(reason) => {
          if (membership !== null)
            control.save({ kind: 'removeFromLogicalDataset', logical: membership.logicalDataset, reason });
        }}
      />
    </Section>
  );
}

/** The logical dataset that a dataset is in, and why; to be edited in place by those who may, where there are any. */
export function LogicalSection({ membership }: { readonly membership: Membership }) {
  const { t } = useTranslation('asset');
  const editing = useEditing();
  const hasSome = useLogicalDatasets('', editing !== null).length > 0;
  if (editing !== null && (hasSome || membership !== null))
    return <Editable editing={editing} membership={membership} />;
  if (membership === null) return null;
  return (
    <Section title={t('logical')}>
      <LogicalMembership membership={membership} />
    </Section>
  );
}
