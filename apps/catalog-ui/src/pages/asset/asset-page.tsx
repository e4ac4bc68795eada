import { Button, Group, Stack, Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { problemOf } from '../../graphql/problem.js';
import { addMessages } from '../../i18n/i18n.js';
import { asset as messages } from '../../i18n/messages/asset.js';
import { quality } from '../../i18n/messages/quality.js';
import { href, partsOf } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { UnknownAgent } from '../agents/unknown-agent.js';
import { AgentView } from './agent-view.js';
import { ASSET, type AnyNode, type AssetAnswer } from './asset-query.js';
import { LongText } from './asset-parts.js';
import { DataProductView } from './data-product-view.js';
import { DatasetView } from './dataset-view.js';
import { DomainView } from './domain-view.js';
import { EditingProvider } from './edit/editing.js';
import { FieldView } from './field-view.js';
import { LogicalView } from './logical-view.js';
import { JobView } from './job-view.js';
import { titleOf } from './neighbors.js';
import { RunView } from './run-view.js';
import { TermView } from './term-view.js';
import { useAsOf } from './use-as-of.js';
import { useRecordedView } from './use-recorded-view.js';
import { VersionView } from './version-view.js';

addMessages('asset', messages);
addMessages('quality', quality);

/** How the lineage around a node is asked for; kinds that are none of its are not. */
const GRANULARITY = { dataset: 'DATASET', job: 'JOB', field: 'FIELD' } as const;

/** An id that nothing has: says so, and offers to look for its name. */
function Unknown({ id }: { readonly id: string }) {
  const { t } = useTranslation('asset');
  const name = titleOf(id).name;
  return (
    <Page title={t('unknownTitle')}>
      <Section title={t('unknownId')}>
        <Stack gap="sm">
          <LongText text={id} className="hw-mono hw-name" />
          <Text className="hw-quiet">{t('unknown')}</Text>
          <Group>
            <Button
              component={Link}
              href={href('/search', { q: name.slice(0, 200) })}
              leftSection={<IconSearch size={16} aria-hidden />}
              maw="100%"
            >
              {t('unknownSearch', { name: name.slice(0, 60) })}
            </Button>
          </Group>
        </Stack>
      </Section>
    </Page>
  );
}

/** Decisions are read by GraphQL. */
function DecisionElsewhere({ id }: { readonly id: string }) {
  const { t } = useTranslation('asset');
  return (
    <Page title={titleOf(id).name}>
      <Section title={t('decision')}>
        <Stack gap="sm">
          <LongText text={id} className="hw-mono hw-name" />
          <Text className="hw-quiet">{t('decisionElsewhere')}</Text>
        </Stack>
      </Section>
    </Page>
  );
}

/** Whether somebody could be entered under it. */
function isAgentId(id: string): boolean {
  const { kind, namespace, name } = partsOf(id);
  return kind === 'agent' && namespace.trim() !== '' && name.trim() !== '';
}

function View({ node, answer }: { readonly node: AnyNode; readonly answer: AssetAnswer }) {
  switch (node.__typename) {
    case 'Dataset':
      return <DatasetView node={node} answer={answer} />;
    case 'Job':
      return <JobView node={node} answer={answer} />;
    case 'Run':
      return <RunView node={node} />;
    case 'Field':
      return <FieldView node={node} answer={answer} />;
    case 'DatasetVersion':
      return <VersionView node={node} />;
    case 'Agent':
      return <AgentView node={node} />;
    case 'Domain':
      return <DomainView node={node} />;
    case 'GlossaryTerm':
      return <TermView node={node} />;
    case 'DataProduct':
      return <DataProductView node={node} />;
    case 'LogicalDataset':
      return <LogicalView node={node} />;
    case 'Decision':
      return <DecisionElsewhere id={node.id} />;
  }
}

function Asset({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const asOf = useAsOf();
  const kind = partsOf(id).kind;
  const granularity = kind in GRANULARITY ? GRANULARITY[kind as keyof typeof GRANULARITY] : null;
  const [{ data, error, fetching }, reload] = useQuery({
    query: ASSET,
    variables: {
      id,
      asOf,
      granularity: granularity ?? 'JOB',
      hasLineage: granularity !== null,
      isPast: asOf !== null && kind === 'dataset',
      isFieldPast: asOf !== null && kind === 'field',
    },
    requestPolicy: 'cache-and-network',
  });
  const seen = data?.node;
  const isAsset = seen?.__typename === 'Dataset' || seen?.__typename === 'Job';
  useRecordedView(isAsset ? seen.id : null);
  const askAgain = useCallback(() => {
    reload({ requestPolicy: 'network-only' });
  }, [reload]);
  // Lineage refuses an id that is none; that the node is unknown says as much in better words.
  const isNone = data?.node === null && (error === undefined || problemOf(error).kind === 'INVALID');
  if (isNone && isAgentId(id)) return <UnknownAgent id={id} onEntered={askAgain} />;
  if (isNone) return <Unknown id={id} />;
  return (
    <Stack gap="lg" aria-busy={fetching}>
      {data === undefined ? <Page title={titleOf(id).name}>{null}</Page> : null}
      <Answer data={data} error={error} onRetry={askAgain} lines={8}>
        {(answer) =>
          answer.node === null ? (
            <Text>{t('unknown')}</Text>
          ) : (
            <EditingProvider node={answer.node} reload={askAgain}>
              <View node={answer.node} answer={answer} />
            </EditingProvider>
          )
        }
      </Answer>
    </Stack>
  );
}

/** Everything about one node of the catalog, `?id=` of the address, as of `asOf`. */
export default function AssetPage() {
  const [parameters] = useUrlState();
  const id = parameters.get('id') ?? '';
  return id === '' ? <Unknown id="" /> : <Asset key={id} id={id} />;
}
