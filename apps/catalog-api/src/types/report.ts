import { HeadwaterError } from '@headwater/domain/errors';
import type {
  ReportFailure,
  ReportFormat,
  ReportState,
  Report as DomainReport,
} from '@headwater/domain/reports/report';
import type { ReportKind } from '@headwater/domain/reports/report-kind';
import { told } from '@headwater/domain/reports/report-content';
import type { Micros } from '@headwater/domain/time';
import { createUnionType, Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { AccessFault, isExpected } from './access-results.js';
import { connectionTypes } from './connection.js';
import { fileUrl } from '../reports/file-url.js';
import { ReportFailureEnum, ReportFormatEnum, ReportKindEnum, ReportStateEnum } from './report-enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'What a report was narrowed down to.' })
export class ReportParameter {
  @Field({ description: 'What it is, such as `domain`.' })
  name!: string;

  @Field({ description: 'It itself, as a text. What has several values is there as often.' })
  value!: string;
}

@ObjectType({ description: 'A file of a report that is made.' })
export class ReportFile {
  @Field({ description: 'What it is called.' })
  name!: string;

  @Field(() => ReportFormatEnum, { description: 'As what it is written.' })
  format!: ReportFormat;

  @Field({ description: 'Its media type.' })
  mediaType!: string;

  @Field(() => Float, { description: 'How many bytes it has.' })
  bytes!: number;

  @Field({ description: 'SHA-256 of its bytes, in hexadecimal digits.' })
  sha256!: string;

  @Field({ description: 'Where it is downloaded, as a path of this server. Each download is recorded in the audit.' })
  url!: string;
}

@ObjectType({ description: 'A report that somebody asked for, and how far it is.' })
export class Report {
  @Field(() => ID, { description: 'Identifies it; it is no node of the catalog.' })
  id!: string;

  @Field(() => ReportKindEnum, { description: 'What it is about.' })
  kind!: ReportKind;

  @Field(() => [ReportParameter], { description: 'What it was narrowed down to.' })
  parameters!: readonly ReportParameter[];

  @Field(() => [ReportFormatEnum], { description: 'As which files it was wanted.' })
  formats!: readonly ReportFormat[];

  @Field({ description: 'Who asked for it.' })
  by!: string;

  @Field(() => ID, { description: 'Who asked for it, as `viewer.id`.' })
  actor!: string;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  requestedAt!: Micros;

  @Field(() => DateTime, { description: 'It tells what was known then.' })
  knownAt!: Micros;

  @Field(() => ReportStateEnum, { description: 'How far it is.' })
  state!: ReportState;

  @Field(() => Float, { description: 'How much of it is made, from 0 to 1.' })
  progress!: number;

  @Field(() => ReportFailureEnum, { nullable: true, description: 'Of FAILED: why.' })
  failure!: ReportFailure | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of its content as JSON by RFC 8785, in hexadecimal digits; null before DONE.',
  })
  digest!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was made or failed.' })
  endedAt!: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'When it is forgotten; null while it is being made.' })
  expiresAt!: Micros | null;

  @Field(() => [ReportFile], { description: 'Its files; none before DONE.' })
  files!: readonly ReportFile[];
}

export const ReportConnection = connectionTypes(() => Report, 'Report');

@ObjectType({ description: 'A report that was asked for, tried again or deleted.' })
export class ReportChanged {
  @Field(() => ID, { description: 'Which.' })
  id!: string;

  @Field(() => Report, { nullable: true, description: 'As it is now; null where it was deleted.' })
  report!: Report | null;
}

@ObjectType({ description: 'Why nothing was done about a report.' })
export class ReportRefusal {
  @Field({
    description:
      'A stable upper-case code: INVALID_INPUT, MISSING_SCOPE, KEY_USED, NO_SUCH_REPORT, REPORT_NOT_FAILED; others may come.',
  })
  reason!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => [AccessFault], { description: 'What is wrong with the input; empty where it is not the input.' })
  faults!: readonly AccessFault[];
}

export const ReportResult = createUnionType({
  name: 'ReportResult',
  description: 'The report, or why nothing was done.',
  types: () => [ReportChanged, ReportRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? ReportRefusal : ReportChanged),
});

export function toReport({ subject, by, files, ...report }: DomainReport): Report {
  const { kind, ...parameters } = subject;
  return {
    ...report,
    ...{ kind, by: by.name, actor: by.id, parameters: parametersOf(told(parameters)) },
    files: files.map((file) => ({ ...file, url: fileUrl(report.id, file.name) })),
  };
}

function parametersOf(parameters: ReturnType<typeof told>): readonly ReportParameter[] {
  return Object.entries(parameters).flatMap(([name, given]) =>
    [given].flat().flatMap((value) => (value === null ? [] : [{ name, value }])),
  );
}

/** An expected failure as the typed refusal that it is; undefined for every other error. */
export function toReportRefusal(error: unknown): ReportRefusal | undefined {
  if (!(error instanceof HeadwaterError) || !isExpected(error)) return undefined;
  const { category, reason, message, faults } = error;
  return { reason: reason ?? category, message, faults };
}
