import { Group, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql/tada.js';
import { assetHref } from '../../../lib/node-id.js';
import { PageLink } from '../../../ui/link.js';
import { Section } from '../../../ui/page.js';
import classes from '../asset.module.css';
import { Line, Origin, type LinesProps } from '../facts.js';
import type { Term } from '../fragments.js';
import { TermStatus } from '../term-view.js';
import { useAsOf } from '../use-as-of.js';
import { EditForm } from './edit-form.js';
import { BeingSaved, EditSection, OpenRemoval, Removal } from './edit-section.js';
import { FORM } from './edit-state.js';
import { useEditing, type Editing } from './editing.js';
import { editOf, type ChosenTerm } from './edits.js';
import { useEdit, type EditControl } from './use-edit.js';

/** Terms to choose from; those that are not to be used any more are left out. */
const TERMS = graphql(`
  query Terms($text: String!) {
    terms(first: 50, text: $text, statuses: [DRAFT, APPROVED]) {
      edges {
        node {
          id
          name
          above {
            id
            name
          }
        }
      }
    }
  }
`);

/** Apart from the name of the form that adds one. */
const keyOf = ({ term }: Term): string => `term ${term.id}`;

function useTerms(text: string, isAsked: boolean): readonly ChosenTerm[] {
  const [{ data }] = useQuery({
    query: TERMS,
    variables: { text },
    pause: !isAsked,
    requestPolicy: 'cache-and-network',
  });
  return (data?.terms.edges ?? []).map(({ node }) => ({
    id: node.id,
    name: [...node.above.map(({ name }) => name), node.name].join(' / '),
  }));
}

function TermForm({ control, terms }: { readonly control: EditControl; readonly terms: readonly Term[] }) {
  const { t } = useTranslation('asset');
  const { faults, unmade, save } = control;
  const [chosen, setChosen] = useState<ChosenTerm | null>(editOf(unmade, 'assignTerm')?.term ?? null);
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, 150);
  // What is chosen stands in the field, and would be searched for.
  const found = useTerms(asked === chosen?.name ? '' : asked.slice(0, 200), true);
  const put = new Set(terms.map(({ term }) => term.id));
  const offered = found.filter(({ id }) => !put.has(id) && id !== chosen?.id);
  return (
    <EditForm
      control={control}
      label={t('edit.addTerm')}
      shown={['term']}
      onSave={(reason) => {
        if (chosen !== null) save({ kind: 'assignTerm', term: chosen, reason });
      }}
    >
      <Select
        label={t('edit.term')}
        description={t('edit.termHint')}
        searchable
        openOnFocus={false}
        data={[...(chosen === null ? [] : [chosen]), ...offered].map(({ id, name }) => ({ value: id, label: name }))}
        // Synonyms find a term, too, which its label does not tell.
        filter={({ options }) => options}
        value={chosen?.id ?? null}
        error={faults['term']}
        nothingFoundMessage={t('edit.termNone')}
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

interface TermsProps {
  readonly id: string;
  readonly terms: readonly Term[];
}

function TermLines({ terms, action, isGoing, coming = null }: TermsProps & LinesProps<Term>) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  if (terms.length === 0 && coming === null) return <Text className="hw-quiet">{t('termsNone')}</Text>;
  return (
    <ul className={classes['list']}>
      {coming === null ? null : <Line isBusy>{coming}</Line>}
      {terms.map((term) => (
        <Line key={`${term.term.id} ${term.position}`} isBusy={isGoing?.(term) ?? false}>
          <Group gap="xs">
            <PageLink to={assetHref(term.term.id, { asOf })} className="hw-name" fw={550}>
              {term.term.name}
            </PageLink>
            {term.term.status === 'APPROVED' ? null : <TermStatus status={term.term.status} />}
            {action?.(term)}
          </Group>
          <Origin fact={term} />
        </Line>
      ))}
    </ul>
  );
}

function EditableTerms({ editing, id, terms }: TermsProps & { readonly editing: Editing }) {
  const { t } = useTranslation('asset');
  const control = useEdit(editing);
  const coming = editOf(control.pending, 'assignTerm');
  const going = editOf(control.pending, 'unassignTerm');
  const leaving = terms.find((term) => keyOf(term) === control.form);
  return (
    <EditSection
      title={t('terms')}
      action={t('edit.addTerm')}
      control={control}
      form={<TermForm control={control} terms={terms} />}
      theirs={<Text className="hw-name">{terms.map(({ term }) => term.name).join(', ') || t('edit.theirsNone')}</Text>}
    >
      <TermLines
        id={id}
        terms={terms}
        isGoing={({ term }) => going?.term.id === term.id}
        coming={
          coming === null ? null : (
            <>
              <Text className="hw-name">{coming.term.name}</Text>
              <BeingSaved />
            </>
          )
        }
        action={(term) =>
          control.pending === null && control.form !== FORM ? (
            <OpenRemoval control={control} form={keyOf(term)} label={t('edit.unassign', { term: term.term.name })} />
          ) : null
        }
      />
      <Removal
        control={control}
        isOpen={leaving !== undefined}
        title={t('edit.unassignTitle')}
        lead={leaving === undefined ? '' : t('edit.unassignLead', { term: leaving.term.name })}
        action={t('edit.remove')}
        onRemove={(reason) => {
          if (leaving !== undefined) control.save({ kind: 'unassignTerm', term: leaving.term, reason });
        }}
      />
    </EditSection>
  );
}

/** The terms of the glossary that a node has; to be edited in place by those who may, where there is a glossary. */
export function TermsSection(props: TermsProps) {
  const { t } = useTranslation('asset');
  const editing = useEditing();
  const hasGlossary = useTerms('', editing !== null).length > 0;
  if (editing !== null && (hasGlossary || props.terms.length > 0))
    return <EditableTerms editing={editing} {...props} />;
  if (props.terms.length === 0) return null;
  return (
    <Section title={t('terms')}>
      <TermLines {...props} />
    </Section>
  );
}
