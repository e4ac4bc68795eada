import type { VersionLinkRow } from '@headwater/domain/catalog';
import type { RunVersion } from '@headwater/domain/reading/run-reader';
import type { EdgeEvidence } from '@headwater/domain/graph';
import type { Page } from '@headwater/domain/page';
import type { Micros } from '@headwater/domain/time';
import { Field as Property, ObjectType } from '@nestjs/graphql';
import { Dataset, Job } from './asset.js';
import { connectionTypes, PageInfo, pageInfo, type Connection, type Edge } from './connection.js';
import { DataProduct } from './data-product.js';
import { EdgeEvidenceEnum, VersionGapEnum } from './lineage-enums.js';
import { Event, Finding } from './event.js';
import { EdgeAssertion } from './lineage.js';
import { LogicalDataset } from './logical-dataset.js';
import { Metric } from './metric.js';
import { Namespace } from './namespace.js';
import { Producer } from './producer.js';
import { DatasetGap, DatasetVersion, Run, toDatasetVersion } from './run.js';
import { Field, SchemaVersion } from './schema.js';
import { DateTime } from './scalars.js';
import { GlossaryTerm } from './term.js';

export const DatasetConnection = connectionTypes(() => Dataset, 'Dataset');
export const JobConnection = connectionTypes(() => Job, 'Job');
export const RunConnection = connectionTypes(() => Run, 'Run');
export const DatasetGapConnection = connectionTypes(() => DatasetGap, 'DatasetGap');
export const FieldConnection = connectionTypes(() => Field, 'Field');
export const SchemaVersionConnection = connectionTypes(() => SchemaVersion, 'SchemaVersion');
export const EventConnection = connectionTypes(() => Event, 'Event');
export const FindingConnection = connectionTypes(() => Finding, 'Finding');
export const MetricConnection = connectionTypes(() => Metric, 'Metric');
export const NamespaceConnection = connectionTypes(() => Namespace, 'Namespace');
export const TermConnection = connectionTypes(() => GlossaryTerm, 'GlossaryTerm');
export const DataProductConnection = connectionTypes(() => DataProduct, 'DataProduct');
export const LogicalDatasetConnection = connectionTypes(() => LogicalDataset, 'LogicalDataset');
export const ProducerConnection = connectionTypes(() => Producer, 'Producer');
export const EdgeAssertionConnection = connectionTypes(() => EdgeAssertion, 'EdgeAssertion');

@ObjectType({ description: 'One DatasetVersion of a page, and how a run came to it where the page is about a run.' })
export class DatasetVersionEdge implements Edge<DatasetVersion> {
  @Property({ description: 'Opaque position of this item: as `after` it continues behind it.' })
  cursor!: string;

  @Property(() => DatasetVersion, { description: 'The DatasetVersion.' })
  node!: DatasetVersion;

  @Property(() => EdgeEvidenceEnum, {
    nullable: true,
    description: 'What the link with the run rests on; INFERRED where the version was concluded from times.',
  })
  evidence!: EdgeEvidence | null;

  @Property(() => VersionGapEnum, { nullable: true, description: 'What is not known about the link; null: nothing.' })
  gap!: VersionLinkRow['gap'];

  @Property(() => DateTime, { nullable: true, description: 'When the run used or generated it.' })
  at!: Micros | null;
}

@ObjectType({ description: 'A page of DatasetVersions (Relay connections).' })
export class DatasetVersionConnection implements Connection<DatasetVersion, DatasetVersionEdge> {
  @Property(() => [DatasetVersionEdge], { description: 'The items with their cursors, in the order of the list.' })
  edges!: DatasetVersionEdge[];

  @Property(() => PageInfo, { description: 'Where this page stands in the list.' })
  pageInfo!: PageInfo;
}

/** What a run used or generated, each with its link. */
export function toRunVersions(page: Page<RunVersion> | undefined, after: string | null): DatasetVersionConnection {
  const items = page?.items ?? [];
  return {
    edges: items.map(({ cursor, item: { version, link } }) => ({
      cursor,
      node: toDatasetVersion(version),
      evidence: link.evidence,
      gap: link.gap,
      at: link.at,
    })),
    pageInfo: pageInfo(
      items.map(({ cursor }) => cursor),
      page?.hasNextPage ?? false,
      after,
      page?.endCursor,
    ),
  };
}
