import { HeadwaterError } from '@headwater/domain/errors';
import type { Micros } from '@headwater/domain/time';
import type { Type } from '@nestjs/common';
import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { DateTime } from '../types/scalars.js';
import { PageOf100, PageOf20 } from './page-args.js';

/** A point on both time axes; null means now and everything known. */
export interface TimeInput {
  readonly asOf?: Micros | null;
  readonly knownAt?: Micros | null;
}

const AS_OF = 'The moment that is asked about, in valid time; null means now.';
const KNOWN_AT = 'Only what was recorded by then counts; null means all that is known.';

@ArgsType()
export class TimeArgs implements TimeInput {
  @Field(() => DateTime, { nullable: true, description: AS_OF })
  asOf?: Micros | null;

  @Field(() => DateTime, { nullable: true, description: KNOWN_AT })
  knownAt?: Micros | null;
}

@ArgsType()
export class TimedPageOf100 extends (PageOf100 as Type<PageOf100>) implements TimeInput {
  @Field(() => DateTime, { nullable: true, description: AS_OF })
  asOf?: Micros | null;

  @Field(() => DateTime, { nullable: true, description: KNOWN_AT })
  knownAt?: Micros | null;
}

@ArgsType()
export class TimedPageOf20 extends (PageOf20 as Type<PageOf20>) implements TimeInput {
  @Field(() => DateTime, { nullable: true, description: AS_OF })
  asOf?: Micros | null;

  @Field(() => DateTime, { nullable: true, description: KNOWN_AT })
  knownAt?: Micros | null;
}

@InputType({ description: 'A stretch of time, [from, to).' })
export class Period {
  @Field(() => DateTime, { description: 'Its first moment.' })
  from!: Micros;

  @Field(() => DateTime, { description: 'The first moment behind it; later than `from`.' })
  to!: Micros;
}

/** The bounds of a period; none without one. INVALID_INPUT for a period that ends before it begins. */
export function boundsOf(period: Period | null | undefined): { readonly from?: Micros; readonly to?: Micros } {
  if (!period) return {};
  const { from, to } = period;
  if (to > from) return { from, to };
  throw new HeadwaterError('INVALID_INPUT', '`period.to` must be later than `period.from`', { reason: 'PERIOD' });
}
