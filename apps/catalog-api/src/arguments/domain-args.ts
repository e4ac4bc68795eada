import type { EditRequest } from '@headwater/application/governance/record-edit';
import type { DomainLayer } from '@headwater/domain/governance/definition';
import { Field, ID, InputType } from '@nestjs/graphql';
import { DomainLayerEnum } from '../types/governance-enums.js';
import { RuleOwnerInput } from './ownership-rule-args.js';
import { EditInput, ExpectingInput, RequestInput } from './edit-args.js';

const PARENT = 'The domain that it is part of; null: none.';
const LAYER = 'The layer that it is on; null: that of the domain it is part of.';
const EXTERNAL = 'Whether what is in it stands outside the organization, with a partner or a regulator say.';
const OWNERS = 'Who answers for it, and for what is in it where nothing nearer says who does; at most 50.';

@InputType({ description: 'A domain to be.' })
export class CreateDomainInput extends RequestInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Tells it from others for good: 1 to 100 letters, digits, dots, dashes and underscores. None: it is made of the name.',
  })
  key?: string | null;

  @Field({ description: 'What people call it, in 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is about, in Markdown.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: PARENT })
  parent?: string | null;

  @Field(() => DomainLayerEnum, { nullable: true, description: LAYER })
  layer?: DomainLayer | null;

  @Field(() => Boolean, { description: EXTERNAL, defaultValue: false })
  isExternal!: boolean;

  @Field(() => [RuleOwnerInput], { description: OWNERS, defaultValue: [] })
  owners!: RuleOwnerInput[];
}

@InputType({ isAbstract: true })
abstract class DomainInput extends ExpectingInput {
  @Field(() => ID, { description: 'The domain, by its id.' })
  domain!: string;
}

@InputType({ description: 'What becomes other about a domain; what is absent stays as it is.' })
export class ChangeDomainInput extends DomainInput {
  @Field(() => String, { nullable: true, description: 'What people call it, in 1 to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about, in Markdown; null takes it away.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: PARENT })
  parent?: string | null;

  @Field(() => DomainLayerEnum, { nullable: true, description: LAYER })
  layer?: DomainLayer | null;

  @Field(() => Boolean, { nullable: true, description: EXTERNAL })
  isExternal?: boolean | null;

  @Field(() => [RuleOwnerInput], { nullable: true, description: `${OWNERS} They take the place of those before.` })
  owners?: RuleOwnerInput[] | null;
}

@InputType({ description: 'A domain to be no more.' })
export class RemoveDomainInput extends DomainInput {}

@InputType({ description: 'Which domain something is in.' })
export class AssignDomainInput extends EditInput {
  @Field(() => ID, { nullable: true, description: 'The domain; null: in none.' })
  domain?: string | null;
}

export function editRequest(input: RequestInput & { readonly expectedVersion?: string | null }): EditRequest {
  const { reason = null, idempotencyKey = null, expectedVersion = null } = input;
  return { reason, idempotencyKey, expectedVersion };
}
