import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assetHref, href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { DetailsSection, PresentOnly } from './asset-parts.js';
import classes from './asset.module.css';
import type { NodeOf } from './asset-query.js';
import { DomainPath } from './domain-view.js';
import { DefineHere } from './edit/define-here.js';
import { Origin } from './facts.js';
import { Description } from './overview.js';
import { useAsOf } from './use-as-of.js';

type Node = NodeOf<'LogicalDataset'>;
type Because = Node['members'][number]['because'];

/** Which edit or rule makes a dataset a member, since when. */
function Why({ because }: { readonly because: Because }) {
  const { t } = useTranslation('asset');
  const { rule } = because;
  return (
    <>
      {rule === null ? null : (
        <Text size="xs" className="hw-name">
          {t('logicalRule', { number: String(rule.number) })}{' '}
          <Code>{`${rule.namespace ?? '*'} ${rule.name} → ${rule.key}`}</Code>
        </Text>
      )}
      <Origin fact={because} />
    </>
  );
}

/** The logical dataset that a dataset is in, and why. */
export function LogicalMembership({
  membership,
}: {
  readonly membership: NonNullable<NodeOf<'Dataset'>['logicalDataset']>;
}) {
  const asOf = useAsOf();
  const { id, name } = membership.logicalDataset;
  return (
    <>
      <PageLink to={assetHref(id, { asOf })}>{name}</PageLink>
      <Why because={membership} />
    </>
  );
}

/** The datasets of a logical dataset, each with why it is one of them. */
function Members({ members, count }: { readonly members: Node['members']; readonly count: number }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  return (
    <Section title={t('logicalMembers', { number: String(count) })}>
      <PresentOnly />
      {members.length === 0 ? <Text className="hw-quiet">{t('logicalNoMembers')}</Text> : null}
      <ul className={classes['list']}>
        {members.map(({ dataset, because }) => (
          <li key={dataset.id}>
            <PageLink to={assetHref(dataset.id, { asOf })} inherit>
              {dataset.displayName}
            </PageLink>{' '}
            <Text component="span" size="xs" className="hw-quiet hw-name">
              {dataset.namespace}
            </Text>
            <Why because={because} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Datasets that edits keep out of it, each with the reason. */
function Excluded({ excluded }: { readonly excluded: Node['excluded'] }) {
  const { t } = useTranslation('asset');
  if (excluded.length === 0) return null;
  return (
    <Section title={t('logicalExcluded')}>
      <ul className={classes['list']}>
        {excluded.map(({ dataset, reason, enteredBy, since }) => (
          <li key={dataset.id}>
            <PageLink to={assetHref(dataset.id)} inherit>
              {dataset.displayName}
            </PageLink>
            <Text size="xs" className="hw-quiet hw-name">
              {t('logicalKept', { by: enteredBy, reason: reason ?? t('logicalNoReason') })}, {t('since')}{' '}
              <Time at={since} absolute />
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A logical dataset: what it is, which datasets carry it and why, and who depends on it. */
export function LogicalView({ node }: { readonly node: Node }) {
  const { t } = useTranslation('asset');
  const { logicalDomain: domain, importance } = node;
  const { jobs, namespaces, datasets, reads } = importance;
  return (
    <Page
      title={node.name}
      actions={
        <>
          <PageLink to={href('/lineage', { root: node.id })}>{t('logicalLineage')}</PageLink>
          <DefineHere
            kind="logical"
            id={node.id}
            name={node.name}
            changedIn={domain?.id ?? null}
            removedIn={domain?.id ?? null}
            list="/logical"
          />
        </>
      }
    >
      {node.description === null ? null : <Description text={node.description} isOfNow />}
      <DetailsSection
        entries={[
          [t('domain'), domain === null ? null : <DomainPath key="domain" domain={domain} />],
          [t('domainSince'), <Time key="since" at={node.since} absolute />, true],
          [t('domainBy'), node.enteredBy, true],
        ]}
      />
      <Members members={node.members} count={node.memberCount} />
      <Excluded excluded={node.excluded} />
      <Section title={t('logicalImportance')}>
        <Text>
          {t('logicalCounted', {
            ...{ jobs: String(jobs), namespaces: String(namespaces) },
            ...{ datasets: String(datasets), reads: String(reads) },
          })}
        </Text>
      </Section>
    </Page>
  );
}
