import type { ArchitectureFindingKind, JudgedFinding } from '@headwater/domain/governance/architecture-findings';
import type { DomainLayer } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AccessFault } from './access-results.js';
import { connectionTypes } from './connection.js';
import { ArchitectureFindingKindEnum, DomainLayerEnum } from './enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'That somebody lets a finding stand.' })
export class FindingAcceptance {
  @Field(() => String, { nullable: true, description: 'Who said so.' })
  enteredBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, in their words.' })
  reason!: string | null;

  @Field(() => DateTime, { description: 'Since when.' })
  since!: Micros;

  @Field({ description: 'Where in the log the edit is that says so.' })
  position!: string;
}

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

  readonly of!: JudgedFinding;
  readonly time!: ReadTime;
}

export const ArchitectureFindingConnection = connectionTypes(() => ArchitectureFinding, 'ArchitectureFinding');

@ObjectType({ description: 'How many findings of a kind there are about a domain itself, its parts left out.' })
export class ArchitectureFindingCount {
  @Field(() => ArchitectureFindingKindEnum, { description: 'The kind.' })
  kind!: ArchitectureFindingKind;

  @Field(() => Int, { description: 'How many, accepted ones too.' })
  count!: number;

  @Field(() => Int, { description: 'How many of them nobody has accepted.' })
  open!: number;

  readonly of!: NodeId;
  readonly time!: ReadTime;
}

export function toArchitectureFinding(of: JudgedFinding, time: ReadTime): ArchitectureFinding {
  const { kind, dataset: datasetId, job: jobId, layer, readByLayer, since } = of;
  return Object.assign(new ArchitectureFinding(), { kind, datasetId, jobId, layer, readByLayer, since, of, time });
}

/** Those that are accepted, or those that are not; null: all. */
export function ofAcceptance<F extends JudgedFinding>(findings: readonly F[], wanted: boolean | null): readonly F[] {
  return wanted === null ? findings : findings.filter(({ acceptance }) => (acceptance !== null) === wanted);
}

@ObjectType({ description: 'An edit that accepted a finding, or took that back.' })
export class EditedFinding {
  @Field(() => ArchitectureFinding, {
    nullable: true,
    description: 'As it is with the edit; null where there is no such finding now, or it is not readable yet.',
  })
  finding!: ArchitectureFinding | null;

  @Field({ description: 'Where the edit is in the log: `headwater-position` for whoever reads elsewhere.' })
  position!: string;

  @Field({
    description: 'False where the catalog is behind: the edit is kept, and shows once the catalog has come so far.',
  })
  isReadable!: boolean;
}

@ObjectType({ description: 'Why a finding was not accepted, or its acceptance not withdrawn. Nothing was changed.' })
export class FindingRefusal {
  @Field({
    description:
      'A stable upper-case code: INVALID_INPUT, MISSING_SCOPE, NO_SUCH_FINDING, NOT_ACCEPTED; others may come.',
  })
  reason!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => [AccessFault], { description: 'What is wrong with the input; empty where it is not the input.' })
  faults!: readonly AccessFault[];
}

export const EditFindingResult = createUnionType({
  name: 'EditFindingResult',
  description: 'The finding that was accepted or is open again, or why nothing was changed.',
  types: () => [EditedFinding, FindingRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? FindingRefusal : EditedFinding),
});

/** By domain and kind, the most first. */
export function countFindings(findings: readonly JudgedFinding[], time: ReadTime): ArchitectureFindingCount[] {
  const counts = new Map<string, ArchitectureFindingCount>();
  for (const { domain: of, kind, acceptance } of findings) {
    const key = `${of} ${kind}`;
    const { count, open } = counts.get(key) ?? { count: 0, open: 0 };
    counts.set(key, { kind, of, time, count: count + 1, open: open + (acceptance === null ? 1 : 0) });
  }
  return [...counts].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1)).map(([, one]) => one);
}
