/** What an operation may ask for. Every operation of every transport declares the one that it needs. */
export const SCOPES = [
  'lineage:write',
  'catalog:read',
  'catalog:edit',
  'decision:write',
  'decision:read',
  'personal:read',
  'audit:read',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Scopes about the installation and not about what it holds: they are had for the whole catalog or not at all. */
export const WHOLE_SCOPES: ReadonlySet<Scope> = new Set<Scope>(['audit:read', 'admin']);

export const ROLES = ['producer', 'viewer', 'editor', 'steward', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** A role is a set of scopes and nothing else. */
export const SCOPES_OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  producer: ['lineage:write', 'decision:write'],
  viewer: ['catalog:read'],
  editor: ['catalog:read', 'catalog:edit'],
  steward: ['catalog:read', 'catalog:edit', 'decision:read'],
  auditor: ['catalog:read', 'decision:read', 'personal:read', 'audit:read'],
  admin: SCOPES,
};

/** Roles that may be bound by a domain: those that edit the catalog and else only read. */
export const DOMAIN_ROLES: readonly Role[] = ['editor', 'steward'];

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
