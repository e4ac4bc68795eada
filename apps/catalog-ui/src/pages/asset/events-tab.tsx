import { Accordion, Badge, Group, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { indentJson } from '../../lib/indent-json.js';
import { useConnection } from '../../lib/use-connection.js';
import { CodeBlock } from '../../ui/code-block.js';
import { Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { EditWords } from '../../ui/edit-words.js';
import { Time } from '../../ui/time.js';
import { Details, Nothing } from './asset-parts.js';
import { FindingList } from './facets-tab.js';
import { isBy } from './run-then.js';
import { Later, useListThen } from './then.js';

const EVENTS = graphql(`
  query EventsOf($id: ID!, $after: String) {
    events(first: 20, after: $after, filter: { node: $id }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          position
          kind
          summary {
            eventType
            jobName
            producer
            edits {
              action
              part
              value
              detail
            }
          }
          effectiveAt
          recordedAt
          findings {
            code
            message
            pointer
          }
        }
      }
    }
  }
`);

const RAW = graphql(`
  query RawEvent($position: String!) {
    events(first: 1, filter: { fromPosition: $position, toPosition: $position }) {
      edges {
        node {
          raw
        }
      }
    }
  }
`);

type Event = ResultOf<typeof EVENTS>['events']['edges'][number]['node'];

const pageOf = ({ events }: ResultOf<typeof EVENTS>) => events;

function Raw({ position }: { readonly position: string }) {
  const { t } = useTranslation('asset');
  const [{ data, error }, reload] = useQuery({ query: RAW, variables: { position } });
  return (
    <Answer
      data={data}
      error={error}
      onRetry={() => {
        reload({ requestPolicy: 'network-only' });
      }}
    >
      {({ events }) =>
        events.edges.map(({ node: { raw } }) => (
          <CodeBlock key={position} text={indentJson(raw)} copyText={raw} label={t('rawEvent')} />
        ))
      }
    </Answer>
  );
}

function EventItem({ event, isOpen }: { readonly event: Event; readonly isOpen: boolean }) {
  const { t } = useTranslation('asset');
  const { t: general } = useTranslation();
  const { position, kind, summary, effectiveAt, recordedAt, findings } = event;
  return (
    <Accordion.Item value={position}>
      <Accordion.Control>
        <Group gap="xs" justify="space-between">
          <Group gap="xs">
            <Badge variant="default" tt="none">
              {[t(`eventKind.${kind}`), summary?.eventType ? general(`eventType.${summary.eventType}`) : null]
                .filter(Boolean)
                .join(' · ')}
            </Badge>
            {summary == null ? null : <EditWords edits={summary.edits} by={summary.producer} />}
            {summary?.jobName == null ? null : (
              <Text component="span" size="sm" className="hw-name">
                {summary.jobName}
              </Text>
            )}
            {findings.length === 0 ? null : (
              <Badge variant="outline" tt="none" style={{ color: 'var(--hw-warn)', borderColor: 'var(--hw-warn)' }}>
                {t('findings', { count: findings.length })}
              </Badge>
            )}
          </Group>
          <Text component="span" size="sm" className="hw-quiet">
            <Time at={effectiveAt ?? recordedAt} absolute />
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        {isOpen ? (
          <Stack gap="sm">
            <Details
              entries={[
                [
                  t('position'),
                  <span key="position" className="hw-mono">
                    {position}
                  </span>,
                ],
                [t('effectiveAt'), <Time key="effective" at={effectiveAt} absolute />],
                [t('recordedAt'), <Time key="recorded" at={recordedAt} absolute />],
              ]}
            />
            <FindingList findings={findings} />
            <Raw position={position} />
          </Stack>
        ) : null}
      </Accordion.Panel>
    </Accordion.Item>
  );
}

/** The events of the log that speak of a node, each with what was odd about it and as it was received. */
export function EventsTab({ id }: { readonly id: string }) {
  const { t } = useTranslation('asset');
  const variables = useMemo(() => ({ id }), [id]);
  const connection = useConnection({ query: EVENTS, variables, pageOf });
  const [open, setOpen] = useState<string[]>([]);
  const { list, later } = useListThen(connection, ({ node }, asOf) => isBy(node.effectiveAt ?? node.recordedAt, asOf));
  const { edges } = list;
  return (
    <Section title={t('events')}>
      {edges?.length === 0 ? <Nothing>{t('eventsNone')}</Nothing> : null}
      {edges === undefined || edges.length === 0 ? null : (
        <Accordion multiple order={3} chevronPosition="left" variant="separated" value={open} onChange={setOpen}>
          {edges.map(({ node }) => (
            <EventItem key={node.position} event={node} isOpen={open.includes(node.position)} />
          ))}
        </Accordion>
      )}
      <Later of="laterEvents" count={later} />
      <ConnectionEnd connection={list} />
    </Section>
  );
}
