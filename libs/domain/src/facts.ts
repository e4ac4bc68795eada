/** What people may say of assets and fields, and producers of assets, runs and fields. */
export type StatedKind = 'OWNER' | 'TAG' | 'DESCRIPTION' | 'DOMAIN';

/** Kinds of bitemporal facts. NOT_OWNER: somebody took an owner away, so that no rule names it. */
export type FactKind = StatedKind | 'NOT_OWNER';
