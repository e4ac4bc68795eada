import type { NeedKind } from '@headwater/application/saved/read-needs';
import type { RecentChangeKind } from '@headwater/domain/reading/recent-change-reader';
import type { SavedSearchScope } from '@headwater/domain/saved/saved-search';
import type { CollectionGoal } from '@headwater/domain/collection/choose-places';
import type { JoinReason } from '@headwater/domain/collection/join-keys';
import type { SynonymEvidence } from '@headwater/domain/reading/suggestion-reader';
import type { Highlight, SearchFacet, SearchOrder } from '@headwater/domain/search';
import { enumOf } from './enum-of.js';

export const CollectionGoalEnum = enumOf<CollectionGoal>('CollectionGoal', 'What a way to collect fields is best at.', {
  FEWEST_COMPONENTS: 'It touches the fewest components.',
  FEWEST_DATASETS: 'It reads the fewest datasets.',
  FRESHEST:
    'Of as few of its datasets as can be it is not known how fresh they are, and the oldest of the others is as fresh as can be.',
  NEAREST_SOURCES: 'It reads as near the sources as can be.',
});

export const JoinReasonEnum = enumOf<JoinReason>('JoinReason', 'What speaks for joining on two fields.', {
  SHARED_SOURCE: 'Their values come from one field, unchanged.',
  JOINED_BEFORE: 'A job joins on both.',
  SAME_NAME: 'They have one name, however it is written.',
  SYNONYM: 'Their names mean the same, as `fieldConcepts` has it.',
  NAMED_AS_KEY: 'Both are called as keys are, such as `claim_id`; of SYNONYM one of them.',
  COMPATIBLE_TYPE: 'Their types hold the same kind of values.',
});

export const SynonymEvidenceEnum = enumOf<SynonymEvidence>(
  'SynonymEvidence',
  'What speaks for names that mean the same.',
  {
    SAME_WORDS: 'They have the same words, short forms written out and in any order.',
    INITIALS: 'One is the initials and the last word of the other, as of hardly any other name where both are used.',
    COMPATIBLE_TYPE: 'Fields that are called so have types of one kind.',
  },
);

export const SearchOrderEnum = enumOf<SearchOrder>('SearchOrder', 'How hits are ordered.', {
  RELEVANCE: 'Best match first.',
  POPULARITY: 'Most consumers first; among equals what was looked at most.',
  UPDATED_AT: 'Latest change first.',
  NAME: 'By name.',
});

export const HighlightFieldEnum = enumOf<Highlight['field']>('HighlightField', 'Which text of an asset matched.', {
  NAME: 'Its name or namespace.',
  FIELD: 'The name of one of its fields.',
  DESCRIPTION: 'Its description.',
  TAG: 'One of its tags.',
  PROPERTY: 'One of its values of a property, behind the name of the property.',
});

export const SearchFacetNameEnum = enumOf<SearchFacet['name']>('SearchFacetName', 'What hits are counted by.', {
  KIND: 'Dataset or job.',
  NAMESPACE: 'The namespace.',
  TAG: 'A tag.',
  OWNER: 'The id of an owner.',
  DOMAIN: 'The id of the domain.',
  TERM: 'The id of a term; it counts what has a narrower term, too.',
  PROPERTY: 'A value of one property, an ENUM or a BOOLEAN: each has a facet of its own.',
});

export const SavedSearchScopeEnum = enumOf<SavedSearchScope>('SavedSearchScope', 'Whose saved searches.', {
  ALL: 'One’s own, and those that others share.',
  OWN: 'One’s own.',
  FOLLOWED: 'Those that one follows.',
});

export const RecentChangeKindEnum = enumOf<RecentChangeKind>('RecentChangeKind', 'What changed.', {
  EDIT: 'Somebody edited the asset or one of its fields.',
  SCHEMA: 'A producer stated another schema.',
});

export const NeedKindEnum = enumOf<NeedKind>('NeedKind', 'What something needs.', {
  CONFIRM_OWNERSHIP: 'It is said that the caller answers for it: to be confirmed or declined.',
  SUGGESTED_TAGS: 'Rules suggest tags for its fields: to be confirmed or dismissed.',
  UNOWNED_IN_DOMAIN: 'It is in a domain of the caller, and nobody answers for it.',
  FINDINGS: 'Events about it had something odd within the last 30 days.',
  UNDOCUMENTED: 'Nobody says what it is.',
});
