import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { href } from '../../lib/node-id.js';
import { joined, usePagesOf } from '../../lib/pages-of.js';
import { useUrlState } from '../../lib/url-state.js';
import { NodeIdLink } from '../../ui/asset-link.js';
import { PageLink } from '../../ui/link.js';
import { MoreButton } from '../../ui/more-button.js';
import { Empty } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { TextFilter } from '../../ui/text-filter.js';
import { Time } from '../../ui/time.js';
import { CodeMeaning, FindingWords } from './code-meaning.js';

const FINDINGS = graphql(`
  query Findings($filter: FindingFilter, $after: String) {
    status {
      findings {
        code
        count
      }
    }
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

type Answered = ResultOf<typeof FINDINGS>;
type Finding = Answered['findings']['edges'][number]['node'];

const keyOf = ({ event, code, pointer, message }: Finding): string => `${event.position} ${code} ${pointer} ${message}`;

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

function CodeFilter({ counts }: { readonly counts: Answered['status']['findings'] }) {
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
  const { after, earlier, showMore } = usePagesOf<Finding>(`${code ?? ''} ${node ?? ''}`);
  const filter = { ...(code !== null && { codes: [code] }), ...(node !== null && { node }) };
  const [{ data, error, fetching }, reload] = useQuery({
    query: FINDINGS,
    variables: { filter, after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Stack gap="md">
      <Text className="hw-quiet">{t('findingsLead')}</Text>
      <Group gap="sm" align="flex-end" component="section" aria-label={t('filters')}>
        <CodeFilter counts={data?.status.findings ?? []} />
        <TextFilter
          label={t('node')}
          hint={t('nodeHint')}
          value={node}
          onChange={(value) => {
            set({ node: value });
          }}
        />
      </Group>
      {code === null ? null : <CodeMeaning code={code} />}
      <Answer
        data={data}
        error={error}
        onRetry={() => {
          reload({ requestPolicy: 'network-only' });
        }}
        lines={8}
      >
        {({ findings: { edges, pageInfo } }) => {
          const items = joined(earlier, edges, keyOf);
          if (items.length === 0) {
            return <Empty>{code === null && node === null ? t('findingsNone') : t('findingsEmpty')}</Empty>;
          }
          return (
            <>
              <Records label={t('findings')} columns={columns} items={items} keyOf={keyOf} />
              <Text role="status" size="sm" className="hw-quiet">
                {t('findingsShown', { count: items.length, total: items.length.toLocaleString(i18n.language) })}
              </Text>
              <MoreButton
                page={pageInfo}
                loading={fetching}
                onMore={(cursor) => {
                  showMore(cursor, items);
                }}
              />
            </>
          );
        }}
      </Answer>
    </Stack>
  );
}
