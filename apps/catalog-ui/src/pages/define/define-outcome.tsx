import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EditedBy, FaultLines, RefusalWords } from '../../access/refusal-words.js';
import { Facts } from '../../ui/facts.js';
import { Markdown } from '../../ui/markdown.js';
import { ProblemPanel } from '../../ui/problem.js';
import { Columns, Part } from '../asset/asset-parts.js';
import { draftOf, MEMBERS, type DefinitionKind, type Draft, type Member } from './draft.js';
import type { DefineControl } from './use-define.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

const KNOWN = [
  ...(['INVALID_INPUT', 'MISSING_SCOPE', 'NO_SUCH_TERM', 'NO_SUCH_DOMAIN', 'NO_SUCH_DATA_PRODUCT'] as const),
  ...(['TERM_EXISTS', 'DOMAIN_EXISTS', 'DATA_PRODUCT_EXISTS', 'TERM_CYCLE', 'DOMAIN_CYCLE'] as const),
  ...([
    'TERM_TOO_DEEP',
    'DOMAIN_TOO_DEEP',
    'TERM_NAMES_ITSELF',
    'TERM_SUCCESSOR_CYCLE',
    'TERM_NOT_DEPRECATED',
  ] as const),
  ...(['EDITED_MEANWHILE', 'NO_SUCH_ASSET', 'DATA_PRODUCT_IN_USE', 'LOGICAL_DATASET_EXISTS'] as const),
  ...(['LOGICAL_DATASET_IN_USE', 'NO_SUCH_LOGICAL_DATASET', 'IN_OTHER_LOGICAL_DATASET'] as const),
];

/** Whether the pages have words of their own for a reason. */
export function isKnownRefusal(reason: string): reason is (typeof KNOWN)[number] {
  return KNOWN.some((known) => known === reason);
}

interface DefineProblemProps {
  readonly control: DefineControl;
  /** The members of the input that have a field beside it. */
  readonly shown: readonly string[];
  readonly onRetry: () => void;
}

/** Why a wish is not fulfilled; nothing where it is, or is yet to be. */
export function DefineProblem({ control: { state }, shown, onRetry }: DefineProblemProps) {
  const { t } = useTranslation('define');
  if (state.phase === 'FAILED') return <ProblemPanel error={state.error} onRetry={onRetry} />;
  if (state.phase !== 'REFUSED') return null;
  const { reason, faults } = state.refusal;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t('refusedTitle')}>
      <Stack gap={4}>
        <Text className="hw-name">
          {isKnownRefusal(reason) ? t(`refused.${reason}`) : <RefusalWords refusal={state.refusal} />}
        </Text>
        <FaultLines faults={faults} shown={shown} />
      </Stack>
    </Alert>
  );
}

function DraftFacts({ draft, members, kind }: { draft: Draft; members: readonly Member[]; kind: DefinitionKind }) {
  const { t } = useTranslation('define');
  const { nameOf } = useOwnerRoles();
  const none = <span className="hw-quiet">{t('none')}</span>;
  const listed = (texts: readonly string[]) => (texts.length === 0 ? none : texts.join(', '));
  const shown: Readonly<Record<Member, () => readonly [string, React.ReactNode]>> = {
    name: () => [t('name'), draft.name],
    parent: () => [t(kind === 'term' ? 'termParent' : 'domainParent'), draft.parent?.name ?? none],
    domain: () => [t('inDomain'), draft.domain?.name ?? none],
    synonyms: () => [t('synonyms'), listed(draft.synonyms)],
    related: () => [t('related'), listed(draft.related.map(({ name }) => name))],
    status: () => [t('status'), t(`statuses.${draft.status}`)],
    successor: () => [t('successor'), draft.successor?.name ?? none],
    layer: () => [t('layer'), draft.layer === null ? none : t(`layers.${draft.layer}`)],
    isExternal: () => [t('isExternal'), t(draft.isExternal ? 'yes' : 'no')],
    owners: () => [
      t('owners'),
      listed(draft.owners.map(({ agent, role }) => t('ownerAs', { name: agent.name, role: nameOf(role) }))),
    ],
    datasets: () => [
      t(`datasets.${kind === 'logical' ? 'logical' : 'product'}`),
      listed(draft.datasets.map(({ name }) => name)),
    ],
    description: () => [
      t('description'),
      draft.description.trim() === '' ? none : <Markdown key="text" text={draft.description} />,
    ],
  };
  return <Facts facts={members.map((member) => shown[member]())} />;
}

interface DefineConflictProps {
  readonly kind: DefinitionKind;
  readonly control: DefineControl;
  readonly onKeepTheirs: () => void;
}

/** Somebody else was there first: both versions, and the choice. Nothing where nobody was. */
export function DefineConflict({ kind, control, onKeepTheirs }: DefineConflictProps) {
  const { t } = useTranslation('define');
  const { state, saveOnTop } = control;
  const box = useRef<HTMLDivElement>(null);
  const isConflict = state.phase === 'CONFLICT';
  useEffect(() => {
    if (isConflict) box.current?.focus();
  }, [isConflict]);
  if (!isConflict) return null;
  const { wish } = state.sent;
  const theirs = draftOf(state.current);
  return (
    <Alert
      ref={box}
      role="alert"
      tabIndex={-1}
      variant="default"
      icon={<IconUsers color="var(--hw-warn)" />}
      title={t('conflictTitle')}
    >
      <Stack gap="sm">
        <Text>{t('conflict')}</Text>
        <EditedBy refusal={state.refusal} />
        <Columns>
          <Part title={t('mine')}>
            {wish.do === 'change' ? (
              <DraftFacts kind={kind} draft={wish.draft} members={wish.members} />
            ) : (
              <Text>{t(`${kind}.remove`)}</Text>
            )}
          </Part>
          <Part title={t('theirs')}>
            <DraftFacts kind={kind} draft={theirs} members={wish.do === 'change' ? wish.members : MEMBERS[kind]} />
          </Part>
        </Columns>
        <Group gap="xs">
          <Button variant="default" onClick={onKeepTheirs}>
            {t('keepTheirs')}
          </Button>
          <Button onClick={saveOnTop}>{t('onTop')}</Button>
        </Group>
      </Stack>
    </Alert>
  );
}
