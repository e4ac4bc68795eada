import type {
  SettledSuggestion as DomainSettled,
  SuggestionRefusal,
} from '@headwater/application/governance/settle-suggestions';
import type { FactRow } from '@headwater/domain/catalog';
import type { HeldSuggestionRule } from '@headwater/domain/classification/suggestions/suggestion-rules';
import type { SuggestionRulesRow } from '@headwater/domain/governance/definition';
import type { Micros } from '@headwater/domain/time';
import { createUnionType, Field as Property, ID, Int, ObjectType } from '@nestjs/graphql';
import { AccessFault } from './access-results.js';
import { PageInfo, type Connection, type Edge } from './connection.js';
import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import { Tag, type Positions } from './facts.js';
import { DateTime } from './scalars.js';
import { Field } from './schema.js';

@ObjectType({ description: 'A tag that a rule suggests for a field.' })
export class SuggestedTag {
  @Property(() => Tag, { description: 'The tag.' })
  tag!: Tag;

  @Property({
    description:
      'The rule that suggests it: a built-in one by its name, or `custom: ` and the pattern of one of your own; `custom` where you may not see the whole catalog.',
  })
  rule!: string;

  @Property(() => Int, { description: 'How sure the rule is, 1 to 100.' })
  confidence!: number;
}

@ObjectType({ description: 'That somebody said that a tag is not to be suggested for a field.' })
export class SuggestionDismissal {
  @Property(() => String, { nullable: true, description: 'Who said so.' })
  enteredBy!: string | null;

  @Property(() => String, { nullable: true, description: 'Why, in their words.' })
  reason!: string | null;

  @Property(() => DateTime, { description: 'Since when.' })
  since!: Micros;

  @Property({ description: 'Where in the log the edit is that says so.' })
  position!: string;
}

@ObjectType({ description: 'A tag that a field may deserve.' })
export class TagSuggestion extends SuggestedTag {
  @Property(() => Field, { description: 'The field.' })
  field!: Field;
}

@ObjectType({ description: 'How many fields a tag is suggested for.' })
export class TagSuggestionCount {
  @Property(() => Tag, { description: 'The tag.' })
  tag!: Tag;

  @Property(() => Int, { description: 'How many; what comes along lineage is not looked at here, and counts.' })
  count!: number;
}

@ObjectType({ description: 'One TagSuggestion of a page.' })
export class TagSuggestionEdge implements Edge<TagSuggestion> {
  @Property({ description: 'Opaque position of this item: as `after` it continues behind it.' })
  cursor!: string;

  @Property(() => TagSuggestion, { description: 'The TagSuggestion.' })
  node!: TagSuggestion;
}

@ObjectType({
  description:
    'A page of TagSuggestions (Relay connections). It may be short of what was asked for, or empty, and not be the last: what came along lineage is left out of it.',
})
export class TagSuggestionConnection implements Connection<TagSuggestion, TagSuggestionEdge> {
  @Property(() => [TagSuggestionEdge], { description: 'The items with their cursors, in the order of the list.' })
  edges!: TagSuggestionEdge[];

  @Property(() => PageInfo, { description: 'Where this page stands in the list.' })
  pageInfo!: PageInfo;
}

@ObjectType({ description: 'What became of one suggestion.' })
export class SettledTagSuggestion {
  @Property(() => ID, { description: 'The field, as it was given.' })
  field!: string;

  @Property({ description: 'The tag.' })
  tag!: string;

  @Property(() => String, {
    nullable: true,
    description:
      'Why nothing was changed: NO_SUCH_FIELD, NO_SUCH_ASSET, NO_SUCH_SUGGESTION, MISSING_SCOPE, EDITED_MEANWHILE; others may come. Null where it was done.',
  })
  refusal!: SuggestionRefusal | null;

  @Property(() => String, {
    nullable: true,
    description: 'Of MISSING_SCOPE what you may not edit, and where you may, in words; null for others.',
  })
  message!: string | null;

  @Property(() => String, { nullable: true, description: 'Where in the log the edit is; null where there is none.' })
  position!: string | null;

  @Property({
    description: 'False where the catalog is behind: the edit is kept, and shows once the catalog has come so far.',
  })
  isReadable!: boolean;
}

@ObjectType({ description: 'What became of suggestions, each by itself.' })
export class SettledTagSuggestions {
  @Property(() => [SettledTagSuggestion], { description: 'In the order in which they were given.' })
  results!: SettledTagSuggestion[];

  @Property(() => Int, { description: 'How many were refused.' })
  refused!: number;
}

@ObjectType({ description: 'Why nothing of the request was done.' })
export class TagSuggestionsRefusal {
  @Property({ description: 'A stable upper-case code: INVALID_INPUT; others may come.' })
  reason!: string;

  @Property({ description: 'The same in words.' })
  message!: string;

  @Property(() => [AccessFault], { description: 'What is wrong with the input; empty where it is not the input.' })
  faults!: readonly AccessFault[];
}

export const SettleTagSuggestionsResult = createUnionType({
  name: 'SettleTagSuggestionsResult',
  description: 'What became of the suggestions, or why nothing was done at all.',
  types: () => [SettledTagSuggestions, TagSuggestionsRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? TagSuggestionsRefusal : SettledTagSuggestions),
});

@ObjectType({ description: 'A rule of your own that suggests a tag by the names of fields.' })
export class TagSuggestionRule {
  @Property({ description: 'A pattern that the name of the field fits: `*` any text, `?` one character, case aside.' })
  name!: string;

  @Property(() => String, { nullable: true, description: 'A pattern that its type fits; null: any type.' })
  type!: string | null;

  @Property(() => Tag, { nullable: true, description: 'What is suggested; null: nothing, whatever other rules say.' })
  tag!: Tag | null;

  @Property(() => DateTime, { description: 'Since when the rule is in the list as it is.' })
  since!: Micros;

  @Property({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Property({ description: 'Where in the log the edit is that states it.' })
  position!: string;
}

@ObjectType({ description: 'Your own rules that suggest tags, beside those that come with the catalog.' })
export class TagSuggestionRules {
  @Property(() => [TagSuggestionRule], { description: 'As they were set.' })
  rules!: TagSuggestionRule[];

  @Property({ description: 'The position of its latest edit: what an edit gives as `expectedVersion`.' })
  editVersion!: string;
}

export type EditedSuggestionRules = EditedDefinition<'rules', TagSuggestionRules>;
export type SuggestionRulesRefusal = DefinitionRefusal<TagSuggestionRules>;

export const SetTagSuggestionRulesResult = definitionResults(
  { name: 'TagSuggestionRules', result: 'SetTagSuggestionRulesResult', member: 'rules' },
  () => TagSuggestionRules,
  {
    result: 'The rules that were set, or why nothing was changed.',
    edited: 'Rules that suggest tags, as they were set.',
    refused: 'Why the rules that suggest tags were not set. Nothing was changed.',
    codes: 'INVALID_INPUT, MISSING_SCOPE, EDITED_MEANWHILE',
    member: 'As they are with the edit; null while that is not readable yet.',
    faults: 'What is wrong with the input, every rule of it; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the rules as they are now, with their `editVersion`.',
  },
);

export function toSettled(settled: readonly DomainSettled[], positions: Positions): SettledTagSuggestions {
  return {
    results: settled.map((one) => ({
      ...one,
      position: one.position === null ? null : positions.position(one.position),
    })),
    refused: settled.filter(({ refusal }) => refusal !== null).length,
  };
}

export function toDismissal({ producer, detail, validFrom, position }: FactRow, positions: Positions) {
  return {
    ...{ enteredBy: producer, reason: detail, since: validFrom },
    position: positions.position(position),
  } satisfies SuggestionDismissal;
}

export function toSuggestionRules(
  row: SuggestionRulesRow | undefined,
  toTag: (name: string) => Tag,
  positions: Positions,
): TagSuggestionRules {
  const toRule = ({ tag, position, ...rule }: HeldSuggestionRule): TagSuggestionRule => ({
    ...rule,
    tag: tag === null ? null : toTag(tag),
    position: positions.position(position),
  });
  return { rules: (row?.body.rules ?? []).map(toRule), editVersion: positions.position(row?.position ?? 0) };
}
