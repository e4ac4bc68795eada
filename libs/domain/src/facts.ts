/**
 * What people may say of assets and fields, and producers of assets, runs and fields. NOT_SUGGESTED, of a field: a tag that is not
 * to be suggested for it again; unlike NOT_TAG it says nothing of what comes along lineage.
 * PROPERTY: the values of a custom property.
 * DELETION, which only people say of assets: it is there no more, with the reason as detail. LOGICAL: the logical dataset
 * that a dataset is a member of. ACCEPTED_FINDING, of a dataset: that a finding of the architecture about a job that reads it may
 * stand, with the reason as detail.
 */
export type StatedKind =
  | 'OWNER'
  | 'TAG'
  | 'DESCRIPTION'
  | 'DOMAIN'
  | 'TERM'
  | 'PRODUCT'
  | 'LOGICAL'
  | 'PROPERTY'
  | 'NOT_SUGGESTED'
  | 'DELETION'
  | 'ACCEPTED_FINDING'
  | OwnerAnswer;

/** What an owner, or somebody in its place, says of answering for an asset in a role: that it does, or that it does not. */
export type OwnerAnswer = 'CONFIRMED' | 'DECLINED';

/**
 * Kinds of bitemporal facts. NOT_OWNER, NOT_TAG, NOT_LOGICAL: somebody took it away, so that no rule names it and no lineage
 * brings it.
 */
export type FactKind = StatedKind | 'NOT_OWNER' | 'NOT_TAG' | 'NOT_LOGICAL';

/** Kinds of facts whose value is the id of a definition, which must be there. */
export function namesDefinition(kind: FactKind): kind is 'DOMAIN' | 'TERM' | 'PRODUCT' | 'LOGICAL' | 'PROPERTY' {
  return kind === 'DOMAIN' || kind === 'TERM' || kind === 'PRODUCT' || kind === 'LOGICAL' || kind === 'PROPERTY';
}
