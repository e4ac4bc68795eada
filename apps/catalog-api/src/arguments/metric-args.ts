import type { MetricKind } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { MetricFilter as DomainMetricFilter, MetricPeriod } from '@headwater/domain/reading/metric-reader';
import { HeadwaterError } from '@headwater/domain/errors';
import type { PageRequest } from '@headwater/domain/page';
import type { Micros } from '@headwater/domain/time';
import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { MetricKindEnum } from '../types/lineage-enums.js';
import { DateTime } from '../types/scalars.js';
import { PageOf20, toPageRequest } from './page-args.js';
import { Period, TimedPageOf100 } from './time-args.js';

@InputType({ description: 'Every given member must hold; within one list any does; an empty list excludes nothing.' })
export class MetricFilter {
  @Field(() => [String], { nullable: true, description: 'What was measured, for example `rowCount` or `not_null`.' })
  names?: string[] | null;

  @Field(() => [MetricKindEnum], { nullable: true, description: 'Numbers, assertions or tests.' })
  kinds?: MetricKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Facets that tell it, for example `outputStatistics`.' })
  facets?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description:
      'Whether a dataset or a version shows what was measured of its fields too; a field always shows its own.',
  })
  withFields?: boolean | null;
}

const FILTER = 'Which measurements; none: all.';

@ArgsType()
export class MetricArgs extends PageOf20 {
  @Field(() => MetricFilter, { nullable: true, description: FILTER })
  filter?: MetricFilter | null;

  @Field(() => Period, { nullable: true, description: 'Measured in this stretch of time; null: at any time.' })
  between?: Period | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only what was recorded by then counts; null means all that is known.',
  })
  knownAt?: Micros | null;
}

@ArgsType()
export class LatestMetricArgs extends TimedPageOf100 {
  @Field(() => MetricFilter, { nullable: true, description: FILTER })
  filter?: MetricFilter | null;
}

/** What readers are asked. INVALID_INPUT for a period that ends before it begins. */
export function toMetricQuestion(args: MetricArgs): {
  readonly filter: DomainMetricFilter;
  readonly period: MetricPeriod;
  readonly page: PageRequest;
} {
  const { between, knownAt } = args;
  if (between && between.to <= between.from) {
    throw new HeadwaterError('INVALID_INPUT', '`between.to` must be later than `between.from`', { reason: 'PERIOD' });
  }
  const period = { from: between?.from ?? -LATEST, to: between?.to ?? LATEST, knownAt: knownAt ?? LATEST };
  return { filter: toMetricFilter(args.filter), period, page: toPageRequest(args) };
}

export function toLatestMetricQuestion(args: LatestMetricArgs): {
  readonly filter: DomainMetricFilter;
  readonly page: PageRequest;
} {
  return { filter: toMetricFilter(args.filter), page: toPageRequest(args, 100) };
}

function toMetricFilter(filter: MetricFilter | null | undefined): DomainMetricFilter {
  const listOf = <T>(list: readonly T[] | null | undefined): readonly T[] | null =>
    list === null || list === undefined || list.length === 0 ? null : list;
  return {
    names: listOf(filter?.names),
    kinds: listOf(filter?.kinds),
    facets: listOf(filter?.facets),
    withFields: filter?.withFields ?? true,
  };
}
