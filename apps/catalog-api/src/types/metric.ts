import type { MetricKind, MetricRow } from '@headwater/domain/catalog';
import type { MetricView } from '@headwater/domain/reading/metric-reader';
import { fieldPath } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, Float, ObjectType } from '@nestjs/graphql';
import { MetricKindEnum, MetricSideEnum } from './lineage-enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'One measured value of a dataset or a field, or the outcome of an assertion about it.' })
export class Metric {
  @Field(() => MetricKindEnum, { description: 'What it is.' })
  kind!: MetricKind;

  @Field({ description: 'What was measured, for example `rowCount`; of an assertion its class, such as `not_null`.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name that tells an assertion from others of its class; null where the producer gives none.',
  })
  label!: string | null;

  @Field({ description: 'The facet that tells it, for example `dataQualityMetrics`.' })
  facet!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The field measured, nested ones with dots; null for the dataset as a whole.',
  })
  column!: string | null;

  @Field(() => Float, { description: 'The value; of an assertion or a test 1 for success and 0 for failure.' })
  value!: number;

  @Field(() => Boolean, { nullable: true, description: 'Whether it held; null for a number.' })
  success!: boolean | null;

  @Field(() => String, { nullable: true, description: 'The unit, where facet or producer states one.' })
  unit!: string | null;

  @Field(() => MetricSideEnum, { description: 'From which side the dataset was measured.' })
  side!: MetricRow['side'];

  @Field(() => DateTime, { description: 'Effective time of the event that told it.' })
  at!: Micros;

  @Field(() => DateTime, { description: 'When that event was written to the log.' })
  recordedAt!: Micros;

  @Field(() => String, { nullable: true, description: 'Who told it, without the version of the software.' })
  producer!: string | null;

  readonly view!: MetricView;
}

export function toMetric(view: MetricView): Metric {
  const { kind, name, label, facet, value, unit, side, at, recordedAt, producer, fieldId } = view;
  return {
    ...{ kind, name, facet, value, unit, side, at, recordedAt, producer, view },
    label: label === '' ? null : label,
    column: fieldId === null ? null : fieldPath(fieldId).join('.'),
    success: kind === 'MEASURE' ? null : value === 1,
  };
}
