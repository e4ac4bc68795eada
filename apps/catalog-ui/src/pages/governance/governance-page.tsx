import { Group, Stack, TagsInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useMay } from '../../graphql/viewer.js';
import { addMessages } from '../../i18n/i18n.js';
import { governance as messages } from '../../i18n/messages/governance.js';
import { assetHref, href } from '../../lib/node-id.js';
import { useSearchParameters } from '../../lib/search-parameters.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { CreateDefinition } from '../define/define-dialogs.js';
import { COVERAGE, type Counts, type DomainCoverage } from './governance-query.js';
import { Share } from './share.js';
import { Suggested } from './suggested.js';

addMessages('governance', messages);

const TAG = 'tag';

/** One line of the table: of everything, of a domain, or of what is in none. */
interface Line {
  readonly key: string;
  readonly counts: Counts;
  readonly of: DomainCoverage['domain'] | 'EVERYTHING';
}

function useColumns(isAnyTag: boolean): readonly Column<Line>[] {
  const { t, i18n } = useTranslation('governance');
  const placeOf = ({ of }: Line): { readonly domain: string | null; readonly undomained: string | null } => ({
    domain: of === null || of === 'EVERYTHING' ? null : of.id,
    undomained: of === null ? '1' : null,
  });
  return [
    {
      key: 'domain',
      title: t('domain'),
      render: ({ of }) => {
        if (of === null) return <span className="hw-quiet">{t('noDomain')}</span>;
        if (of === 'EVERYTHING') return <Text fw={600}>{t('everything')}</Text>;
        const above = of.above.map(({ name }) => name).join(' / ');
        return (
          <Stack gap={0}>
            <PageLink to={assetHref(of.id)} className="hw-name">
              {of.name}
            </PageLink>
            {above === '' ? null : (
              <Text size="sm" className="hw-quiet hw-name">
                {above}
              </Text>
            )}
          </Stack>
        );
      },
    },
    {
      key: 'assets',
      title: t('assets'),
      render: (line) => {
        const count = line.counts.assets.toLocaleString(i18n.language);
        if (line.counts.assets === 0) return count;
        return <PageLink to={href('/search', placeOf(line))}>{count}</PageLink>;
      },
    },
    {
      key: 'owned',
      title: t('owned'),
      render: (line) => (
        <Share
          part={line.counts.owned}
          whole={line.counts.assets}
          others={href('/search', { ...placeOf(line), unowned: '1' })}
        />
      ),
    },
    {
      key: 'tagged',
      title: t('tagged'),
      render: (line) => (
        <Share
          part={line.counts.tagged}
          whole={line.counts.assets}
          // Search has no words for what lacks some of the tags.
          others={isAnyTag ? href('/search', { ...placeOf(line), untagged: '1' }) : null}
        />
      ),
    },
  ];
}

/** How much of the catalog somebody answers for and is classified, by domain, and where to go on from there. */
export default function GovernancePage() {
  const { t } = useTranslation('governance');
  const mayEdit = useMay('CATALOG_EDIT');
  const [parameters, setParameters] = useSearchParameters();
  const tags = parameters.getAll(TAG);
  const columns = useColumns(tags.length === 0);
  const [{ data, error }, ask] = useQuery({
    query: COVERAGE,
    variables: { tags },
    requestPolicy: 'cache-and-network',
  });
  const choose = (next: readonly string[]): void => {
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete(TAG);
        for (const tag of next) after.append(TAG, tag);
        return after;
      },
      { replace: true },
    );
  };
  return (
    <Page
      title={t('title')}
      actions={
        <Group gap="md">
          <PageLink to="/glossary">{t('glossary')}</PageLink>
          <PageLink to="/products">{t('products')}</PageLink>
          <PageLink to="/properties">{t('properties')}</PageLink>
          <PageLink to="/logical">{t('logical')}</PageLink>
          <PageLink to="/governance/agents">{t('agents')}</PageLink>
          <PageLink to="/ownership-rules">{t('ownershipRules')}</PageLink>
          <PageLink to="/governance/tag-rules">{t('tagRules')}</PageLink>
          <PageLink to="/suggestions">{t('suggestions')}</PageLink>
          <PageLink to="/governance/architecture">{t('architecture')}</PageLink>
          <PageLink to="/governance/flows">{t('flows')}</PageLink>
          <PageLink to="/plan">{t('plan')}</PageLink>
          {mayEdit ? <PageLink to="/edits">{t('edits')}</PageLink> : null}
        </Group>
      }
    >
      <Text maw={760}>{t('lead')}</Text>
      <Section title={t('coverage')} actions={<CreateDefinition kind="domain" />}>
        <TagsInput
          maw={480}
          label={t('countsAs')}
          description={t('countsAsHint')}
          value={tags}
          onChange={choose}
          className="hw-noprint"
        />
        <Answer
          data={data}
          error={error}
          onRetry={() => {
            ask({ requestPolicy: 'network-only' });
          }}
        >
          {({ coverage }) => (
            <Records<Line>
              label={t('coverage')}
              columns={columns}
              items={[
                { key: 'everything', counts: coverage.total, of: 'EVERYTHING' },
                ...coverage.domains.map(({ domain, counts }) => ({ key: domain?.id ?? 'none', counts, of: domain })),
              ]}
              keyOf={({ key }) => key}
            />
          )}
        </Answer>
        {data !== undefined && data.coverage.domains.every(({ domain }) => domain === null) ? (
          <Text className="hw-quiet">{t('noDomains')}</Text>
        ) : null}
      </Section>
      <Suggested />
    </Page>
  );
}
