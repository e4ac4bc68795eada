import { Badge, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { PresentOnly } from './asset-parts.js';
import classes from './asset.module.css';
import type { NodeOf } from './asset-query.js';
import type { Owner, Tag } from './fragments.js';
import { titleOf } from './neighbors.js';
import { useAsOf } from './use-as-of.js';

/** Where a fact comes from, since when it holds, and who says so in which event. */
function Origin({ fact }: { readonly fact: Pick<Tag, 'source' | 'because' | 'since' | 'until'> }) {
  const { t } = useTranslation('asset');
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
      {fact.because}
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
            <li key={`${owner.agent.id} ${owner.role} ${owner.because}`}>
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
            <li key={`${tag.tag.name} ${tag.because}`}>
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

/** A tag; where it comes from is told on hover and focus if `because` is given. */
export function TagBadge({ name, because }: { readonly name: string; readonly because?: string }) {
  const badge = (
    <Badge
      variant="light"
      tt="none"
      maw="100%"
      h="auto"
      mih={20}
      styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere' } }}
      {...(because === undefined ? {} : { tabIndex: 0 })}
    >
      {name}
    </Badge>
  );
  return because === undefined ? badge : <Tooltip label={because}>{badge}</Tooltip>;
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
