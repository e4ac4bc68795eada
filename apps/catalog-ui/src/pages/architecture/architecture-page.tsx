import { Group, NativeSelect, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Restricted } from '../../access/restricted.js';
import { href } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { AsOf } from '../../ui/as-of.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { ARCHITECTURE, ARCHITECTURE_COUNTS, FINDING_KINDS } from './architecture-query.js';
import { useFindingColumns } from './finding-columns.js';
import type { ResultOf } from '../../graphql/tada.js';

const pageOf = ({ architectureFindings }: ResultOf<typeof ARCHITECTURE>) => architectureFindings;

function Findings({ asOf }: { readonly asOf: string | null }) {
  const { t, i18n } = useTranslation('architecture');
  const [parameters, set] = useUrlState();
  const domain = parameters.get('domain');
  const kind = FINDING_KINDS.find((one) => one === parameters.get('kind')) ?? null;
  const [{ data }] = useQuery({ query: ARCHITECTURE_COUNTS, variables: { asOf }, requestPolicy: 'cache-and-network' });
  const variables = useMemo(() => ({ domain, asOf, kinds: kind === null ? null : [kind] }), [domain, asOf, kind]);
  const connection = useConnection({ query: ARCHITECTURE, variables, pageOf });
  const columns = useFindingColumns(asOf);
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
                to={href('/governance/architecture', { domain: count.domain?.id ?? null, kind: count.kind, asOf })}
                className="hw-name"
              >
                {t('countOf', {
                  domain: count.domain?.name ?? '',
                  kind: t(`kinds.${count.kind}`),
                  total: count.count.toLocaleString(i18n.language),
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
        </Group>
        <ConnectionRecords
          connection={connection}
          label={t('findings')}
          columns={columns}
          keyOf={(one) => [one.kind, one.jobId, one.datasetId].join(' ')}
          empty={t('none')}
          minWidth={840}
        />
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
