/** Kinds of bitemporal facts about assets and fields. */
export type FactKind = 'OWNER' | 'TAG' | 'DESCRIPTION';
