import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref, href, nameWithin } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { TagBadge } from '../../ui/tag-badge.js';
import { Time } from '../../ui/time.js';
import { Way } from '../../ui/way.js';
import { PresentOnly } from './asset-parts.js';
import classes from './asset.module.css';
import type { NodeOf } from './asset-query.js';
import type { Declined, Owner, Tag } from './fragments.js';
import { titleOf } from './neighbors.js';
import { useAsOf } from './use-as-of.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

const never = (): boolean => false;

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

interface OriginProps {
  readonly fact: Stated & Pick<Tag, 'since' | 'until'>;
  /** The node that it was put on, where that is not the one that is shown. */
  readonly putOn?: string;
}

function Source({ fact: { source }, putOn }: OriginProps) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  if (putOn === undefined || source !== 'EDIT') return t(`source.${source}`);
  if (putOn.startsWith('hidden:')) return t('enteredAtHidden');
  return (
    <>
      {t('enteredAt')}{' '}
      <PageLink to={assetHref(putOn, { asOf })} inherit underline="always">
        {nameWithin(putOn)}
      </PageLink>
    </>
  );
}

/** Where a fact comes from, since when it holds, and who says so in which event. */
export function Origin(props: OriginProps) {
  const { fact } = props;
  const { t } = useTranslation('asset');
  const says = useSays();
  return (
    <Text size="xs" className="hw-quiet hw-name" mt={props.putOn === undefined ? 0 : 6}>
      <Source {...props} />, {t('since')} <Time at={fact.since} absolute />
      {fact.until === null ? null : (
        <>
          {' '}
          {t('until')} <Time at={fact.until} absolute />
        </>
      )}
      <br />
      <PageLink to={href('/operations/events', { event: fact.position })} inherit underline="always">
        {says(fact)}
      </PageLink>
    </Text>
  );
}

/** How lines of facts are shown while they can be edited. */
export interface LinesProps<T> {
  /** What can be done with a line. */
  readonly action?: (fact: T) => ReactNode;
  /** Whether a line is being taken away. */
  readonly isGoing?: (fact: T) => boolean;
  /** A line that is being entered. */
  readonly coming?: ReactNode;
}

interface LineProps {
  readonly isBusy: boolean;
  readonly children: ReactNode;
}

export function Line({ isBusy, children }: LineProps) {
  return (
    <li aria-busy={isBusy} className={isBusy ? classes['going'] : undefined}>
      {children}
    </li>
  );
}

function Role({ role }: { readonly role: string }) {
  const { nameOf } = useOwnerRoles();
  return (
    <Badge variant="default" tt="none" maw="100%">
      {nameOf(role)}
    </Badge>
  );
}

/** The rule, or the domain or data product, by which somebody answers. */
function Basis({ owner: { rule, inheritedFrom } }: { readonly owner: Owner }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  if (rule !== null)
    return (
      <Text size="xs" className="hw-name">
        {t('ruleLine', { number: String(rule.number) })} <Code>{rule.line}</Code>
      </Text>
    );
  if (inheritedFrom === null) return null;
  return (
    <Text size="xs" className="hw-name">
      {t('inheritedFrom')}{' '}
      <PageLink to={assetHref(inheritedFrom.id, { asOf })} inherit underline="always">
        {nameOfPlace(inheritedFrom)}
      </PageLink>
    </Text>
  );
}

function nameOfPlace(place: NonNullable<Owner['inheritedFrom']>): string {
  if (place.__typename === 'Domain') return place.domainName;
  return place.__typename === 'DataProduct' ? place.productName : place.id;
}

/** In which role somebody answers, and why. */
export function RoleLine({ owner }: { readonly owner: Owner }) {
  return (
    <div>
      <Role role={owner.role} />
      <Basis owner={owner} />
      <Origin fact={owner} />
      <Confirmed owner={owner} />
    </div>
  );
}

/** An owner who is being entered. */
export function ComingOwner({ name, role }: { readonly name: string; readonly role: string }) {
  return (
    <Group gap="xs">
      <Text className="hw-name" fw={550}>
        {name}
      </Text>
      <Role role={role} />
    </Group>
  );
}

interface OwnerLinesProps extends LinesProps<Owner> {
  readonly owners: readonly Owner[];
}

export function OwnerLines({ owners, action, isGoing = never, coming = null }: OwnerLinesProps) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  if (owners.length === 0 && coming === null) return <Text className="hw-quiet">{t('ownersNone')}</Text>;
  return (
    <ul className={classes['list']}>
      {coming === null ? null : <Line isBusy>{coming}</Line>}
      {owners.map((owner) => (
        <Line key={`${owner.agent.id} ${owner.role} ${owner.position}`} isBusy={isGoing(owner)}>
          <Group gap="xs">
            <PageLink to={assetHref(owner.agent.id, { asOf })} className="hw-name" fw={550}>
              {owner.agent.displayName}
            </PageLink>
            <Role role={owner.role} />
            {action?.(owner)}
          </Group>
          <Basis owner={owner} />
          <Origin fact={owner} />
          <Confirmed owner={owner} />
        </Line>
      ))}
    </ul>
  );
}

/** When the owner said that it answers for it. */
function Confirmed({ owner: { confirmedAt, confirmedBy } }: { readonly owner: Owner }) {
  const { t } = useTranslation('asset');
  if (confirmedAt === null) return null;
  return (
    <Text size="xs" className="hw-name">
      {t('answer.confirmedBy', { name: confirmedBy ?? t('unnamedProducer') })} <Time at={confirmedAt} absolute />
    </Text>
  );
}

/** Who declined to answer for it, and why. */
export function DeclinedOwners({ declined }: { readonly declined: readonly Declined[] }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  if (declined.length === 0) return null;
  return (
    <>
      <Text fw={600} mt="sm">
        {t('answer.declined')}
      </Text>
      <ul className={classes['list']}>
        {declined.map(({ claim: { agent, role }, why, declinedAt, declinedBy, position }) => (
          <li key={`${agent.id} ${role}`}>
            <Group gap="xs">
              <PageLink to={assetHref(agent.id, { asOf })} className="hw-name" fw={550}>
                {agent.displayName}
              </PageLink>
              <Role role={role} />
            </Group>
            <Text size="sm" className="hw-name">
              {why}
            </Text>
            <Text size="xs" className="hw-quiet hw-name">
              <PageLink to={href('/operations/events', { event: position })} inherit underline="always">
                {t('answer.declinedBy', { name: declinedBy ?? t('unnamedProducer') })}
              </PageLink>{' '}
              <Time at={declinedAt} absolute />
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Who is stated to answer for it as well, where something stronger names owners of the same role. */
export function OverruledOwners({ owners }: { readonly owners: readonly Owner[] }) {
  const { t } = useTranslation('asset');
  if (owners.length === 0) return null;
  return (
    <details className={classes['overruled']}>
      <summary>
        {t('overruled')} ({owners.length})
      </summary>
      <OwnerLines owners={owners} />
    </details>
  );
}

interface OwnersProps {
  readonly owners: readonly Owner[];
  readonly overruled?: readonly Owner[];
  readonly declined?: readonly Declined[];
  readonly action?: LinesProps<Owner>['action'];
  readonly title?: string;
}

export function Owners({ owners, overruled = [], declined = [], action, title }: OwnersProps) {
  const { t } = useTranslation('asset');
  return (
    <Section title={title ?? t('owners')}>
      <OwnerLines owners={owners} {...(action !== undefined && { action })} />
      <DeclinedOwners declined={declined} />
      <OverruledOwners owners={overruled} />
    </Section>
  );
}

interface TagLinesProps extends LinesProps<Tag> {
  /** The node that is shown: a tag on another name of it says so. */
  readonly id: string;
  readonly tags: readonly Tag[];
}

export function TagLines({ id, tags, action, isGoing = never, coming = null }: TagLinesProps) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  if (tags.length === 0 && coming === null) return <Text className="hw-quiet">{t('tagsNone')}</Text>;
  return (
    <ul className={classes['list']}>
      {coming === null ? null : <Line isBusy>{coming}</Line>}
      {tags.map((tag) => (
        <Line key={`${tag.tag.name} ${tag.position}`} isBusy={isGoing(tag)}>
          <Group gap="xs">
            <TagBadge name={tag.tag.name} hasCome={tag.propagated} asOf={asOf} />
            {action?.(tag)}
          </Group>
          {tag.propagated ? (
            <>
              <Text size="xs">{t('cameAlong')}</Text>
              <Way ids={tag.via} hidden={t('hiddenPlace')} asOf={asOf} />
            </>
          ) : tag.on === id ? null : (
            <Text size="xs" className="hw-name">
              {t('putOn', { name: titleOf(tag.on).name })}
            </Text>
          )}
          <Origin fact={tag} {...(tag.propagated && { putOn: tag.via[0] ?? tag.on })} />
        </Line>
      ))}
    </ul>
  );
}

/** A tag in a table: who states it in which event, or which way it came, is told on hover and focus. */
export function StatedTag({ tag }: { readonly tag: Tag }) {
  const { t } = useTranslation('asset');
  const says = useSays();
  const asOf = useAsOf();
  const [from = tag.on] = tag.via;
  const hint = tag.propagated
    ? t('cameFrom', { name: from.startsWith('hidden:') ? t('hiddenField') : nameWithin(from) })
    : says(tag);
  return <TagBadge name={tag.tag.name} hint={hint} hasCome={tag.propagated} asOf={asOf} />;
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
