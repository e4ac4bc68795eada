import { useTranslation } from 'react-i18next';
import { assetHref, href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Records } from '../../ui/records.js';
import { Time } from '../../ui/time.js';
import { useFindingColumns } from '../architecture/finding-columns.js';
import { DetailsSection } from './asset-parts.js';
import classes from './asset.module.css';
import type { NodeOf } from './asset-query.js';
import { DefineHere } from './edit/define-here.js';
import { Description } from './overview.js';
import { useAsOf } from './use-as-of.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

function DomainLink({ domain: { id, name } }: { readonly domain: Named }) {
  const asOf = useAsOf();
  return (
    <PageLink to={assetHref(id, { asOf })} inherit>
      {name}
    </PageLink>
  );
}

/** A domain behind all that it is part of, each a link. */
export function DomainPath({ domain }: { readonly domain: Named & { readonly above: readonly Named[] } }) {
  return [...domain.above, domain].map((one, at) => (
    <span key={one.id}>
      {at === 0 ? null : ' / '}
      <DomainLink domain={one} />
    </span>
  ));
}

/** A domain: what it is about, where it stands, and what is in it, which a search lists. */
export function DomainView({ node }: { readonly node: NodeOf<'Domain'> }) {
  const { t, i18n } = useTranslation('asset');
  const { t: words } = useTranslation('architecture');
  const asOf = useAsOf();
  const columns = useFindingColumns(asOf);
  const { above, parts } = node;
  const parent = above.at(-1);
  return (
    <Page
      title={node.domainName}
      actions={
        <DefineHere
          kind="domain"
          id={node.id}
          name={node.domainName}
          changedIn={node.id}
          removedIn={parent?.id ?? null}
          list="/governance"
        />
      }
    >
      {node.about === null ? null : <Description text={node.about} isOfNow />}
      <DetailsSection
        entries={[
          [
            t('domainParent'),
            parent === undefined ? null : <DomainPath key="parent" domain={{ ...parent, above: above.slice(0, -1) }} />,
            true,
          ],
          [t('domainLayer'), node.effectiveLayer === null ? null : words(`layerNames.${node.effectiveLayer}`), true],
          [t('domainExternal'), node.isExternal ? t('domainIsExternal') : null, true],
          [t('domainSince'), <Time key="since" at={node.since} absolute />, true],
          [t('domainBy'), node.enteredBy, true],
        ]}
      />
      {parts.length === 0 ? null : (
        <Section title={t('domainParts')}>
          <ul className={classes['list']}>
            {parts.map((part) => (
              <li key={part.id}>
                <DomainLink domain={part} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {node.gateway.length === 0 ? null : (
        <Section title={t('domainGateway')}>
          <ul className={classes['list']}>
            {[...new Map(node.gateway.map(({ dataset }) => [dataset.id, dataset])).values()].map((dataset) => (
              <li key={dataset.id}>
                <PageLink to={assetHref(dataset.id, { asOf })} inherit>
                  {dataset.displayName}
                </PageLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {node.findings === null || node.findings.length === 0 ? null : (
        <Section
          title={words('findings')}
          actions={
            <PageLink to={href('/governance/architecture', { domain: node.id, asOf })}>
              {words('all', { total: (node.openFindingCount ?? node.findings.length).toLocaleString(i18n.language) })}
            </PageLink>
          }
        >
          <Records
            label={words('findings')}
            columns={columns}
            items={node.findings}
            keyOf={({ kind, jobId, datasetId }) => [kind, jobId, datasetId].join(' ')}
            minWidth={840}
          />
        </Section>
      )}
      <Section title={t('domainAssets')}>
        <PageLink to={href('/search', { domain: node.id })}>{t('domainSearch')}</PageLink>
      </Section>
    </Page>
  );
}
