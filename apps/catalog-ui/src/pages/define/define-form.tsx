import { Button, Checkbox, Group, NativeSelect, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField, ChoicesField } from './choices.js';
import { DefineProblem } from './define-outcome.js';
import {
  changedMembers,
  DOMAIN_LAYERS,
  memberOf,
  MEMBERS,
  PRODUCT_STATUSES,
  TERM_STATUSES,
  type DefinitionKind,
  type Draft,
  type Member,
  type Status,
} from './draft.js';
import { NO_OWNER, OwnersField, ownersWith } from './owners-field.js';
import type { Wish } from './send-define.js';
import { linksBetween } from './links.js';
import type { DefineControl } from './use-define.js';

interface DefineFormProps {
  readonly kind: DefinitionKind;
  /** What is changed; null: a new one is made. */
  readonly id: string | null;
  readonly begun: Draft;
  readonly control: DefineControl;
  readonly onSave: (wish: Wish, reason: string) => void;
  readonly onClose: () => void;
}

/** How many datasets of a definition a form begins with at most. */
const MOST_DATASETS = 100;

/** All members of a term, a domain or a data product; what is wrong with one stands at its field. */
export function DefineForm({ kind, id, begun, control, onSave, onClose }: DefineFormProps) {
  const { t } = useTranslation('define');
  const { state, faults } = control;
  const [draft, setDraft] = useState(begun);
  const [typed, setTyped] = useState(NO_OWNER);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<{ readonly member: Member | null; readonly text: string } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.phase === 'REFUSED') form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state]);
  const change = (part: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const save = (): void => {
    const owners = ownersWith(draft.owners, typed);
    const whole = { ...draft, owners };
    change({ owners });
    setTyped(NO_OWNER);
    const members = id === null ? MEMBERS[kind] : changedMembers(kind, begun, whole);
    const text = whole.name.trim() === '' ? t('nameless') : members.length === 0 ? t('unchanged') : null;
    setProblem(text === null ? null : { member: whole.name.trim() === '' ? 'name' : null, text });
    if (text === null)
      onSave(
        id === null
          ? { do: 'create', draft: whole, links: linksBetween([], whole.datasets) }
          : { do: 'change', id, draft: whole, members, links: linksBetween(begun.datasets, whole.datasets) },
        reason,
      );
    else form.current?.querySelector<HTMLElement>('input')?.focus();
  };
  const refusedMember = state.phase === 'REFUSED' ? memberOf(state.refusal.reason) : null;
  const errorAt = (member: Member): ReactNode => {
    if (problem?.member === member) return problem.text;
    if (faults[member] !== undefined) return faults[member];
    if (state.phase !== 'REFUSED' || refusedMember !== member) return undefined;
    return t(`refused.${state.refusal.reason as 'TERM_EXISTS'}`);
  };
  const offering = kind === 'logical' ? 'logical' : 'product';
  const hint = t(`datasetsHint.${offering}`);
  // Where there are so many, those behind are not in the list.
  const most = String(MOST_DATASETS);
  const datasetsHint = begun.datasets.length < MOST_DATASETS ? hint : `${hint} ${t('datasetsMore', { most })}`;
  const fields: Readonly<Record<Member, () => React.ReactNode>> = {
    name: () => (
      <TextInput
        label={t('name')}
        required
        value={draft.name}
        error={errorAt('name')}
        data-autofocus
        onChange={({ currentTarget: { value } }) => {
          change({ name: value });
        }}
      />
    ),
    parent: () => (
      <ChoiceField
        offer={kind === 'term' ? 'term' : 'domain'}
        label={t(kind === 'term' ? 'termParent' : 'domainParent')}
        value={draft.parent}
        without={id}
        error={errorAt('parent')}
        onChange={(parent) => {
          change({ parent });
        }}
      />
    ),
    domain: () => (
      <ChoiceField
        offer="domain"
        label={t('inDomain')}
        value={draft.domain}
        error={errorAt('domain')}
        onChange={(domain) => {
          change({ domain });
        }}
      />
    ),
    synonyms: () => (
      <TagsInput
        label={t('synonyms')}
        description={t('synonymsHint')}
        acceptValueOnBlur
        value={[...draft.synonyms]}
        error={errorAt('synonyms')}
        onChange={(synonyms) => {
          change({ synonyms });
        }}
      />
    ),
    related: () => (
      <ChoicesField
        offer="term"
        label={t('related')}
        hint={t('relatedHint')}
        value={draft.related}
        without={id}
        error={errorAt('related')}
        onChange={(related) => {
          change({ related });
        }}
      />
    ),
    status: () => (
      <NativeSelect
        label={t('status')}
        value={draft.status}
        error={errorAt('status')}
        data={(kind === 'term' ? TERM_STATUSES : PRODUCT_STATUSES).map((value) => ({
          value,
          label: t(`statuses.${value}`),
        }))}
        onChange={({ currentTarget: { value } }) => {
          change({ status: value as Status });
        }}
      />
    ),
    successor: () => (
      <ChoiceField
        offer="term"
        label={t('successor')}
        hint={t('successorHint')}
        value={draft.successor}
        without={id}
        error={errorAt('successor')}
        onChange={(successor) => {
          change({ successor });
        }}
      />
    ),
    layer: () => (
      <NativeSelect
        label={t('layer')}
        description={t('layerHint')}
        value={draft.layer ?? ''}
        error={errorAt('layer')}
        data={[
          { value: '', label: t('layerOfParent') },
          ...DOMAIN_LAYERS.map((value) => ({ value, label: t(`layers.${value}`) })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          change({ layer: DOMAIN_LAYERS.find((one) => one === value) ?? null });
        }}
      />
    ),
    datasets: () => (
      <ChoicesField
        offer="dataset"
        label={t(`datasets.${offering}`)}
        hint={datasetsHint}
        value={draft.datasets}
        error={errorAt('datasets')}
        onChange={(datasets) => {
          change({ datasets });
        }}
      />
    ),
    isExternal: () => (
      <Checkbox
        label={t('isExternal')}
        description={t('isExternalHint')}
        checked={draft.isExternal}
        error={errorAt('isExternal')}
        onChange={({ currentTarget: { checked } }) => {
          change({ isExternal: checked });
        }}
      />
    ),
    owners: () => (
      <OwnersField
        value={draft.owners}
        typed={typed}
        error={errorAt('owners')}
        onType={setTyped}
        onChange={(owners) => {
          change({ owners });
        }}
      />
    ),
    description: () => (
      <Textarea
        label={t('description')}
        description={t('descriptionHint')}
        autosize
        minRows={4}
        maxRows={16}
        value={draft.description}
        error={errorAt('description')}
        onChange={({ currentTarget: { value } }) => {
          change({ description: value });
        }}
      />
    ),
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="sm">
        <DefineProblem control={control} shown={[...MEMBERS[kind], 'reason']} onRetry={save} />
        {problem !== null && problem.member === null ? <Text role="alert">{problem.text}</Text> : null}
        {MEMBERS[kind].map((member) => (
          <div key={member}>{fields[member]()}</div>
        ))}
        <TextInput
          label={t('reason')}
          description={t('reasonHint')}
          value={reason}
          error={faults['reason']}
          onChange={({ currentTarget: { value } }) => {
            setReason(value);
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={state.phase === 'SAVING'}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
