import { Group, NativeSelect, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useMayEverywhere } from '../../access/namespaces.js';
import { Restricted } from '../../access/restricted.js';
import { href } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { AsOf } from '../../ui/as-of.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Said } from '../../ui/said.js';
import { AcceptDialog } from './accept-dialog.js';
import {
  ARCHITECTURE,
  ARCHITECTURE_COUNTS,
  FINDING_KINDS,
  FINDING_STATES,
  type Finding,
} from './architecture-query.js';
import { useFindingColumns } from './finding-columns.js';
import type { ResultOf } from '../../graphql/tada.js';

const pageOf = ({ architectureFindings }: ResultOf<typeof ARCHITECTURE>) => architectureFindings;

function Findings({ asOf }: { readonly asOf: string | null }) {
  const { t, i18n } = useTranslation('architecture');
  const [parameters, set] = useUrlState();
  const domain = parameters.get('domain');
  const kind = FINDING_KINDS.find((one) => one === parameters.get('kind')) ?? null;
  const state = FINDING_STATES.find((one) => one === parameters.get('state')) ?? 'open';
  const [{ data }, askCounts] = useQuery({
    query: ARCHITECTURE_COUNTS,
    variables: { asOf },
    requestPolicy: 'cache-and-network',
  });
  const variables = useMemo(
    () => ({
      ...{ domain, asOf, kinds: kind === null ? null : [kind] },
      isAccepted: state === 'all' ? null : state === 'accepted',
    }),
    [domain, asOf, kind, state],
  );
  const connection = useConnection({ query: ARCHITECTURE, variables, pageOf });
  const maySee = useMayEverywhere('CATALOG_READ');
  const maySettle = useMayEverywhere('CATALOG_EDIT') && maySee && asOf === null;
  const [settling, setSettling] = useState<Finding | null>(null);
  const [said, setSaid] = useState('');
  const columns = useFindingColumns(asOf, maySettle ? setSettling : undefined);
  const counts = data?.architectureFindingCounts ?? [];
  const paths = (data?.domains ?? [])
    .map(({ id, name, above }) => ({ value: id, label: [...above.map((one) => one.name), name].join(' / ') }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <>
      {counts.length === 0 ? null : (
        <Section title={t('counts')}>
          <Group gap="md">
            {counts.map((count) => (
              <PageLink
                key={`${count.kind} ${count.domain?.id ?? ''}`}
                to={href('/governance/architecture', {
                  ...{ domain: count.domain?.id ?? null, kind: count.kind, asOf },
                  state: state === 'open' ? null : state,
                })}
                className="hw-name"
              >
                {t(count.open === count.count ? 'countOf' : 'countOfSome', {
                  domain: count.domain?.name ?? '',
                  kind: t(`kinds.${count.kind}`),
                  open: count.open.toLocaleString(i18n.language),
                  accepted: (count.count - count.open).toLocaleString(i18n.language),
                })}
              </PageLink>
            ))}
          </Group>
        </Section>
      )}
      <Section title={t('findings')}>
        <Group gap="md" align="flex-end" className="hw-noprint">
          <NativeSelect
            size="sm"
            label={t('domain')}
            value={domain ?? ''}
            data={[{ value: '', label: t('anyDomain') }, ...paths]}
            onChange={({ currentTarget: { value } }) => {
              set({ domain: value });
            }}
          />
          <NativeSelect
            size="sm"
            label={t('kind')}
            value={kind ?? ''}
            data={[
              { value: '', label: t('anyKind') },
              ...FINDING_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
            ]}
            onChange={({ currentTarget: { value } }) => {
              set({ kind: value });
            }}
          />
          <NativeSelect
            size="sm"
            label={t('state')}
            value={state}
            data={FINDING_STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
            onChange={({ currentTarget: { value } }) => {
              set({ state: value === 'open' ? '' : value });
            }}
          />
        </Group>
        <Said>{said}</Said>
        <ConnectionRecords
          connection={connection}
          label={t('findings')}
          columns={columns}
          keyOf={(one) => [one.kind, one.jobId, one.datasetId].join(' ')}
          empty={t(state === 'accepted' ? 'noneAccepted' : 'none')}
          minWidth={980}
        />
        {settling === null ? null : (
          <AcceptDialog
            finding={settling}
            onClose={() => {
              setSettling(null);
            }}
            onDone={(words) => {
              setSettling(null);
              setSaid(words);
              connection.reload();
              askCounts({ requestPolicy: 'network-only' });
            }}
          />
        )}
      </Section>
    </>
  );
}

/** Jobs that read other domains past their ports or up a layer, by domain and kind. */
export default function ArchitecturePage() {
  const { t } = useTranslation('architecture');
  const [parameters, set] = useUrlState();
  const asked = parameters.get('asOf');
  const asOf = asked === null || Number.isNaN(Date.parse(asked)) ? null : asked;
  return (
    <Page
      title={t('title')}
      actions={
        <AsOf
          value={asOf}
          onChange={(value) => {
            set({ asOf: value });
          }}
        />
      }
    >
      <Text maw={760}>{t('lead')}</Text>
      <Restricted to={['CATALOG_READ']}>
        <Findings asOf={asOf} />
      </Restricted>
    </Page>
  );
}
