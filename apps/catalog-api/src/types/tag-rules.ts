import type { HeldTagRule } from '@headwater/domain/classification/tag-rules';
import type { TagRulesRow } from '@headwater/domain/governance/definition';
import type { Micros } from '@headwater/domain/time';
import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { AccessFault } from './access-results.js';
import type { Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'How a tag goes along lineage.' })
export class TagRule {
  @Field({
    description: 'The tag: `key=value`, a key for each of its values, or `*` for every tag that no other rule names.',
  })
  tag!: string;

  @Field({ description: 'False: it stays where it is put.' })
  isCarried!: boolean;

  @Field({ description: 'Whether it goes along where values only decide about others: filters, joins, sorting.' })
  throughIndirect!: boolean;

  @Field(() => [String], {
    description: 'Subtypes of transformations that end it even if they do not say that they mask.',
  })
  stopSubtypes!: readonly string[];

  @Field(() => DateTime, { description: 'Since when the rule is in the list as it is.' })
  since!: Micros;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field({ description: 'Where in the log the edit is that states it.' })
  position!: string;
}

@ObjectType({
  description: 'The rules how tags go along lineage. Without one a tag goes along all DIRECT, unmasked ways.',
})
export class TagRules {
  @Field(() => [TagRule], {
    description: 'As they were set; of several that fit a tag the one that names most of it decides.',
  })
  rules!: TagRule[];

  @Field({ description: 'The position of its latest edit: what an edit gives as `expectedVersion`.' })
  editVersion!: string;
}

export function toTagRules(row: TagRulesRow | undefined, positions: Positions): TagRules {
  const toRule = (rule: HeldTagRule): TagRule => ({ ...rule, position: positions.position(rule.position) });
  return { rules: (row?.body.rules ?? []).map(toRule), editVersion: positions.position(row?.position ?? 0) };
}

@ObjectType({ description: 'Rules for tags that were set.' })
export class EditedTagRules {
  @Field(() => TagRules, {
    nullable: true,
    description: 'As they are with the edit; null while that is not readable yet.',
  })
  rules!: TagRules | null;

  @Field({ description: 'Where the edit is in the log: `headwater-position` for whoever reads elsewhere.' })
  position!: string;

  @Field({
    description: 'False where the catalog is behind: the edit is kept, and shows once the catalog has come so far.',
  })
  isReadable!: boolean;
}

@ObjectType({ description: 'Why the rules for tags were not set. Nothing was changed.' })
export class TagRulesRefusal {
  @Field({ description: 'A stable upper-case code: INVALID_INPUT, MISSING_SCOPE, EDITED_MEANWHILE; others may come.' })
  reason!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => [AccessFault], {
    description: 'What is wrong with the input, every rule of it; empty where it is not the input.',
  })
  faults!: readonly AccessFault[];

  @Field(() => TagRules, {
    nullable: true,
    description: 'Of EDITED_MEANWHILE: the rules as they are now, with their `editVersion`.',
  })
  current!: TagRules | null;
}

export const SetTagRulesResult = createUnionType({
  name: 'SetTagRulesResult',
  description: 'The rules that were set, or why nothing was changed.',
  types: () => [EditedTagRules, TagRulesRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? TagRulesRefusal : EditedTagRules),
});
