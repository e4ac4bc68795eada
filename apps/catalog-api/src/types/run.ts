import type { DatasetVersionRow, RunRow } from '@headwater/domain/catalog';
import type { DatasetGap as DatasetGapRow } from '@headwater/domain/reading/run-reader';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { VersionGapEnum } from './lineage-enums.js';
import { Node } from './node.js';
import { DateTime } from './scalars.js';

@ObjectType('Run', { implements: () => [Node], description: 'One execution of a job.' })
export class Run extends Node {
  override readonly __typename = 'Run';

  @Field({ description: 'The UUID in lower case; where the producer sent none, a name-based one of what it sent.' })
  runId!: string;

  @Field({ description: 'The run id exactly as the producer sent it.' })
  originalRunId!: string;

  @Field(() => DateTime, { nullable: true, description: 'Effective time of its START; null where none came.' })
  startedAt!: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'Effective time of its end; null while it has none.' })
  endedAt!: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'Start of the period that it processes (nominalTime facet).' })
  nominalStartAt!: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'End of the period that it processes (nominalTime facet).' })
  nominalEndAt!: Micros | null;

  @Field(() => DateTime, { description: 'Effective time of its latest event.' })
  lastEventAt!: Micros;

  @Field(() => Number, { nullable: true, description: 'Milliseconds from start to end; null unless both are known.' })
  durationMs!: number | null;

  @Field({ description: 'Known only as the parent of another run: its own events have not come.' })
  placeholder!: boolean;

  readonly row!: RunRow;
}

@ObjectType('DatasetVersion', {
  implements: () => [Node],
  description: 'The state of a dataset after one run, or as its version facet names it.',
})
export class DatasetVersion extends Node {
  override readonly __typename = 'DatasetVersion';

  @Field(() => String, { nullable: true, description: 'The value of the version facet; null where there is none.' })
  value!: string | null;

  @Field(() => DateTime, { description: 'Effective time at which it was first named.' })
  createdAt!: Micros;

  @Field(() => DateTime, { nullable: true, description: 'When it was last completed; null while it is partial.' })
  generatedAt!: Micros | null;

  @Field({ description: 'Written in part only: no run that writes it has completed.' })
  partial!: boolean;

  readonly row!: DatasetVersionRow;
}

@ObjectType('DatasetGap', { description: 'What is not known of a dataset that a run read.' })
export class DatasetGap {
  @Field(() => VersionGapEnum, { description: 'What is not known.' })
  gap!: DatasetGapRow['gap'];

  readonly row!: DatasetGapRow;
}

export function toDatasetGap(row: DatasetGapRow): DatasetGap {
  return Object.assign(new DatasetGap(), { gap: row.gap, row });
}

export function toRun(row: RunRow): Run {
  const { startedAt, endedAt } = row;
  const { id, runId, originalRunId, nominalStartAt, nominalEndAt, lastEventAt, placeholder } = row;
  return Object.assign(new Run(), {
    ...{ id, runId, originalRunId, startedAt, endedAt, nominalStartAt, nominalEndAt, lastEventAt, placeholder, row },
    durationMs: startedAt === null || endedAt === null ? null : (endedAt - startedAt) / 1000,
  });
}

export function toDatasetVersion(row: DatasetVersionRow): DatasetVersion {
  const { id, value, createdAt, generatedAt } = row;
  const partial = generatedAt === null && row.runId !== null;
  return Object.assign(new DatasetVersion(), { id: id satisfies NodeId, value, createdAt, generatedAt, partial, row });
}
