import type { WantedReport } from '@headwater/application/reports/ask-reports';
import type { AccessEventType } from '@headwater/domain/access/access-event';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import type { ReportFormat } from '@headwater/domain/reports/report';
import type { ReportKind } from '@headwater/domain/reports/report-kind';
import type { ReportSubject } from '@headwater/domain/reports/report-subject';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, InputType } from '@nestjs/graphql';
import { AccessEventTypeEnum } from '../types/access-enums.js';
import { ReportFormatEnum, ReportKindEnum } from '../types/report-enums.js';
import { DateTime } from '../types/scalars.js';
import { idOf } from './ids.js';
import { boundsOf, Period } from './time-args.js';

@InputType({ description: 'What a report of governance coverage is narrowed down to.' })
export class CoverageReportInput {
  @Field(() => ID, { nullable: true, description: 'What is in this domain and its parts; none: everything.' })
  domain?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'What counts as classified: one of these, `key=value` or `key` for any value; none: any tag.',
  })
  tags?: string[] | null;
}

@InputType({ description: 'What a report of access is narrowed down to.' })
export class AccessReportInput {
  @Field(() => Period, { nullable: true, description: 'What happened in this period; none: all that is kept.' })
  period?: Period | null;

  @Field(() => [AccessEventTypeEnum], { nullable: true, description: 'Lines of these types; none: of all.' })
  types?: AccessEventType[] | null;

  @Field(() => ID, { nullable: true, description: 'What this caller did, as `viewer.id`; none: everybody.' })
  actor?: string | null;
}

@InputType({ description: 'A report to make.' })
export class RequestReportInput {
  @Field(() => ReportKindEnum, { description: 'What it is about.' })
  kind!: ReportKind;

  @Field(() => [ReportFormatEnum], { nullable: true, description: 'As which files it is wanted; none: as all.' })
  formats?: ReportFormat[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'It tells what was known then, and what was so then; none: at the moment of the request. The same report as of the same moment has the same digest.',
  })
  knownAt?: Micros | null;

  @Field(() => CoverageReportInput, { nullable: true, description: 'Of GOVERNANCE_COVERAGE only.' })
  coverage?: CoverageReportInput | null;

  @Field(() => AccessReportInput, { nullable: true, description: 'Of ACCESS only.' })
  access?: AccessReportInput | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Names this request, in 1 to 200 characters, so that it can be sent again: the same request of yours under the same key is one report, and another under it is refused with KEY_USED.',
  })
  idempotencyKey?: string | null;
}

/** INVALID_INPUT for narrowing that is of another kind. */
export function toWantedReport(input: RequestReportInput, all: readonly ReportFormat[]): WantedReport {
  const { knownAt = null, formats, idempotencyKey: key = null } = input;
  return { subject: subjectOf(input), formats: formats ?? all, knownAt, key };
}

function subjectOf({ kind, coverage, access }: RequestReportInput): ReportSubject {
  switch (kind) {
    case 'GOVERNANCE_COVERAGE':
      refuse('access', access, kind);
      return { kind, domain: coverage?.domain ? idOf(coverage.domain) : null, tags: coverage?.tags ?? [] };
    case 'ACCESS': {
      refuse('coverage', coverage, kind);
      const { from = null, to = null } = boundsOf(access?.period);
      return { kind, from, to, types: access?.types ?? [], actor: access?.actor ?? null };
    }
  }
}

function refuse(member: string, given: object | null | undefined, kind: ReportKind): void {
  if (!given) return;
  throw new HeadwaterError('INVALID_INPUT', 'The report that is asked for is wrong', {
    faults: [
      {
        pointer: `/${member}`,
        ...coded('LEFT_OUT', `says nothing about a report of the kind ${kind}: leave it out`),
      },
    ],
  });
}
