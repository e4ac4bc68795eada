import { useViewer, type Scope, type Viewer } from '../graphql/viewer.js';

export const SCOPES = [
  'LINEAGE_WRITE',
  'CATALOG_READ',
  'CATALOG_EDIT',
  'DECISION_WRITE',
  'DECISION_READ',
  'PERSONAL_READ',
  'AUDIT_READ',
  'ADMIN',
] as const satisfies readonly Scope[];

export const ROLES = ['VIEWER', 'EDITOR', 'STEWARD', 'PRODUCER', 'AUDITOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** What each role may do, as the schema documents it. */
const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  VIEWER: ['CATALOG_READ'],
  EDITOR: ['CATALOG_READ', 'CATALOG_EDIT'],
  STEWARD: ['CATALOG_READ', 'CATALOG_EDIT', 'DECISION_READ'],
  PRODUCER: ['LINEAGE_WRITE', 'DECISION_WRITE'],
  AUDITOR: ['CATALOG_READ', 'DECISION_READ', 'PERSONAL_READ', 'AUDIT_READ'],
  ADMIN: SCOPES,
};

/** The scopes that somebody may give: nobody gives what they do not have themselves for the whole catalog. */
export function givableScopes(held: Viewer['scopes']): readonly Scope[] {
  const whole = new Set(held.filter(({ namespaces }) => namespaces === null).map(({ scope }) => scope));
  return SCOPES.filter((scope) => whole.has(scope));
}

/** The roles of which one may give every scope. */
export function givableRoles(scopes: readonly Scope[]): readonly Role[] {
  return ROLES.filter((role) => SCOPES_OF[role].every((scope) => scopes.includes(scope)));
}

/** What the viewer may give. */
export function useGivable(): readonly Scope[] {
  return givableScopes(useViewer()?.scopes ?? []);
}
