import type { AssetRow } from '@headwater/domain/catalog';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';
import { Node } from './node.js';
import { DateTime } from './scalars.js';

/** What datasets and jobs share; facts that change over time are resolved apart. */
@InterfaceType('Asset', {
  implements: () => [Node],
  description: 'A dataset or a job: what the catalog lists, people own and tags are put on.',
  resolveType: (value: { readonly __typename: string }) => value.__typename,
})
export abstract class Asset extends Node {
  @Field({ description: 'The last part of the name, as people say it.' })
  displayName!: string;

  @Field({ description: 'The scope of the name, such as a database, broker or scheduler.' })
  namespace!: string;

  @Field({ description: 'The name within its namespace, Unicode as sent.' })
  name!: string;

  @Field(() => DateTime, { description: 'Effective time of the first statement about it.' })
  createdAt!: Micros;

  @Field(() => DateTime, { description: 'Effective time of the latest statement about it.' })
  updatedAt!: Micros;

  @Field(() => DateTime, { nullable: true, description: 'Since when it is dropped or deleted; null while it exists.' })
  deletedAt!: Micros | null;

  @Field({ description: 'Changes whenever the asset does.' })
  version!: string;

  @Field({ description: 'Known only because something else names it: its own events have not come.' })
  placeholder!: boolean;

  readonly row!: AssetRow;
}

@ObjectType('Dataset', {
  implements: () => [Node, Asset],
  description: 'A data asset: a table, a file, a stream, a topic, a model.',
})
export class Dataset extends Asset {
  override readonly __typename = 'Dataset';

  @Field(() => String, {
    nullable: true,
    description: 'What it is, as the datasetType facet says: TABLE, STREAM, MODEL, …',
  })
  datasetType!: string | null;
}

@ObjectType('Job', {
  implements: () => [Node, Asset],
  description: 'A process definition: what runs read and write datasets by.',
})
export class Job extends Asset {
  override readonly __typename = 'Job';

  @Field(() => String, {
    nullable: true,
    description: 'PROCESSING_TYPE/INTEGRATION/JOB_TYPE as the jobType facet says, for example BATCH/SPARK/JOB.',
  })
  jobType!: string | null;
}

/** A catalog row as the GraphQL object of its kind. */
export function toAsset(row: AssetRow): Dataset | Job {
  return row.kind === 'DATASET' ? toDataset(row) : toJob(row);
}

export function toDataset(row: AssetRow): Dataset {
  return Object.assign(new Dataset(), fieldsOf(row), { datasetType: row.assetType });
}

export function toJob(row: AssetRow): Job {
  return Object.assign(new Job(), fieldsOf(row), { jobType: row.assetType });
}

function fieldsOf(row: AssetRow): Omit<Asset, '__typename'> & { id: NodeId } {
  const { id, displayName, namespace, name, createdAt, updatedAt, deletedAt, placeholder } = row;
  return {
    ...{ id, displayName, namespace, name, createdAt, updatedAt, deletedAt, placeholder, row },
    version: String(row.version),
  };
}
