import type { Role, Scope } from '@headwater/domain/access/scopes';

/**
 * PUBLIC: everybody; OWN_PAGE: forms of this server's own pages, so that every other request is refused, whoever sends it;
 * SIGNED_IN: whoever is known; else who has one of the scopes.
 */
export type Asked = 'PUBLIC' | 'OWN_PAGE' | 'SIGNED_IN' | readonly Scope[];

/** Whom each route lets in. A route without a row here fails the walk. */
export const ROUTES: Readonly<Record<string, Asked>> = {
  'GET /': 'SIGNED_IN',
  'GET /asset': 'SIGNED_IN',
  'GET /lineage': 'SIGNED_IN',
  'GET /operations': 'SIGNED_IN',
  'GET /operations/:page': 'SIGNED_IN',
  'GET /search': 'SIGNED_IN',
  'GET /start': 'SIGNED_IN',
  'GET /tag': 'SIGNED_IN',
  'GET /ui/*': 'PUBLIC',
  'GET /auth/link': 'PUBLIC',
  'GET /auth/oidc': 'PUBLIC',
  'GET /auth/oidc/callback': 'PUBLIC',
  'GET /auth/sign-in': 'PUBLIC',
  'POST /auth/sign-in': 'OWN_PAGE',
  'POST /auth/sign-out': 'OWN_PAGE',
  'GET /graphql': 'SIGNED_IN',
  'POST /graphql': 'SIGNED_IN',
  'GET /graphql/ide/*': 'PUBLIC',
  'GET /health/live': 'PUBLIC',
  'GET /health/ready': 'PUBLIC',
  'GET /metrics': ['catalog:read'],
  'GET /openapi.json': 'PUBLIC',
  'POST /api/v1/lineage': ['lineage:write'],
  'POST /api/v1/lineage/batch': ['lineage:write'],
};

/** Whom each root field answers. A field without a row here fails the walk. */
export const FIELDS: Readonly<Record<string, Asked>> = {
  'Query.accessEvents': ['audit:read', 'admin'],
  'Query.dataset': ['catalog:read'],
  'Query.domains': ['catalog:read'],
  'Query.effectiveOwners': ['catalog:read'],
  'Query.ownershipRules': ['catalog:read'],
  'Query.events': ['catalog:read'],
  'Query.findings': ['catalog:read'],
  'Query.howFarDoes': ['catalog:read'],
  'Query.impact': ['catalog:read'],
  'Query.job': ['catalog:read'],
  'Query.lineage': ['catalog:read'],
  'Query.lineageDiff': ['catalog:read'],
  'Query.namespaces': ['catalog:read'],
  'Query.node': ['catalog:read'],
  'Query.nodes': ['catalog:read'],
  'Query.paths': ['catalog:read'],
  'Query.producers': ['catalog:read'],
  'Query.refusedEvents': ['audit:read', 'admin'],
  'Query.roleBindings': ['admin'],
  'Query.run': ['catalog:read'],
  'Query.runs': ['catalog:read'],
  'Query.search': ['catalog:read'],
  'Query.status': ['catalog:read'],
  'Query.suggest': ['catalog:read'],
  'Query.tokens': ['admin'],
  'Query.viewer': 'SIGNED_IN',
  'Query.whereIs': ['catalog:read'],
  'Mutation.assignDomain': ['catalog:edit'],
  'Mutation.assignOwner': ['catalog:edit'],
  'Mutation.changeDomain': ['catalog:edit'],
  'Mutation.createDomain': ['catalog:edit'],
  'Mutation.createToken': ['admin'],
  'Mutation.describeAsset': ['catalog:edit'],
  'Mutation.grantRole': ['admin'],
  'Mutation.loadExample': ['lineage:write'],
  'Mutation.removeDomain': ['catalog:edit'],
  'Mutation.removeOwner': ['catalog:edit'],
  'Mutation.revokeToken': ['admin'],
  'Mutation.rotateToken': ['admin'],
  'Mutation.setOwnershipRules': ['catalog:edit'],
  'Mutation.signOutEverywhere': 'SIGNED_IN',
  'Mutation.tagAsset': ['catalog:edit'],
  'Mutation.untagAsset': ['catalog:edit'],
  'Mutation.withdrawRole': ['admin'],
  'Subscription.assetChanged': ['catalog:read'],
  'Subscription.lineageChanged': ['catalog:read'],
};

/** What each role may do: written out, so that a change of the roles is seen here. */
export const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  producer: ['lineage:write', 'decision:write'],
  viewer: ['catalog:read'],
  editor: ['catalog:read', 'catalog:edit'],
  steward: ['catalog:read', 'catalog:edit', 'decision:read'],
  auditor: ['catalog:read', 'decision:read', 'personal:read', 'audit:read'],
  admin: [
    'lineage:write',
    'catalog:read',
    'catalog:edit',
    'decision:write',
    'decision:read',
    'personal:read',
    'audit:read',
    'admin',
  ],
};
