import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Time } from '../../ui/time.js';
import { AssetFrame } from './asset-header.js';
import { DetailsSection, type DetailEntry } from './asset-parts.js';
import type { AssetAnswer, NodeOf } from './asset-query.js';
import { isBy } from './run-then.js';
import { useAsOf } from './use-as-of.js';
import { AssetTabs, type AssetTab } from './asset-tabs.js';
import { DeletionNotice, DeletionSection } from './edit/deletion.js';
import { DomainEntry, useDomains } from './edit/domain.js';
import { OwnersSection } from './edit/owners.js';
import { PropertiesSection } from './edit/properties.js';
import { TagsSection } from './edit/tags.js';
import { TermsSection } from './edit/terms.js';
import { EventsTab } from './events-tab.js';
import { FacetsTab } from './facets-tab.js';

type AnyAsset = NodeOf<'Dataset' | 'Job'>;

interface AssetViewProps {
  readonly asset: AnyAsset;
  readonly kind: 'DATASET' | 'MODEL' | 'JOB';
  /** The type that its producer states, where the kind does not say it already. */
  readonly type: string | null;
  /** What comes before the facets and events that every asset has. */
  readonly tabs: readonly AssetTab[];
}

/** The page of a dataset or a job. */
export function AssetView({ asset, kind, type, tabs }: AssetViewProps) {
  return (
    <AssetFrame
      id={asset.id}
      kind={kind}
      name={asset.displayName}
      fullName={asset.name}
      within={asset.namespace}
      type={type}
      isPlaceholder={asset.placeholder}
      deletedAt={asset.deletedAt}
      createdAt={asset.createdAt}
    >
      <DeletionNotice asset={asset} />
      <AssetTabs
        tabs={[...tabs, ['facets', () => <FacetsTab id={asset.id} />], ['events', () => <EventsTab id={asset.id} />]]}
      />
    </AssetFrame>
  );
}

interface AboutAssetProps {
  readonly asset: AnyAsset;
  /** What is known of its kind alone. */
  readonly details: readonly DetailEntry[];
  readonly around: AssetAnswer['lineage'] | undefined;
  readonly children?: ReactNode;
}

/** Who answers for an asset, what is put on it, and what it is in short. */
export function AboutAsset({ asset, details, around, children }: AboutAssetProps) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const domains = useDomains();
  const carried = asset.__typename === 'Dataset' ? (asset.carriedTags ?? []) : [];
  const isInDomains = asset.domain !== null || domains.length > 0;
  return (
    <>
      <OwnersSection {...asset.owners} place={asset} />
      <TagsSection id={asset.id} tags={[...asset.tags, ...carried]} />
      <TermsSection id={asset.id} terms={asset.termAssignments} />
      <PropertiesSection kind={asset.__typename === 'Job' ? 'JOB' : 'DATASET'} properties={asset.properties} />
      <DetailsSection
        entries={[
          [t('fullName'), asset.name],
          [t('namespace'), asset.namespace],
          [t('domain'), isInDomains ? <DomainEntry key="domain" domain={asset.domain} domains={domains} /> : null],
          ...details,
          [t('createdAt'), <Time key="created" at={asset.createdAt} absolute />],
          [t('updatedAt'), <Time key="updated" at={asset.updatedAt} absolute />, !isBy(asset.updatedAt, asOf)],
        ]}
      />
      {children}
      <DeletionSection asset={asset} around={around} />
    </>
  );
}
