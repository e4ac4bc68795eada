import type { AccessEventType, RefusalReason } from '@headwater/domain/access/access-event';
import type { PrincipalKind } from '@headwater/domain/access/principal';
import type { Role, Scope } from '@headwater/domain/access/scopes';
import { enumOf } from './enum-of.js';

export const ScopeEnum = enumOf<Scope>('Scope', 'What an operation may ask for.', {
  'lineage:write': 'Send OpenLineage events.',
  'catalog:read': 'Read the catalog and its lineage.',
  'catalog:edit': 'Change what people state in the catalog: owners, tags, descriptions.',
  'decision:write': 'Send decisions.',
  'decision:read': 'Read decisions.',
  'personal:read': 'Read the personal parts of decisions.',
  'audit:read': 'Read who did what with access.',
  admin: 'Make and end tokens, bind roles, end sessions.',
});

export const RoleEnum = enumOf<Role>('Role', 'A set of scopes.', {
  producer: 'LINEAGE_WRITE and DECISION_WRITE.',
  viewer: 'CATALOG_READ.',
  editor: 'CATALOG_READ and CATALOG_EDIT.',
  steward: 'CATALOG_READ, CATALOG_EDIT and DECISION_READ.',
  auditor: 'CATALOG_READ, DECISION_READ, PERSONAL_READ and AUDIT_READ.',
  admin: 'Every scope.',
});

export const PrincipalKindEnum = enumOf<PrincipalKind>('PrincipalKind', 'How a caller proved who it is.', {
  TOKEN: 'By an API token.',
  USER: 'By signing in, or by a JWT of the provider.',
  LOCAL: 'Not at all: authentication is off, and only this machine can call.',
});

export const AccessEventTypeEnum = enumOf<AccessEventType>('AccessEventType', 'What happened to access.', {
  SIGNED_IN: 'Somebody signed in with a browser.',
  SIGNED_OUT: 'Sessions were ended.',
  TOKEN_CREATED: 'A token was made.',
  TOKEN_ROTATED: 'A token was made that stands in for another.',
  TOKEN_REVOKED: 'A token was ended.',
  ROLE_GRANTED: 'A role was bound.',
  ROLE_WITHDRAWN: 'A role binding was taken away.',
  SECRET_ROTATED: 'A key of the installation was replaced.',
  PERSONAL_READ: 'Personal parts of decisions were read, or decisions about a subject looked for.',
  REPORT_REQUESTED: 'A report was asked for.',
  REPORT_MADE: 'A report was made; the line has its digest.',
  REPORT_DOWNLOADED: 'A file of a report was downloaded.',
  REPORT_DELETED: 'A report was deleted.',
  REFUSED: 'Requests were refused: counted by address, token, caller and reason, and recorded once a minute.',
});

export const RefusalReasonEnum = enumOf<RefusalReason>('RefusalReason', 'Why requests were refused.', {
  NO_CREDENTIALS: 'They showed none.',
  UNKNOWN_TOKEN: 'No token is like the one shown.',
  EXPIRED_TOKEN: 'The token or JWT is too old.',
  REVOKED_TOKEN: 'The token was revoked.',
  BAD_JWT: 'The JWT is not one of the provider for this server.',
  NO_SESSION: 'The session is over, or never was.',
  BAD_SIGN_IN: 'A sign-in failed.',
  MISSING_SCOPE: 'The caller lacks the scope.',
  NO_ROLE: 'The caller is a person who has no role yet.',
  FOREIGN_NAMESPACE: 'The caller may not write in that namespace.',
  FOREIGN_ORIGIN: 'A browser was made to send it by a page that is not ours.',
  FOREIGN_HOST: 'It was sent to a host name that this server does not answer under.',
  RATE_LIMITED: 'The caller or its address asked too often.',
});
