import type { NamespaceRule } from '../access/namespace-rule.js';
import type { SuggestedTag } from '../classification/suggestions/suggest-tags.js';
import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';

/** Which suggestions; every given member must hold. */
export interface SuggestionFilter {
  /** `key=value`, or a key for each of its values. */
  readonly tags?: readonly string[];
  readonly namespaces?: readonly string[];
  /** Fields of these datasets, by any of their names. */
  readonly datasets?: readonly NodeId[];
  /** 1 to 100. */
  readonly minConfidence?: number;
  /** True: those that somebody dismissed; else those that nobody did. */
  readonly isDismissed: boolean;
}

export interface FieldSuggestion extends SuggestedTag {
  /** Under its canonical dataset. */
  readonly field: NodeId;
}

/**
 * SAME_WORDS: short forms written out, in any order. INITIALS: one is the initials and the last word of the other, both
 * are used in one namespace with types of one family and never in one dataset, and of the fields there that it could be
 * short for four in five are called so. COMPATIBLE_TYPE: fields of each name have types of one family.
 */
export type SynonymEvidence = 'SAME_WORDS' | 'INITIALS' | 'COMPATIBLE_TYPE';

/** Names of fields that may mean the same, the most frequent first. */
export interface SynonymCandidate {
  readonly names: readonly { readonly name: string; readonly fields: number; readonly example: NodeId }[];
  readonly evidence: readonly SynonymEvidence[];
}

/**
 * Tags that rules suggest for fields that are there now. What was put on a field, or was said not to be there, is not
 * suggested for it; of what comes along lineage these do not know.
 */
export interface SuggestionReader {
  /** The surest first, then by dataset and field. */
  tagSuggestions(filter: SuggestionFilter, page: PageRequest, within?: NamespaceRule): Promise<Page<FieldSuggestion>>;
  /** How many there are of each tag, the most frequent first. */
  tagSuggestionCounts(
    filter: SuggestionFilter,
    within?: NamespaceRule,
  ): Promise<readonly { readonly tag: string; readonly count: number }[]>;
  /**
   * Names that differ by more than spelling and have the same words, at most 50 of each, and pairs of a name and its
   * initials; those of most fields first.
   */
  synonymCandidates(page: PageRequest, within?: NamespaceRule): Promise<Page<SynonymCandidate>>;
  /** All that rules suggest for each field, the surest first, also what it has and what was dismissed. */
  suggestedTags(fields: readonly NodeId[]): Promise<ReadonlyMap<NodeId, readonly SuggestedTag[]>>;
}
