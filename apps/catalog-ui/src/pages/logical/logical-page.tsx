import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Restricted } from '../../access/restricted.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { addMessages } from '../../i18n/i18n.js';
import { logical as messages } from '../../i18n/messages/logical.js';
import { assetHref } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import type { Column } from '../../ui/records.js';
import { TextFilter } from '../../ui/text-filter.js';
import { CreateDefinition } from '../define/define-dialogs.js';

addMessages('logical', messages);

const LOGICAL = graphql(`
  query LogicalDatasets($text: String, $after: String) {
    logicalDatasets(first: 100, after: $after, text: $text) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          memberCount
          domain {
            id
            name
          }
        }
      }
    }
  }
`);

type Logical = ResultOf<typeof LOGICAL>['logicalDatasets']['edges'][number]['node'];
const pageOf = ({ logicalDatasets }: ResultOf<typeof LOGICAL>) => logicalDatasets;

function useColumns(): readonly Column<Logical>[] {
  const { t } = useTranslation('logical');
  return [
    {
      key: 'name',
      title: t('name'),
      render: ({ id, name }) => (
        <PageLink to={assetHref(id)} className="hw-name" fw={550}>
          {name}
        </PageLink>
      ),
    },
    {
      key: 'domain',
      title: t('domain'),
      render: ({ domain }) => (domain === null ? null : <PageLink to={assetHref(domain.id)}>{domain.name}</PageLink>),
    },
    { key: 'members', title: t('members'), render: ({ memberCount }) => String(memberCount) },
  ];
}

function LogicalDatasets() {
  const { t } = useTranslation('logical');
  const [parameters, set] = useUrlState();
  const text = parameters.get('q');
  const variables = useMemo(() => ({ text }), [text]);
  const connection = useConnection({ query: LOGICAL, variables, pageOf });
  const columns = useColumns();
  return (
    <Section title={t('title')}>
      <Group gap="md" align="flex-end" className="hw-noprint">
        <TextFilter
          label={t('search')}
          hint={t('hint')}
          value={text}
          onChange={(q) => {
            set({ q });
          }}
        />
      </Group>
      <ConnectionRecords
        connection={connection}
        label={t('title')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={t('none')}
      />
    </Section>
  );
}

/** Every logical dataset of which the viewer may see a member, found by words. */
export default function LogicalPage() {
  const { t } = useTranslation('logical');
  return (
    <Page
      title={t('title')}
      actions={
        <Group gap="md">
          <PageLink to="/governance/logical-rules">{t('rules')}</PageLink>
          <CreateDefinition kind="logical" />
        </Group>
      }
    >
      <Text maw={760}>{t('lead')}</Text>
      <Restricted to={['CATALOG_READ']}>
        <LogicalDatasets />
      </Restricted>
    </Page>
  );
}
