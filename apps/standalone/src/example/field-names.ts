import { SUGGESTION_RULES_ID } from '@headwater/domain/classification/suggestions/suggestion-rules';
import { FIELD_CONCEPTS_ID } from '@headwater/domain/collection/field-concepts';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import type { EditHead } from '@headwater/domain/governance/edit-head';

type HeadOf = (id: string, reason: string) => EditHead;

/** What people would say about names of fields: which suggest the tag `personal`, or none, and which mean the same. */
export function fieldNameEdits(head: HeadOf, personal: string): readonly Uint8Array[] {
  return [suggestionRuleEdit(head, personal), conceptEdit(head)];
}

/** Only where there is no list yet: names that mean nothing to the rules that come with the catalog, and one that misleads them. */
function suggestionRuleEdit(head: HeadOf, personal: string): Uint8Array {
  return definitionEditBytes({
    ...head('suggestion-rules', 'a policy leads to who holds it, and a hash to nobody'),
    expected: 0,
    node: SUGGESTION_RULES_ID,
    action: 'REPLACE',
    suggestionRules: [
      { name: 'policy_number', type: null, tag: personal },
      { name: '*_hash', type: null, tag: null },
    ],
  });
}

/**
 * Only where there is no list yet: the free text of a claim has two names, and so has its number; two things are alike in
 * their names alone. What customers are called in the portal, and policies, is left to be looked at.
 */
function conceptEdit(head: HeadOf): Uint8Array {
  return definitionEditBytes({
    ...head(
      'field-concepts',
      'the notes were renamed; the portal counts claims by the same number; a day is not a year',
    ),
    expected: 0,
    node: FIELD_CONCEPTS_ID,
    action: 'REPLACE',
    concepts: [
      { name: 'Notes about a claim', names: ['notes', 'adjuster_notes'], isOne: true },
      { name: 'Number of a claim', names: ['claim_id', 'claim_no'], isOne: true },
      { name: 'A date is more exact than a year', names: ['birth_date', 'birth_year'], isOne: false },
    ],
  });
}
