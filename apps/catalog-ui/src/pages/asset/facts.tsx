import { Badge, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assetHref, href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { PresentOnly } from './asset-parts.js';
import classes from './asset.module.css';
import type { NodeOf } from './asset-query.js';
import type { Owner, Tag } from './fragments.js';
import { titleOf } from './neighbors.js';
import { useAsOf } from './use-as-of.js';

type Stated = Pick<Tag, 'source' | 'producer' | 'position'>;

/** Words for who states a fact in which event. */
function useSays(): (fact: Stated) => string {
  const { t } = useTranslation('asset');
  return ({ source, producer, position }) =>
    t(`stated.${source}`, {
      producer: producer ?? t('unnamedProducer'),
      number: position.slice(position.lastIndexOf('.') + 1),
    });
}

/** Where a fact comes from, since when it holds, and who says so in which event. */
function Origin({ fact }: { readonly fact: Stated & Pick<Tag, 'since' | 'until'> }) {
  const { t } = useTranslation('asset');
  const says = useSays();
  return (
    <Text size="xs" className="hw-quiet hw-name">
      {t(`source.${fact.source}`)}, {t('since')} <Time at={fact.since} absolute />
      {fact.until === null ? null : (
        <>
          {' '}
          {t('until')} <Time at={fact.until} absolute />
        </>
      )}
      <br />
      <PageLink to={href('/operations/events', { event: fact.position })} inherit>
        {says(fact)}
      </PageLink>
    </Text>
  );
}

interface OwnersProps {
  readonly owners: readonly Owner[];
  readonly title?: string;
}

export function Owners({ owners, title }: OwnersProps) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  return (
    <Section title={title ?? t('owners')}>
      {owners.length === 0 ? (
        <Text className="hw-quiet">{t('ownersNone')}</Text>
      ) : (
        <ul className={classes['list']}>
          {owners.map((owner) => (
            <li key={`${owner.agent.id} ${owner.role} ${owner.position}`}>
              <Group gap="xs">
                <PageLink to={assetHref(owner.agent.id, { asOf })} className="hw-name" fw={550}>
                  {owner.agent.name}
                </PageLink>
                <Badge variant="default" tt="none" maw="100%">
                  {owner.role}
                </Badge>
              </Group>
              <Origin fact={owner} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

export function Tags({ id, tags }: { readonly id: string; readonly tags: readonly Tag[] }) {
  const { t } = useTranslation('asset');
  return (
    <Section title={t('tags')}>
      {tags.length === 0 ? (
        <Text className="hw-quiet">{t('tagsNone')}</Text>
      ) : (
        <ul className={classes['list']}>
          {tags.map((tag) => (
            <li key={`${tag.tag.name} ${tag.position}`}>
              <TagBadge name={tag.tag.name} />
              {tag.on === id ? null : (
                <Text size="xs" className="hw-name">
                  {t('putOn', { name: titleOf(tag.on).name })}
                </Text>
              )}
              <Origin fact={tag} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** A tag; who states it in which event is told on hover and focus if `stated` is given. */
export function TagBadge({ name, stated }: { readonly name: string; readonly stated?: Stated }) {
  const says = useSays();
  const at = name.indexOf('=');
  const [key, value] = at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)];
  const badge = (
    <Badge
      variant="light"
      tt="none"
      maw="100%"
      h="auto"
      mih={20}
      styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere' } }}
      {...(stated === undefined ? {} : { tabIndex: 0 })}
    >
      {key}
      {value === undefined ? null : (
        <>
          =<wbr />
          {value}
        </>
      )}
    </Badge>
  );
  return stated === undefined ? badge : <Tooltip label={says(stated)}>{badge}</Tooltip>;
}

export function Aliases({ aliases }: { readonly aliases: NodeOf<'Dataset'>['aliases'] }) {
  const { t } = useTranslation('asset');
  if (aliases.length === 0) return null;
  return (
    <Section title={t('aliases')}>
      <PresentOnly />
      <ul className={classes['list']}>
        {aliases.map(({ id, name, namespace, cause, recordedAt }) => (
          <li key={id}>
            <Stack gap={0}>
              <Text className="hw-name" fw={550}>
                {name}
              </Text>
              <Text size="sm" className="hw-quiet hw-name">
                {namespace}
              </Text>
              <Text size="xs" className="hw-quiet">
                {t(`cause.${cause}`)}, <Time at={recordedAt} absolute />
              </Text>
            </Stack>
          </li>
        ))}
      </ul>
    </Section>
  );
}
