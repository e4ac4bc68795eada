import type { WantedSuggestion } from '@headwater/application/governance/settle-suggestions';
import type { SuggestionRule } from '@headwater/domain/classification/suggestions/suggestion-rules';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import type { SuggestionFilter } from '@headwater/domain/reading/suggestion-reader';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { ExpectingInput, RequestInput } from './edit-args.js';
import { idOf } from './ids.js';
import { PageOf20 } from './page-args.js';

@InputType({ description: 'Which suggestions. Every given member must hold; within one list any does.' })
export class TagSuggestionFilter {
  @Field(() => [String], { nullable: true, description: 'Of these tags: `key=value`, or `key` for any value.' })
  tags?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'In these namespaces, exactly as they are written.' })
  namespaces?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'For fields of these datasets.' })
  datasets?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'At least so sure: 1 to 100.' })
  minConfidence?: number | null;

  @Field({ description: 'True: those that somebody dismissed; else those that nobody did.', defaultValue: false })
  isDismissed!: boolean;
}

@ArgsType()
export class TagSuggestionArgs extends PageOf20 {
  @Field(() => TagSuggestionFilter, { nullable: true, description: 'Which suggestions; none: all that are open.' })
  filter?: TagSuggestionFilter | null;
}

@ArgsType()
export class TagSuggestionCountArgs {
  @Field(() => TagSuggestionFilter, { nullable: true, description: 'Which suggestions; none: all that are open.' })
  filter?: TagSuggestionFilter | null;
}

@InputType({ description: 'One suggestion.' })
export class TagSuggestionInput {
  @Field(() => ID, { description: 'The field, by its id.' })
  field!: string;

  @Field({ description: 'The tag that is suggested for it.' })
  tag!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The `editVersion` of its dataset that you looked at: it is refused where another edit came since. None: it is done in any case.',
  })
  expectedVersion?: string | null;
}

@InputType({ description: 'Suggestions to settle.' })
export class SettleTagSuggestionsInput extends RequestInput {
  @Field(() => [TagSuggestionInput], { description: 'Which: 1 to 100. Those of one dataset become one edit.' })
  suggestions!: TagSuggestionInput[];
}

@InputType({ description: 'A rule of your own that suggests a tag by the names of fields.' })
export class TagSuggestionRuleInput {
  @Field({ description: 'A pattern that the name of the field fits: `*` any text, `?` one character, case aside.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A pattern that its type fits, case and lengths aside: `varchar` fits `VARCHAR(20)`. None: any type.',
  })
  type?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What is suggested: `key` or `key=value`. Null: nothing, whatever other rules say.',
  })
  tag?: string | null;
}

@InputType({
  description: 'Your own rules that suggest tags, all of them: the list takes the place of the one before.',
})
export class SetTagSuggestionRulesInput extends ExpectingInput {
  @Field(() => [TagSuggestionRuleInput], { description: 'At most 200.' })
  rules!: TagSuggestionRuleInput[];
}

const MOST_OF_LIST = 100;

/** INVALID_INPUT for a confidence beyond 1 to 100, or too many values in a list. */
export function toSuggestionFilter(filter: TagSuggestionFilter | null | undefined): SuggestionFilter {
  const { tags, namespaces, datasets, minConfidence, isDismissed = false } = filter ?? {};
  const lists = { tags, namespaces, datasets };
  const tooMany = coded('TOO_MANY', `must have at most ${String(MOST_OF_LIST)} values`, { most: MOST_OF_LIST });
  const faults = Object.entries(lists).flatMap(([name, list]) =>
    (list?.length ?? 0) > MOST_OF_LIST ? [{ pointer: `/filter/${name}`, ...tooMany }] : [],
  );
  if (minConfidence !== null && minConfidence !== undefined && (minConfidence < 1 || minConfidence > 100))
    faults.push({
      pointer: '/filter/minConfidence',
      ...coded('COUNT_BETWEEN', 'must be from 1 to 100', { least: 1, most: 100 }),
    });
  if (faults.length > 0) throw new HeadwaterError('INVALID_INPUT', 'The filter cannot be taken as it is', { faults });
  return {
    ...(tags ? { tags } : {}),
    ...(namespaces ? { namespaces } : {}),
    ...(datasets ? { datasets: datasets.map(idOf) } : {}),
    ...(minConfidence ? { minConfidence } : {}),
    isDismissed,
  };
}

export function wantedSuggestions({ suggestions }: SettleTagSuggestionsInput): readonly WantedSuggestion[] {
  return suggestions.map(({ field, tag, expectedVersion = null }) => ({ field, tag: tag.trim(), expectedVersion }));
}

export function wantedSuggestionRules({ rules }: SetTagSuggestionRulesInput): readonly SuggestionRule[] {
  return rules.map(({ name, type = null, tag = null }) => ({ name, type, tag }));
}
