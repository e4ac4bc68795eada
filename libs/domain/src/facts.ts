/**
 * What people may say of assets and fields, and producers of assets, runs and fields. DELETION, which only people say of
 * assets: it is there no more, with the reason as detail.
 */
export type StatedKind = 'OWNER' | 'TAG' | 'DESCRIPTION' | 'DOMAIN' | 'TERM' | 'PRODUCT' | 'DELETION';

/** Kinds of bitemporal facts. NOT_OWNER, NOT_TAG: somebody took it away, so that no rule names it and no lineage brings it. */
export type FactKind = StatedKind | 'NOT_OWNER' | 'NOT_TAG';

/** Kinds of facts whose value is the id of a definition, which must be there. */
export function namesDefinition(kind: FactKind): kind is 'DOMAIN' | 'TERM' | 'PRODUCT' {
  return kind === 'DOMAIN' || kind === 'TERM' || kind === 'PRODUCT';
}
