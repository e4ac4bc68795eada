import type { Type } from '@nestjs/common';
import { createUnionType, Field, ID, ObjectType } from '@nestjs/graphql';
import { AccessFault, FaultParameter } from './access-results.js';

/** An edit of a definition that was made; `member` is what it is of, as it is with the edit. */
export type EditedDefinition<Member extends string, Of> = {
  readonly position: string;
  readonly isReadable: boolean;
} & { readonly [M in Member]: Of | null };

/** Why it was not made. */
export interface DefinitionRefusal<Of> {
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly AccessFault[];
  readonly current: Of | null;
}

interface Words {
  /** Of the result, of `Edited<name>` and of `<name>Refusal`. */
  readonly result: string;
  readonly edited: string;
  readonly refused: string;
  readonly codes: string;
  readonly member: string;
  readonly faults: string;
  readonly current: string;
  /** Of the id beside the member, where there is one. */
  readonly id?: string;
}

/** The union `<result>` of `Edited<name>` and `<name>Refusal`, for the mutations of one kind of definition. */
export function definitionResults(
  { name, result, member }: { readonly name: string; readonly result: string; readonly member: string },
  type: () => Type,
  words: Words,
) {
  @ObjectType(`Edited${name}`, { description: words.edited })
  class Edited {
    @Field({ description: 'Where the edit is in the log: `headwater-position` for whoever reads elsewhere.' })
    position!: string;

    @Field({
      description: 'False where the catalog is behind: the edit is kept, and shows once the catalog has come so far.',
    })
    isReadable!: boolean;
  }
  Field(type, { nullable: true, description: words.member })(Edited.prototype, member);
  if (words.id !== undefined) Field(() => ID, { description: words.id })(Edited.prototype, 'id');

  @ObjectType(`${name}Refusal`, { description: words.refused })
  class Refusal {
    @Field({ description: `A stable upper-case code: ${words.codes}; others may come.` })
    reason!: string;

    @Field({ description: 'The same in words.' })
    message!: string;

    @Field(() => [FaultParameter], {
      nullable: true,
      description:
        'What `message` speaks of, to word it in another language by `reason`: of EDITED_MEANWHILE `by`, who edited it, where that is known.',
    })
    parameters?: readonly FaultParameter[] | null;

    @Field(() => [AccessFault], { description: words.faults })
    faults!: readonly AccessFault[];
  }
  Field(type, { nullable: true, description: words.current })(Refusal.prototype, 'current');

  return createUnionType({
    name: result,
    description: words.result,
    types: () => [Edited, Refusal] as const,
    resolveType: (value: object) => ('reason' in value ? Refusal : Edited),
  });
}
