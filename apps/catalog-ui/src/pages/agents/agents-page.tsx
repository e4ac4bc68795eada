import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Restricted } from '../../access/restricted.js';
import type { ResultOf } from '../../graphql/tada.js';
import { addMessages } from '../../i18n/i18n.js';
import { agent as messages } from '../../i18n/messages/agent.js';
import { assetHref, partsOf } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import type { Column } from '../../ui/records.js';
import { TextFilter } from '../../ui/text-filter.js';
import { Time } from '../../ui/time.js';
import { AGENT_KINDS } from '../../lib/agents.js';
import { EditAgent } from './agent-dialogs.js';
import { AGENTS, type EnteredAgent } from './agents-query.js';

addMessages('agent', messages);

const pageOf = ({ agents }: ResultOf<typeof AGENTS>) => agents;

function useColumns(): readonly Column<EnteredAgent>[] {
  const { t } = useTranslation('agent');
  return [
    {
      key: 'name',
      title: t('displayName'),
      render: ({ id, name }) => (
        <PageLink to={assetHref(id)} className="hw-name" fw={550}>
          {name}
        </PageLink>
      ),
    },
    {
      key: 'kind',
      title: t('kind'),
      render: ({ id, memberIds }) => {
        const { namespace } = partsOf(id);
        const kind = AGENT_KINDS.find((one) => one === namespace);
        const words = kind === undefined ? namespace : t(`kinds.${kind}`);
        return kind === 'team' ? `${words}, ${t('membersCount', { count: memberIds.length })}` : words;
      },
    },
    { key: 'id', title: t('idName'), render: ({ id }) => <span className="hw-name">{partsOf(id).name}</span> },
    { key: 'email', title: t('email'), render: ({ email }) => <span className="hw-name">{email}</span> },
    {
      key: 'since',
      title: t('entered'),
      render: ({ enteredBy, since }) => (
        <>
          <Time at={since} /> <span className="hw-quiet hw-name">{enteredBy}</span>
        </>
      ),
    },
  ];
}

function Entered() {
  const { t } = useTranslation('agent');
  const [parameters, set] = useUrlState();
  const text = parameters.get('q');
  const variables = useMemo(() => ({ text }), [text]);
  const connection = useConnection({ query: AGENTS, variables, pageOf });
  const columns = useColumns();
  return (
    <Section title={t('list')}>
      <Group gap="md" align="flex-end" className="hw-noprint">
        <TextFilter
          label={t('search')}
          hint={t('searchHint')}
          value={text}
          onChange={(q) => {
            set({ q });
          }}
        />
      </Group>
      <ConnectionRecords
        connection={connection}
        label={t('list')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={t('none')}
        minWidth={720}
      />
    </Section>
  );
}

/** People, teams and services that were entered, found by words, and entering another. */
export default function AgentsPage() {
  const { t } = useTranslation('agent');
  const [, navigate] = useLocation();
  return (
    <Page
      title={t('list')}
      actions={
        <EditAgent
          id={null}
          entered={null}
          name=""
          onChanged={(id) => {
            navigate(assetHref(id));
          }}
        />
      }
    >
      <Text maw={760}>{t('lead')}</Text>
      <Restricted to={['CATALOG_READ']}>
        <Entered />
      </Restricted>
    </Page>
  );
}
