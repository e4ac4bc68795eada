import type { DecisionQuestion } from '@headwater/application/decisions/read-decisions';
import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { idOf } from './ids.js';
import { PageOf20 } from './page-args.js';
import { boundsOf, Period } from './time-args.js';

@InputType({ description: 'Whom or what decisions are about, as producers name it.' })
export class SubjectInput {
  @Field({ description: 'Its type, such as `customer`.' })
  type!: string;

  @Field({ description: 'Its reference within that type.' })
  ref!: string;
}

@InputType({ description: 'Every given member must hold.' })
export class DecisionFilter {
  @Field(() => [String], { nullable: true, description: 'Of one of these types; an empty list: of any.' })
  types?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'With one of these outcomes, by label; an empty list: with any.',
  })
  outcomes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of one of these producers; an empty list: of any.' })
  producers?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'That this job took.' })
  job?: string | null;

  @Field(() => SubjectInput, {
    nullable: true,
    description: 'About this subject. Needs the scope personal:read, and is recorded in the audit of access.',
  })
  subject?: SubjectInput | null;

  @Field(() => Period, { nullable: true, description: 'Taken in this period, by effective time.' })
  period?: Period | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its statements contradict each other.' })
  conflict?: boolean | null;
}

@ArgsType()
export class DecisionListArgs extends PageOf20 {
  @Field(() => DecisionFilter, { nullable: true, description: 'Which decisions; none: all.' })
  filter?: DecisionFilter | null;
}

/** INVALID_INPUT for a period that ends before it begins. */
export function toDecisionQuestion(filter: DecisionFilter): DecisionQuestion {
  const { types, outcomes, producers, job, subject, period, conflict } = filter;
  return {
    ...(types && types.length > 0 ? { types } : {}),
    ...(outcomes && outcomes.length > 0 ? { outcomes } : {}),
    ...(producers && producers.length > 0 ? { producers } : {}),
    ...(typeof job === 'string' ? { job: idOf(job) } : {}),
    ...(subject ? { subject: { type: subject.type, ref: subject.ref } } : {}),
    ...(typeof conflict === 'boolean' ? { isConflict: conflict } : {}),
    ...boundsOf(period),
  };
}
