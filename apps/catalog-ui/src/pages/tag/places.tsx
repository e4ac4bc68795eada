import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { href } from '../../lib/node-id.js';
import { NodeIdLink } from '../../ui/asset-link.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { TagBadge } from '../../ui/tag-badge.js';
import { Time } from '../../ui/time.js';
import { Way } from '../../ui/way.js';
import classes from './tag.module.css';
import type { Place } from './tag-query.js';

interface PlacesProps {
  readonly places: readonly Place[];
  readonly asOf: string | null;
}

/** Who put it there and in which event. */
function Said({ place: { assignment } }: { readonly place: Place }) {
  const { t } = useTranslation('tag');
  const { t: general } = useTranslation();
  if (assignment === null) return null;
  const { producer, position, since } = assignment;
  return (
    <Text size="xs" className="hw-quiet hw-name">
      <PageLink to={href('/operations/events', { event: position })} inherit underline="always">
        {producer ?? general('unknown')}
      </PageLink>
      , {t('since')} <Time at={since} absolute />
    </Text>
  );
}

function PlaceLine({
  place,
  asOf,
  isBare,
}: {
  readonly place: Place;
  readonly asOf: string | null;
  readonly isBare: boolean;
}) {
  const { t } = useTranslation('tag');
  const { id, hidden, distance, via, assignment } = place;
  return (
    <li>
      <Stack gap={2}>
        {hidden ? <Text className="hw-quiet">{t('hidden')}</Text> : <NodeIdLink id={id} />}
        {isBare && assignment !== null ? (
          <TagBadge name={assignment.tag.name} hasCome={distance > 0} asOf={asOf} />
        ) : null}
        {distance === 0 ? <Said place={place} /> : <Way ids={via} hidden={t('hidden')} asOf={asOf} />}
      </Stack>
    </li>
  );
}

/** What a tag was put on, and apart from it where it came to. */
export function Places({ places, asOf }: PlacesProps) {
  const { t } = useTranslation('tag');
  // Of a bare key each place says which of its values it has.
  const isBare = new Set(places.map(({ assignment }) => assignment?.tag.name)).size > 1;
  const parts = [
    ['put', places.filter(({ distance }) => distance === 0)],
    ['came', places.filter(({ distance }) => distance > 0)],
  ] as const;
  return parts.map(([title, own]) =>
    own.length === 0 ? null : (
      <Section key={title} title={t(title)}>
        <ul className={classes['list']}>
          {own.map((place) => (
            <PlaceLine
              key={`${place.id} ${place.assignment?.tag.name ?? ''}`}
              place={place}
              asOf={asOf}
              isBare={isBare}
            />
          ))}
        </ul>
      </Section>
    ),
  );
}
