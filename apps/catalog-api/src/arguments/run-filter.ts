import type { RunFilter as DomainRunFilter } from '@headwater/domain/reading/run-reader';
import type { NodeId } from '@headwater/domain/identifiers';
import type { RunClock, RunState } from '@headwater/domain/run-state';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, InputType } from '@nestjs/graphql';
import { RunStateEnum } from '../types/lineage-enums.js';
import { DateTime } from '../types/scalars.js';
import { checkPeriod, present } from './filters.js';

@InputType({ description: 'Every given member must hold; within one list any does; an empty list excludes nothing.' })
export class RunFilter {
  @Field(() => [RunStateEnum], { nullable: true, description: 'Runs in one of these states, as `Run.state` says.' })
  states?: RunState[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Runs of jobs in one of these namespaces, exactly as they are written.',
  })
  namespaces?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Runs of this job, under any of its names.' })
  job?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Late runs, or (false) all others, as `Run.isLate` says.' })
  isLate?: boolean | null;

  @Field(() => DateTime, { nullable: true, description: 'Their latest event counts for this moment or later.' })
  since?: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'Their latest event counts for a moment before this.' })
  until?: Micros | null;
}

/** INVALID_INPUT for a period that ends before it begins. */
export function toRunFilter(filter: RunFilter | null | undefined, clock: RunClock): DomainRunFilter {
  checkPeriod(['since', filter?.since], ['until', filter?.until]);
  return { ...present({ ...filter, job: filter?.job as NodeId | null | undefined }), ...clock };
}
