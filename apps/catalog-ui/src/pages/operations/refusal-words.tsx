import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '../../ui/state-badge.js';
import { knownStatus, subjectOf, type RefusedEvent } from './refused-events.js';

/** Why an event was refused, as its sender was told. */
export function RefusalReason({ line: { status, code, message, pointer } }: { readonly line: RefusedEvent }) {
  const { t } = useTranslation('events');
  const known = knownStatus(status);
  // Messages about one place begin with it.
  const hasPlace = pointer !== null && !message.startsWith(pointer);
  return (
    <Stack gap={4} maw={460} align="flex-start">
      <StateBadge look="warn">{known === null ? `${String(status)} · ${code}` : t(`status.${known}`)}</StateBadge>
      <Text component="span" size="sm" className="hw-name">
        {message}
      </Text>
      {hasPlace ? <span className="hw-mono hw-name hw-quiet">{pointer}</span> : null}
    </Stack>
  );
}

/** What whoever runs the sender can do. */
export function Advice({ status }: { readonly status: number }) {
  const { t } = useTranslation('events');
  const known = knownStatus(status);
  return known === null ? null : <span>{t(`advice.${known}`)}</span>;
}

/** What the event was about, as far as it could be read. The catalog does not have it, so it leads nowhere. */
export function RefusedSubject({ line }: { readonly line: RefusedEvent }) {
  const { t } = useTranslation('events');
  const { t: general } = useTranslation();
  const subject = subjectOf(line);
  const rest = [line.eventType === null ? null : general(`eventType.${line.eventType}`), line.producer].filter(
    (text) => text !== null && text !== '',
  );
  if (subject === null && rest.length === 0) return <span className="hw-quiet">{t('unreadable')}</span>;
  return (
    // Names may break anywhere, and a column as narrow as that allows would break every word.
    <Stack gap={0} miw="14ch">
      {subject === null ? null : (
        <Text size="sm" fw={550} className="hw-name">
          {subject.name}
        </Text>
      )}
      {[subject?.namespace ?? '', ...rest]
        .filter((text) => text !== '')
        .map((text) => (
          <Text key={text} size="sm" className="hw-name hw-quiet">
            {text}
          </Text>
        ))}
    </Stack>
  );
}
