import type { WantedEdit } from '@headwater/application/governance/edit-asset';
import { Field, ID, InputType } from '@nestjs/graphql';

/** What every edit may say beside its change. */
@InputType({ isAbstract: true })
export abstract class RequestInput {
  @Field(() => String, { nullable: true, description: 'Why, for whoever asks later: 1 to 200 characters.' })
  reason?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Names this request, in 1 to 200 characters, so that it can be sent again: the same edit of yours under the same key is made once, and something else under it is refused with KEY_USED.',
  })
  idempotencyKey?: string | null;
}

/** The same of an edit of something that is there. */
@InputType({ isAbstract: true })
export abstract class ExpectingInput extends RequestInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The `editVersion` that you looked at: the edit is refused where another came since. None: it is made in any case.',
  })
  expectedVersion?: string | null;
}

@InputType({ isAbstract: true })
export abstract class EditInput extends ExpectingInput {
  @Field(() => ID, { description: 'What is edited, by its id; of several names of one asset any.' })
  on!: string;
}

@InputType({ description: 'Who is to answer for what.' })
export class AssignOwnerInput extends EditInput {
  @Field(() => ID, {
    description: 'Who: `agent:<kind>:<name>`, such as `agent:team:claims`; it need not be known yet.',
  })
  agent!: string;

  @Field({ description: 'In which role: OWNER, TECHNICAL_OWNER, STEWARD or one of your own.', defaultValue: 'OWNER' })
  role!: string;
}

@InputType({ description: 'Who is to answer for what no more.' })
export class RemoveOwnerInput extends EditInput {
  @Field(() => ID, { description: 'Who, as `owners` names them.' })
  agent!: string;

  @Field(() => String, { nullable: true, description: 'In which role; none: in every role.' })
  role?: string | null;
}

@InputType({ description: 'That somebody answers for something, confirmed.' })
export class ConfirmOwnershipInput extends EditInput {
  @Field(() => ID, { description: 'Who, as `effectiveOwners` names them.' })
  agent!: string;

  @Field({ description: 'In which role.', defaultValue: 'OWNER' })
  role!: string;
}

@InputType({ description: 'That somebody does not answer for something, whatever says so.' })
export class DeclineOwnershipInput extends ConfirmOwnershipInput {
  @Field({ description: 'Why, in 1 to 200 characters: it is told wherever the asset needs another owner.' })
  why!: string;
}

@InputType({ description: 'A tag to put on a dataset, a job or a field.' })
export class TagAssetInput extends EditInput {
  @Field({ description: 'The tag as filters take it: `key`, or `key=value`.' })
  tag!: string;
}

@InputType({ description: 'A tag to take off.' })
export class UntagAssetInput extends EditInput {
  @Field({ description: 'The tag, as `tags` names it.' })
  tag!: string;
}

@InputType({ description: 'What a dataset, a job or a field is, in words.' })
export class DescribeAssetInput extends EditInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The description, in Markdown; null takes away what was entered, so that what producers say shows again.',
  })
  text?: string | null;
}

@InputType({ description: 'A dataset or a job that is to be there no more.' })
export class DeleteAssetInput extends EditInput {}

@InputType({ description: 'A deleted dataset or job that is to be there again.' })
export class RestoreAssetInput extends EditInput {}

/** What every edit has beside its change. */
export function wantedEdit(input: EditInput, change: WantedEdit['change']): WantedEdit {
  const { on, reason = null, expectedVersion = null, idempotencyKey = null } = input;
  return { on, change, reason, expectedVersion, idempotencyKey };
}
