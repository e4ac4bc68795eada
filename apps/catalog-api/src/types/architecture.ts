import type {
  ArchitectureFinding as FoundOf,
  ArchitectureFindingKind,
} from '@headwater/domain/governance/architecture-findings';
import type { DomainLayer } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionTypes } from './connection.js';
import { ArchitectureFindingKindEnum, DomainLayerEnum } from './governance-enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'A job that reads a dataset of another domain in a way that the domains do not mean.' })
export class ArchitectureFinding {
  @Field(() => ArchitectureFindingKindEnum, { description: 'What is not as meant.' })
  kind!: ArchitectureFindingKind;

  @Field(() => ID, { description: 'NodeId of the dataset.' })
  datasetId!: string;

  @Field(() => ID, { description: 'NodeId of the job; its owners are to be told.' })
  jobId!: string;

  @Field(() => DomainLayerEnum, { nullable: true, description: 'The layer of `domain`; null: it is on none.' })
  layer!: DomainLayer | null;

  @Field(() => DomainLayerEnum, { nullable: true, description: 'The layer of `readBy`; null: it is on none.' })
  readByLayer!: DomainLayer | null;

  @Field(() => DateTime, { description: 'Since when the job reads it, with both in the domains that they are in.' })
  since!: Micros;

  readonly of!: FoundOf;
  readonly time!: ReadTime;
}

export const ArchitectureFindingConnection = connectionTypes(() => ArchitectureFinding, 'ArchitectureFinding');

@ObjectType({ description: 'How many findings of a kind there are about a domain itself, its parts left out.' })
export class ArchitectureFindingCount {
  @Field(() => ArchitectureFindingKindEnum, { description: 'The kind.' })
  kind!: ArchitectureFindingKind;

  @Field(() => Int, { description: 'How many.' })
  count!: number;

  readonly of!: NodeId;
  readonly time!: ReadTime;
}

export function toArchitectureFinding(of: FoundOf, time: ReadTime): ArchitectureFinding {
  const { kind, dataset: datasetId, job: jobId, layer, readByLayer, since } = of;
  return Object.assign(new ArchitectureFinding(), { kind, datasetId, jobId, layer, readByLayer, since, of, time });
}

/** By domain and kind, the most first. */
export function countFindings(findings: readonly FoundOf[], time: ReadTime): ArchitectureFindingCount[] {
  const counts = new Map<string, ArchitectureFindingCount>();
  for (const { domain: of, kind } of findings) {
    const key = `${of} ${kind}`;
    const before = counts.get(key);
    counts.set(key, { kind, of, time, count: (before?.count ?? 0) + 1 });
  }
  return [...counts].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1)).map(([, one]) => one);
}
