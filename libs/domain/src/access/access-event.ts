import type { NodeId } from '../identifiers.js';
import type { ReportKind } from '../reports/report-kind.js';
import type { Micros } from '../time.js';
import type { Role, Scope } from './scopes.js';
import type { SecretName } from './installation-secret.js';
import type { NamespaceGlobs } from './namespace-rule.js';

/** Why a request was refused. */
export const REFUSAL_REASONS = [
  'NO_CREDENTIALS',
  'UNKNOWN_TOKEN',
  'EXPIRED_TOKEN',
  'REVOKED_TOKEN',
  'BAD_JWT',
  'NO_SESSION',
  'BAD_SIGN_IN',
  'MISSING_SCOPE',
  'NO_ROLE',
  'FOREIGN_NAMESPACE',
  'FOREIGN_ORIGIN',
  'FOREIGN_HOST',
  'RATE_LIMITED',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What happened to access, by kind. Secrets and session ids are never among it. */
export type AccessDetail =
  | { readonly type: 'SIGNED_IN'; readonly method: 'LINK' | 'TOKEN' | 'OIDC'; readonly name: string }
  | {
      readonly type: 'SIGNED_OUT';
      readonly sessions: number;
      /** Whose sessions ended, where somebody else ended them. */
      readonly user?: string;
    }
  | {
      readonly type: 'TOKEN_CREATED' | 'TOKEN_ROTATED';
      readonly token: string;
      readonly name: string;
      readonly owner: string;
      readonly scopes: readonly Scope[];
      readonly writes: NamespaceGlobs | null;
      readonly reads: NamespaceGlobs | null;
      readonly expiresAt: Micros | null;
      /** Of a rotation: the token that it stands in for, until when both are good, and the role bindings that it took over. */
      readonly replaces?: { readonly token: string; readonly until: Micros; readonly bindings: readonly string[] };
    }
  | { readonly type: 'TOKEN_REVOKED'; readonly token: string }
  | {
      readonly type: 'ROLE_GRANTED' | 'ROLE_WITHDRAWN';
      readonly binding: string;
      readonly subject: string;
      readonly role: Role;
      readonly namespaces: NamespaceGlobs | null;
      /** Of a role that edits in a domain. */
      readonly domain?: NodeId;
    }
  | {
      readonly type: 'SECRET_ROTATED';
      readonly secret: SecretName;
      /** Until when the old one opens what it sealed. */
      readonly until: Micros;
    }
  | {
      /** The personal parts of decisions were read, or decisions about a subject looked for. */
      readonly type: 'PERSONAL_READ';
      readonly decisions: readonly NodeId[];
      /** Of a search: the id of the subject's key; null where there is no such subject. */
      readonly subjectKey?: string | null;
    }
  | {
      readonly type: 'REPORT_REQUESTED' | 'REPORT_DELETED';
      readonly report: string;
      readonly kind: ReportKind;
    }
  | {
      readonly type: 'REPORT_MADE';
      readonly report: string;
      readonly kind: ReportKind;
      /** SHA-256 of its content, hex. */
      readonly digest: string;
    }
  | {
      readonly type: 'REPORT_DOWNLOADED';
      readonly report: string;
      readonly kind: ReportKind;
      readonly file: string;
      /** SHA-256 of the file, hex. */
      readonly digest: string;
    }
  | {
      readonly type: 'REFUSED';
      readonly reason: RefusalReason;
      /** The token that was shown, where it could be read: its id, never its secret. */
      readonly token: string | null;
      /** Requests of that address, token and reason in [firstAt, lastAt]. */
      readonly count: number;
      readonly firstAt: Micros;
      readonly lastAt: Micros;
    };

export type AccessEventType = AccessDetail['type'];

export const ACCESS_EVENT_TYPES: readonly AccessEventType[] = [
  'SIGNED_IN',
  'SIGNED_OUT',
  'TOKEN_CREATED',
  'TOKEN_ROTATED',
  'TOKEN_REVOKED',
  'ROLE_GRANTED',
  'ROLE_WITHDRAWN',
  'SECRET_ROTATED',
  'PERSONAL_READ',
  'REPORT_REQUESTED',
  'REPORT_MADE',
  'REPORT_DOWNLOADED',
  'REPORT_DELETED',
  'REFUSED',
];

/** One line of the audit of access: who, what, from where, and when. Kept in the log as a document of kind ACCESS. */
export interface AccessEvent {
  /** A UUID, so that two alike are two. */
  readonly id: string;
  readonly at: Micros;
  /** The principal's id; null for a caller that is not known. */
  readonly actor: string | null;
  /** The caller's address; null for the command line. */
  readonly address: string | null;
  readonly detail: AccessDetail;
}

/** The event as bytes for the log. */
export function accessEventBytes(event: AccessEvent): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ access: event }));
}
