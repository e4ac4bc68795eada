import { Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DomainPath } from '../domain-view.js';
import classes from '../asset.module.css';
import { DOMAINS, type Domain } from './domains-query.js';
import { EditForm } from './edit-form.js';
import { BeingSaved, EditOutcome, OpenForm } from './edit-section.js';
import { FORM } from './edit-state.js';
import { useEditing, type Editing } from './editing.js';
import { editOf, pathOf } from './edits.js';
import { useEdit, type EditControl } from './use-edit.js';

const NONE: readonly Domain[] = [];
/** Stands for no domain in a list of their ids. */
const NO_DOMAIN = '-';

/** The domains that one can choose from; none for whoever may not. */
export function useDomains(): readonly Domain[] {
  const isEditing = useEditing() !== null;
  const [{ data }] = useQuery({ query: DOMAINS, pause: !isEditing, requestPolicy: 'cache-and-network' });
  return isEditing ? (data?.domains ?? NONE) : NONE;
}

interface DomainEntryProps {
  readonly domain: Domain | null;
  readonly domains: readonly Domain[];
}

function DomainForm({ control, domain, domains }: DomainEntryProps & { readonly control: EditControl }) {
  const { t } = useTranslation('asset');
  const { faults, unmade, save } = control;
  const begun = editOf(unmade, 'assignDomain');
  const [chosen, setChosen] = useState((begun === null ? domain : begun.domain)?.id ?? NO_DOMAIN);
  const paths = domains
    .map((one) => ({ value: one.id, label: pathOf(one) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <EditForm
      control={control}
      label={t('edit.changeDomain')}
      shown={['domain']}
      onSave={(reason) => {
        save({ kind: 'assignDomain', domain: domains.find(({ id }) => id === chosen) ?? null, reason });
      }}
    >
      <Select
        label={t('domain')}
        searchable
        openOnFocus={false}
        allowDeselect={false}
        data={[{ value: NO_DOMAIN, label: t('edit.noDomain') }, ...paths]}
        value={chosen}
        error={faults['domain']}
        nothingFoundMessage={t('edit.domainNone')}
        comboboxProps={{ withinPortal: false }}
        withScrollArea={false}
        styles={{ options: { maxHeight: 240, overflowY: 'auto' } }}
        onChange={(value) => {
          if (value !== null) setChosen(value);
        }}
      />
    </EditForm>
  );
}

function PathOrNone({ domain }: { readonly domain: Domain | null }) {
  const { t } = useTranslation('asset');
  return domain === null ? <span className="hw-quiet">{t('edit.noDomain')}</span> : <DomainPath domain={domain} />;
}

function EditableDomain({ editing, domain, domains }: DomainEntryProps & { readonly editing: Editing }) {
  const { t } = useTranslation('asset');
  const control = useEdit(editing);
  const coming = editOf(control.pending, 'assignDomain');
  return (
    <Stack gap={4} align="stretch">
      <div aria-busy={coming !== null} className={coming === null ? undefined : classes['going']}>
        {coming === null ? (
          <PathOrNone domain={domain} />
        ) : (
          <>
            <Text size="sm">{coming.domain === null ? t('edit.noDomain') : pathOf(coming.domain)}</Text>
            <BeingSaved />
          </>
        )}
      </div>
      {control.form === FORM ? <DomainForm control={control} domain={domain} domains={domains} /> : null}
      <EditOutcome control={control} theirs={<PathOrNone domain={domain} />} />
      <div style={{ marginInlineStart: -8 }}>
        <OpenForm control={control}>{t('edit.changeDomain')}</OpenForm>
      </div>
    </Stack>
  );
}

/** The domain of an asset; to be edited in place by those who may. */
export function DomainEntry(props: DomainEntryProps) {
  const editing = useEditing();
  if (editing !== null) return <EditableDomain editing={editing} {...props} />;
  return props.domain === null ? null : <DomainPath domain={props.domain} />;
}
