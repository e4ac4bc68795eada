/** Kinds of bitemporal facts about assets, runs and fields. */
export type FactKind = 'OWNER' | 'TAG' | 'DESCRIPTION' | 'DOMAIN';
