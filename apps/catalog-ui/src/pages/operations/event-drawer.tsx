import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { href } from '../../lib/node-id.js';
import { NodeIdLink } from '../../ui/asset-link.js';
import { SidePanel } from '../../ui/dialog.js';
import { EditWords } from '../../ui/edit-words.js';
import { Facts } from '../../ui/facts.js';
import { PageLink } from '../../ui/link.js';
import { Empty } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Time } from '../../ui/time.js';
import { FindingWords } from './code-meaning.js';
import { nodesNamedIn } from './event-body.js';
import { EventChanges } from './event-changes.js';
import { EventText } from './event-text.js';
import { EVENT, type WholeEvent } from './events.js';

function Findings({ findings }: { readonly findings: WholeEvent['findings'] }) {
  const { t } = useTranslation('operations');
  if (findings.length === 0) return <Text className="hw-quiet">{t('noFindings')}</Text>;
  return (
    <Stack component="ul" gap="sm" p={0} m={0}>
      {findings.map(({ code, message, pointer, node }) => (
        <Stack key={`${code} ${pointer} ${message}`} component="li" gap={2} style={{ listStyle: 'none' }}>
          <Group gap="xs">
            <PageLink to={href('/operations/findings', { code })} className="hw-mono hw-name" fw={600}>
              {code}
            </PageLink>
            <span className="hw-mono hw-name">{pointer === '' ? t('wholeEvent') : pointer}</span>
          </Group>
          <FindingWords code={code} message={message} />
          {node === null ? null : <NodeIdLink id={node.id} />}
        </Stack>
      ))}
    </Stack>
  );
}

function Names({ body }: { readonly body: unknown }) {
  const { t } = useTranslation('operations');
  const nodes = nodesNamedIn(body);
  if (nodes.length === 0) return <Text className="hw-quiet">{t('noNodes')}</Text>;
  return (
    <Stack component="ul" gap="xs" p={0} m={0}>
      {nodes.map(({ id, part }) => (
        <Group
          key={`${part} ${id}`}
          component="li"
          gap="sm"
          wrap="nowrap"
          align="flex-start"
          style={{ listStyle: 'none' }}
        >
          <Text size="sm" className="hw-quiet" w={72} style={{ flexShrink: 0 }}>
            {t(`part.${part}`)}
          </Text>
          <div style={{ flex: 1, minWidth: 0 }}>
            <NodeIdLink id={id} />
          </div>
          <PageLink to={href('/operations/events', { node: id })} fz="sm" style={{ whiteSpace: 'nowrap' }}>
            {t('itsEvents')}
          </PageLink>
        </Group>
      ))}
    </Stack>
  );
}

function Whole({ event }: { readonly event: WholeEvent }) {
  const { t } = useTranslation('operations');
  const { t: general } = useTranslation();
  const { position, kind, body, raw, summary, receivedAt, recordedAt, effectiveAt, findings } = event;
  const eventType = summary?.eventType ?? null;
  const edits = summary?.edits ?? [];
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          [t('kindTitle'), t(`kind.${kind}`)],
          ...(eventType === null ? [] : [[t('eventType'), general(`eventType.${eventType}`)] as const]),
          ...(edits.length === 0 ? [] : [[t('edited'), <EditWords key="edits" edits={edits} />] as const]),
          ...(summary?.reason == null
            ? []
            : [
                [
                  t('editReason'),
                  <span key="reason" className="hw-name">
                    {summary.reason}
                  </span>,
                ] as const,
              ]),
          [
            edits.length === 0 ? t('producer') : t('editedBy'),
            <span className="hw-name">{summary?.producer ?? t('noProducer')}</span>,
          ],
          [t('received'), <Time at={receivedAt} absolute />],
          [t('recorded'), <Time at={recordedAt} absolute />],
          [t('effective'), effectiveAt === null ? t('notProjected') : <Time at={effectiveAt} absolute />],
          [t('eventPosition'), <span className="hw-mono hw-name">{position}</span>],
        ]}
      />
      <Stack component="section" gap="xs">
        <Title order={3}>{t('findingCount')}</Title>
        <Findings findings={findings} />
      </Stack>
      <Stack component="section" gap="xs">
        <Title order={3}>{edits.length === 0 ? t('names') : t('about')}</Title>
        {edits.length === 0 || summary?.subjectId == null ? (
          <Names body={body} />
        ) : (
          <NodeIdLink id={summary.subjectId} />
        )}
      </Stack>
      <EventChanges event={event} />
      <EventText position={position} raw={raw} body={body} />
    </Stack>
  );
}

/** One event whole, beside the list: what it says, names and leaves open, and its text. */
export function EventDrawer({ position, onClose }: { readonly position: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation('operations');
  const [{ data, error }, reload] = useQuery({
    query: EVENT,
    variables: { position: position ?? '' },
    pause: position === null,
  });
  return (
    <SidePanel isOpen={position !== null} title={t('event')} onClose={onClose}>
      <Answer
        data={data}
        error={error}
        onRetry={() => {
          reload({ requestPolicy: 'network-only' });
        }}
        lines={8}
      >
        {({ events: { edges } }) => {
          const event = edges[0]?.node;
          return event === undefined ? <Empty>{t('gone')}</Empty> : <Whole event={event} />;
        }}
      </Answer>
    </SidePanel>
  );
}
