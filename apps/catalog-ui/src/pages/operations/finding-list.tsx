import { NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { href } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { AssetFilter } from '../../ui/asset-filter.js';
import { NodeIdLink } from '../../ui/asset-link.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { FilterPanel } from '../../ui/filter-panel.js';
import { PageLink } from '../../ui/link.js';
import type { Column } from '../../ui/records.js';
import { Time } from '../../ui/time.js';
import { CodeMeaning, FindingWords } from './code-meaning.js';

const FINDINGS = graphql(`
  query Findings($filter: FindingFilter, $after: String) {
    findings(first: 25, filter: $filter, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          code
          message
          pointer
          recordedAt
          node {
            id
          }
          event {
            position
          }
        }
      }
    }
  }
`);

const FINDING_COUNTS = graphql(`
  query FindingCounts {
    status {
      findings {
        code
        count
      }
    }
  }
`);

type Finding = ResultOf<typeof FINDINGS>['findings']['edges'][number]['node'];

const pageOf = ({ findings }: ResultOf<typeof FINDINGS>) => findings;

const keyOf = ({ event, code, pointer, message }: Finding): string => `${event.position} ${code} ${pointer} ${message}`;

const ASSETS = ['DATASET', 'JOB'] as const;

function useColumns(): readonly Column<Finding>[] {
  const { t } = useTranslation('operations');
  return [
    {
      key: 'when',
      title: t('when'),
      render: ({ recordedAt }) => (
        <span style={{ whiteSpace: 'nowrap' }}>
          <Time at={recordedAt} />
        </span>
      ),
    },
    { key: 'code', title: t('code'), render: ({ code }) => <span className="hw-mono">{code}</span> },
    {
      key: 'message',
      title: t('message'),
      render: ({ code, message, pointer }) => (
        <Stack gap={2} maw={480}>
          <FindingWords code={code} message={message} />
          <span className="hw-mono hw-name hw-quiet">{pointer === '' ? t('wholeEvent') : pointer}</span>
        </Stack>
      ),
    },
    {
      key: 'node',
      title: t('about'),
      render: ({ node }) => (node === null ? <span className="hw-quiet">–</span> : <NodeIdLink id={node.id} />),
    },
    {
      key: 'event',
      title: t('event'),
      render: ({ event: { position } }) => (
        <PageLink to={href('/operations/events', { event: position })} inherit style={{ whiteSpace: 'nowrap' }}>
          {t('seeEvent')}
        </PageLink>
      ),
    },
  ];
}

function CodeFilter({ counts }: { readonly counts: ResultOf<typeof FINDING_COUNTS>['status']['findings'] }) {
  const { t, i18n } = useTranslation('operations');
  const [parameters, set] = useUrlState();
  const code = parameters.get('code') ?? '';
  const absent = code !== '' && !counts.some((counted) => counted.code === code) ? [{ code, count: 0 }] : [];
  return (
    <NativeSelect
      size="sm"
      label={t('code')}
      value={code}
      onChange={({ currentTarget: { value } }) => {
        set({ code: value });
      }}
      data={[
        { value: '', label: t('codesAll') },
        ...[...counts, ...absent].map((counted) => ({
          value: counted.code,
          label: `${counted.code} (${counted.count.toLocaleString(i18n.language)})`,
        })),
      ]}
    />
  );
}

/** What could not be taken at its word, by code or node, with the event that it is about. */
export function FindingList() {
  const { t, i18n } = useTranslation('operations');
  const [parameters, set] = useUrlState();
  const columns = useColumns();
  const code = parameters.get('code');
  const node = parameters.get('node');
  const filter = { ...(code !== null && { codes: [code] }), ...(node !== null && { node }) };
  const connection = useConnection({ query: FINDINGS, variables: { filter }, pageOf });
  const [{ data: counted }] = useQuery({ query: FINDING_COUNTS });
  return (
    <Stack gap="md">
      <Text className="hw-quiet">{t('findingsLead')}</Text>
      <FilterPanel names={['code', 'node']}>
        <CodeFilter counts={counted?.status.findings ?? []} />
        <AssetFilter
          label={t('node')}
          hint={t('nodeHint')}
          kinds={ASSETS}
          value={node}
          onChange={(value) => {
            set({ node: value });
          }}
        />
      </FilterPanel>
      {code === null ? null : <CodeMeaning code={code} />}
      <ConnectionRecords
        connection={connection}
        label={t('findings')}
        columns={columns}
        keyOf={keyOf}
        empty={code === null && node === null ? t('findingsNone') : t('findingsEmpty')}
        shown={(count) => t('findingsShown', { count, total: count.toLocaleString(i18n.language) })}
      />
    </Stack>
  );
}
