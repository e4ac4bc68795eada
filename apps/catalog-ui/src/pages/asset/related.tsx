import { Badge, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { kindOfAsset } from '../../ui/kind.js';
import { PageLink } from '../../ui/link.js';
import { Time, zonedTime } from '../../ui/time.js';
import type { DatasetPage, GapPage, JobPage, VersionPage } from './fragments.js';
import { Evidence } from './flow.js';
import { isBy, runThen } from './run-then.js';
import { RunStateThen } from './then.js';
import { useAsOf } from './use-as-of.js';

type Job = JobPage['edges'][number]['node'];
type Dataset = DatasetPage['edges'][number]['node'];
type Gap = GapPage['edges'][number]['node'];
type VersionEdge = VersionPage['edges'][number];

/** A job with how its latest run stands. */
export function JobRow({ job }: { readonly job: Job }) {
  const { t } = useTranslation('asset');
  const { t: general } = useTranslation();
  const asOf = useAsOf();
  const { id, displayName, namespace, latestRun, placeholder, deletedAt } = job;
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
      <AssetLink id={id} kind="JOB" name={displayName} namespace={namespace} asOf={asOf} />
      <Stack gap={2} align="flex-end" style={{ flexShrink: 0 }}>
        {placeholder ? (
          <Badge variant="default" tt="none">
            {general('placeholder')}
          </Badge>
        ) : null}
        {deletedAt === null || !isBy(deletedAt, asOf) ? null : (
          <Badge variant="default" tt="none">
            {general('deleted')}
          </Badge>
        )}
        {latestRun === null ? null : (
          <>
            <PageLink to={assetHref(latestRun.id, { asOf })} title={t('latestRun')}>
              <RunStateThen run={latestRun} />
            </PageLink>
            <Text size="sm" className="hw-quiet">
              <Time at={(runThen(latestRun, asOf)?.run ?? latestRun).lastEventAt} />
            </Text>
          </>
        )}
      </Stack>
    </Group>
  );
}

interface DatasetRowProps {
  readonly dataset: Dataset;
  /** What its link with the job rests on, where lineage tells. */
  readonly evidence: readonly VersionEvidence[];
}

type VersionEvidence = NonNullable<VersionEdge['evidence']>;

export function DatasetRow({ dataset, evidence }: DatasetRowProps) {
  const { t } = useTranslation();
  const asOf = useAsOf();
  const { id, displayName, namespace, placeholder, deletedAt, datasetType } = dataset;
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
      <AssetLink
        id={id}
        kind={kindOfAsset('DATASET', datasetType)}
        name={displayName}
        namespace={namespace}
        asOf={asOf}
      />
      <Group gap={4} justify="flex-end">
        {placeholder ? (
          <Badge variant="default" tt="none">
            {t('placeholder')}
          </Badge>
        ) : null}
        {deletedAt === null || !isBy(deletedAt, asOf) ? null : (
          <Badge variant="default" tt="none">
            {t('deleted')}
          </Badge>
        )}
        {datasetType === null ? null : (
          <Badge variant="default" size="sm" tt="none" maw={140}>
            {datasetType}
          </Badge>
        )}
        {evidence.map((kind) => (
          <Evidence key={kind} evidence={kind} />
        ))}
      </Group>
    </Group>
  );
}

/** A version that a run used or made: of which dataset, and what is not known about the link. */
export function VersionEdgeRow({ edge: { evidence, gap, node } }: { readonly edge: VersionEdge }) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <AssetLink
          id={node.dataset.id}
          kind="DATASET"
          name={node.dataset.displayName}
          namespace={node.dataset.namespace}
          asOf={asOf}
        />
        <Stack gap={4} align="flex-end" style={{ flexShrink: 0 }}>
          {node.partial ? <PartialBadge /> : null}
          {gap === null ? null : <GapBadge gap={gap} />}
          {evidence === null ? null : <Evidence evidence={evidence} />}
        </Stack>
      </Group>
      <Text size="sm" pl={26} className="hw-name">
        <PageLink to={assetHref(node.id, { asOf })} inherit>
          {t('version')} {node.value ?? zonedTime(node.generatedAt ?? node.createdAt, i18n.language)}
        </PageLink>
      </Text>
    </Stack>
  );
}

/** Says that it is not certain whether a run read this version. */
export function GapBadge({ gap }: { readonly gap: Gap['gap'] }) {
  const { t } = useTranslation('asset');
  return (
    <Tooltip label={t(`gapHint.${gap}`)}>
      <Badge
        size="sm"
        variant="outline"
        tt="none"
        tabIndex={0}
        style={{ color: 'var(--hw-warn)', borderColor: 'var(--hw-warn)', borderStyle: 'dashed' }}
      >
        {t(`gap.${gap}`)}
      </Badge>
    </Tooltip>
  );
}

/** A dataset of which a run read something that is not known, none of its versions being a candidate. */
export function GapRow({ gap: { gap, dataset } }: { readonly gap: Gap }) {
  const asOf = useAsOf();
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
      <AssetLink id={dataset.id} kind="DATASET" name={dataset.displayName} namespace={dataset.namespace} asOf={asOf} />
      <GapBadge gap={gap} />
    </Group>
  );
}

/** Marks a version that no completed run wrote. */
export function PartialBadge() {
  const { t } = useTranslation('asset');
  return (
    <Tooltip label={t('partialHint')}>
      <Badge
        size="sm"
        variant="outline"
        tt="none"
        tabIndex={0}
        style={{ color: 'var(--hw-warn)', borderColor: 'var(--hw-warn)' }}
      >
        {t('partial')}
      </Badge>
    </Tooltip>
  );
}

/** When a version was completed last; after the moment asked about, that this came later. */
export function GeneratedAt({ at, absolute = false }: { readonly at: string | null; readonly absolute?: boolean }) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  if (at === null) return null;
  if (isBy(at, asOf)) return <Time at={at} absolute={absolute} />;
  return <span className="hw-quiet">{t('generatedLater', { time: zonedTime(at, i18n.language) })}</span>;
}
