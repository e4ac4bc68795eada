import type { HeldFieldConcept } from '@headwater/domain/collection/field-concepts';
import type { FieldConceptsRow } from '@headwater/domain/governance/definition';
import type { SynonymEvidence } from '@headwater/domain/reading/suggestion-reader';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo, type Connection, type Edge } from './connection.js';
import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import { SynonymEvidenceEnum } from './discovery-enums.js';
import type { Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'Names of fields that people looked at together.' })
export class FieldConcept {
  @Field({ description: 'What it is called.' })
  name!: string;

  @Field(() => [String], { description: 'The names, each standing for every way to spell it: case, `_`, `-` aside.' })
  names!: readonly string[];

  @Field({ description: 'Whether they mean the same; false: somebody said that they do not.' })
  isOne!: boolean;

  @Field(() => DateTime, { description: 'Since when it is in the list as it is.' })
  since!: Micros;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field({ description: 'Where in the log the edit is that states it.' })
  position!: string;
}

@ObjectType({ description: 'Which names of fields mean the same: search and keys of collection plans go by it.' })
export class FieldConcepts {
  @Field(() => [FieldConcept], { description: 'As they were set.' })
  concepts!: FieldConcept[];

  @Field({ description: 'The position of its latest edit: what an edit gives as `expectedVersion`.' })
  editVersion!: string;
}

@ObjectType({ description: 'One name of fields that may mean the same as others.' })
export class SynonymName {
  @Field({ description: 'One way to spell it.' })
  name!: string;

  @Field(() => Int, { description: 'How many fields are called so, of those that you may see.' })
  fields!: number;

  @Field(() => ID, { description: 'NodeId of one of them.' })
  example!: string;
}

@ObjectType({ description: 'Names of fields that may mean the same.' })
export class SynonymSuggestion {
  @Field(() => [SynonymName], { description: 'The most frequent first.' })
  names!: SynonymName[];

  @Field(() => [SynonymEvidenceEnum], { description: 'What speaks for it.' })
  evidence!: readonly SynonymEvidence[];
}

@ObjectType({ description: 'One SynonymSuggestion of a page.' })
export class SynonymSuggestionEdge implements Edge<SynonymSuggestion> {
  @Field({ description: 'Opaque position of this item: as `after` it continues behind it.' })
  cursor!: string;

  @Field(() => SynonymSuggestion, { description: 'The SynonymSuggestion.' })
  node!: SynonymSuggestion;
}

@ObjectType({
  description:
    'A page of SynonymSuggestions (Relay connections). It may be short of what was asked for and not be the last: what was looked at already is left out of it.',
})
export class SynonymSuggestionConnection implements Connection<SynonymSuggestion, SynonymSuggestionEdge> {
  @Field(() => [SynonymSuggestionEdge], { description: 'The items with their cursors, in the order of the list.' })
  edges!: SynonymSuggestionEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  pageInfo!: PageInfo;
}

export type EditedFieldConcepts = EditedDefinition<'concepts', FieldConcepts>;
export type FieldConceptsRefusal = DefinitionRefusal<FieldConcepts>;

export const SetFieldConceptsResult = definitionResults(
  { name: 'FieldConcepts', result: 'SetFieldConceptsResult', member: 'concepts' },
  () => FieldConcepts,
  {
    result: 'The concepts that were set, or why nothing was changed.',
    edited: 'Concepts of fields that were set.',
    refused: 'Why the concepts of fields were not set. Nothing was changed.',
    codes: 'INVALID_INPUT, MISSING_SCOPE, EDITED_MEANWHILE, KEY_USED',
    member: 'As they are with the edit; null while that is not readable yet.',
    faults: 'What is wrong with the input, every concept of it; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the concepts as they are now, with their `editVersion`.',
  },
);

export function toFieldConcepts(row: FieldConceptsRow | undefined, positions: Positions): FieldConcepts {
  const toConcept = (concept: HeldFieldConcept): FieldConcept => ({
    ...concept,
    position: positions.position(concept.position),
  });
  return { concepts: (row?.body.rules ?? []).map(toConcept), editVersion: positions.position(row?.position ?? 0) };
}
