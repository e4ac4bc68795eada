import type { Scope } from '../../graphql/viewer.js';

/** The pages of operations in the order of their tabs, and the scopes of which a viewer needs one. */
export const PLACES = [
  { page: 'overview', path: '/operations', scopes: ['CATALOG_READ'] },
  { page: 'runs', path: '/operations/runs', scopes: ['CATALOG_READ'] },
  { page: 'events', path: '/operations/events', scopes: ['CATALOG_READ'] },
  { page: 'findings', path: '/operations/findings', scopes: ['CATALOG_READ'] },
  { page: 'refused', path: '/operations/refused', scopes: ['AUDIT_READ', 'ADMIN'] },
  { page: 'tokens', path: '/operations/tokens', scopes: ['ADMIN'] },
  { page: 'members', path: '/operations/members', scopes: ['ADMIN'] },
  { page: 'audit', path: '/operations/audit', scopes: ['AUDIT_READ', 'ADMIN'] },
] as const satisfies readonly { readonly page: string; readonly path: string; readonly scopes: readonly Scope[] }[];

export type PlaceName = (typeof PLACES)[number]['page'];

/** The page that the last part of the path names; the overview where there is none; null for a name that none has. */
export function placeOf(name: string | undefined): (typeof PLACES)[number] | null {
  if (name === undefined || name === '') return PLACES[0];
  return PLACES.find(({ page }) => page === name && page !== 'overview') ?? null;
}
