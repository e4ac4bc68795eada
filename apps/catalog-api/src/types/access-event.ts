import type { AccessDetail, AccessEventType, RefusalReason } from '@headwater/domain/access/access-event';
import type { AccessEventRow } from '@headwater/domain/access/access-store';
import type { NamespaceGlobs } from '@headwater/domain/access/namespace-rule';
import type { Role, Scope } from '@headwater/domain/access/scopes';
import type { ReportKind } from '@headwater/domain/reports/report-kind';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AccessEventTypeEnum, RefusalReasonEnum, RoleEnum, ScopeEnum } from './access-enums.js';
import { connectionTypes } from './connection.js';
import { ReportKindEnum } from './report-enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'A line of the audit of access: who did what, from where, and when. Kept in the log.' })
export class AccessEvent {
  @Field(() => ID, { description: 'Identifies it.' })
  id!: string;

  @Field({ description: 'Its place in the log.' })
  position!: string;

  @Field(() => DateTime, { description: 'When it happened; of refusals, when they were recorded.' })
  at!: Micros;

  @Field(() => AccessEventTypeEnum, { description: 'What happened.' })
  type!: AccessEventType;

  @Field(() => ID, { nullable: true, description: 'Who did it, as `viewer.id`; null for a caller that is not known.' })
  actor!: string | null;

  @Field(() => String, { nullable: true, description: 'From which address; null for the command line.' })
  address!: string | null;

  @Field(() => ID, { nullable: true, description: 'The token that it is about, or that was shown, by its id.' })
  token!: string | null;

  @Field(() => ID, { nullable: true, description: 'Of a rotation: the token that the new one stands in for.' })
  replaces!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Of a rotation: until when the old token or secret stays good.',
  })
  replacedUntil!: Micros | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the token, of the secret, or of the person who signed in.',
  })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'Who answers for the token.' })
  owner!: string | null;

  @Field(() => [ScopeEnum], { nullable: true, description: 'What the token may do.' })
  scopes!: readonly Scope[] | null;

  @Field(() => [String], { nullable: true, description: 'What the token may write; null also where that is all.' })
  writes!: NamespaceGlobs | null;

  @Field(() => [String], { nullable: true, description: 'What the token sees; null also where that is all.' })
  reads!: NamespaceGlobs | null;

  @Field(() => DateTime, { nullable: true, description: 'When the token stops being good.' })
  expiresAt!: Micros | null;

  @Field(() => ID, { nullable: true, description: 'The role binding that it is about.' })
  binding!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Whom the role was bound to, or whose sessions ended; of a search for a subject, its key by its id.',
  })
  subject!: string | null;

  @Field(() => RoleEnum, { nullable: true, description: 'The role that was bound or taken away.' })
  role!: Role | null;

  @Field(() => [String], { nullable: true, description: 'Where the role holds; null also where that is everywhere.' })
  namespaces!: NamespaceGlobs | null;

  @Field(() => ID, { nullable: true, description: 'The domain in which alone the role edits, by its id.' })
  domainId!: string | null;

  @Field(() => [ID], { nullable: true, description: 'The decisions whose personal parts were read, by their ids.' })
  decisionIds!: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'How somebody signed in: LINK, TOKEN or OIDC.' })
  method!: string | null;

  @Field(() => ID, { nullable: true, description: 'The report that it is about.' })
  report!: string | null;

  @Field(() => ReportKindEnum, { nullable: true, description: 'What the report is about.' })
  reportKind!: ReportKind | null;

  @Field(() => String, { nullable: true, description: 'The file of the report that was downloaded.' })
  file!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the report’s content, or of the file that was downloaded, in hexadecimal digits.',
  })
  digest!: string | null;

  @Field(() => RefusalReasonEnum, { nullable: true, description: 'Why requests were refused.' })
  reason!: RefusalReason | null;

  @Field(() => Int, { nullable: true, description: 'How many requests were refused, or how many sessions ended.' })
  count!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'The first of the refused requests.' })
  firstAt!: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'The last of the refused requests.' })
  lastAt!: Micros | null;
}

export const AccessEventConnection = connectionTypes(() => AccessEvent, 'AccessEvent');

const NOTHING = {
  ...{ token: null, replaces: null, replacedUntil: null, name: null, owner: null, scopes: null, writes: null },
  ...{ reads: null, expiresAt: null, binding: null, subject: null, role: null, namespaces: null, domainId: null },
  ...{ decisionIds: null },
  ...{ report: null, reportKind: null, file: null, digest: null },
  ...{ method: null, reason: null, count: null, firstAt: null, lastAt: null },
};

export function toAccessEvent(position: string, row: AccessEventRow): AccessEvent {
  const { id, at, actor, address, detail } = row;
  return { ...NOTHING, id, position, at, actor, address, type: detail.type, ...said(detail) };
}

function said(detail: AccessDetail): Partial<AccessEvent> {
  switch (detail.type) {
    case 'SIGNED_IN':
      return { method: detail.method, name: detail.name };
    case 'SIGNED_OUT':
      return { count: detail.sessions, subject: detail.user ?? null };
    case 'TOKEN_CREATED':
    case 'TOKEN_ROTATED': {
      const { token, name, owner, scopes, writes, reads, expiresAt, replaces } = detail;
      const old = { replaces: replaces?.token ?? null, replacedUntil: replaces?.until ?? null };
      return { token, name, owner, scopes, writes, reads, expiresAt, ...old };
    }
    case 'TOKEN_REVOKED':
      return { token: detail.token };
    case 'ROLE_GRANTED':
    case 'ROLE_WITHDRAWN': {
      const { binding, subject, role, namespaces, domain = null } = detail;
      return { binding, subject, role, namespaces, domainId: domain };
    }
    case 'SECRET_ROTATED':
      return { name: detail.secret, replacedUntil: detail.until };
    case 'PERSONAL_READ':
      return { decisionIds: detail.decisions, subject: detail.subjectKey ?? null };
    case 'REPORT_REQUESTED':
    case 'REPORT_DELETED':
      return { report: detail.report, reportKind: detail.kind };
    case 'REPORT_MADE':
      return { report: detail.report, reportKind: detail.kind, digest: detail.digest };
    case 'REPORT_DOWNLOADED': {
      const { report, kind: reportKind, file, digest } = detail;
      return { report, reportKind, file, digest };
    }
    case 'REFUSED': {
      const { reason, token, count, firstAt, lastAt } = detail;
      return { reason, token, count, firstAt, lastAt };
    }
  }
}
