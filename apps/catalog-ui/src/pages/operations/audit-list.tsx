import { Anchor, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import type { Column } from '../../ui/records.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Time } from '../../ui/time.js';
import { AUDIT, AUDIT_TYPES, auditFilterOf, auditPageOf, type AuditLine } from './audit.js';
import { AuditFacts } from './audit-facts.js';
import { CallerFields } from './caller-fields.js';
import { useCallerName, useCallers, type Caller } from './callers.js';
import { ListFilters } from './list-filters.js';

const PAGE = 50;

interface ActorProps {
  readonly actor: string;
  readonly callers: readonly Caller[] | null;
  readonly onActor: (actor: string) => void;
}

/** Who did something, by name and id; a click narrows the list to it. */
function Actor({ actor, callers, onActor }: ActorProps) {
  const { t } = useTranslation('audit');
  const name = useCallerName(actor, callers);
  return (
    <Anchor
      component="button"
      type="button"
      inherit
      className="hw-name"
      ta="left"
      title={t('onlyActor', { actor })}
      onClick={() => {
        onActor(actor);
      }}
    >
      {name}
      {name === actor ? null : (
        <Text size="xs" className="hw-quiet hw-name" span display="block">
          {actor}
        </Text>
      )}
    </Anchor>
  );
}

function useColumns(onActor: (actor: string) => void): readonly Column<AuditLine>[] {
  const callers = useCallers();
  const { t } = useTranslation('audit');
  const { t: operations } = useTranslation('operations');
  return [
    {
      key: 'when',
      title: operations('when'),
      render: ({ at }) => (
        <span style={{ whiteSpace: 'nowrap' }}>
          <Time at={at} />
        </span>
      ),
    },
    {
      key: 'what',
      title: t('what'),
      render: ({ type }) =>
        type === 'REFUSED' ? (
          <StateBadge look="warn">{t('types.REFUSED')}</StateBadge>
        ) : (
          <span style={{ whiteSpace: 'nowrap' }}>{t(`types.${type}`)}</span>
        ),
    },
    {
      key: 'actor',
      title: t('actor'),
      render: ({ actor }) =>
        actor === null ? (
          <span className="hw-quiet">{t('nobody')}</span>
        ) : (
          <Actor actor={actor} callers={callers} onActor={onActor} />
        ),
    },
    {
      key: 'address',
      title: t('address'),
      render: ({ address }) => <span className="hw-name">{address ?? t('commandLine')}</span>,
    },
    { key: 'details', title: t('details'), render: (line) => <AuditFacts line={line} /> },
  ];
}

/** Who signed in, was refused, or changed who may do what, the latest first. */
export function AuditList() {
  const { t } = useTranslation('audit');
  const [parameters, set] = useUrlState();
  const filter = auditFilterOf(parameters);
  const connection = useConnection({ query: AUDIT, variables: { filter, first: PAGE }, pageOf: auditPageOf });
  const columns = useColumns((actor) => {
    set({ actor });
  });
  return (
    <Stack gap="md">
      <Text className="hw-quiet">{t('auditLead')}</Text>
      <ListFilters
        chips={{ name: 'type', values: AUDIT_TYPES, labelOf: (type) => t(`types.${type as AuditLine['type']}`) }}
        names={['actor', 'address']}
      >
        <CallerFields
          caller={{ label: t('actor'), hint: t('actorHint') }}
          address={{ label: t('address'), hint: t('addressHint') }}
        />
      </ListFilters>
      <ConnectionRecords
        connection={connection}
        label={t('audit')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={Object.keys(filter).length === 0 ? t('auditEmpty') : t('auditNone')}
      />
    </Stack>
  );
}
