import type { AccessEventType } from '@headwater/domain/access/access-event';
import type { AccessEventFilter as DomainFilter } from '@headwater/domain/access/access-store';
import type { Role, Scope } from '@headwater/domain/access/scopes';
import type { Micros } from '@headwater/domain/time';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { AccessEventTypeEnum, RoleEnum, ScopeEnum } from '../types/access-enums.js';
import { DateTime } from '../types/scalars.js';
import { PageOf20 } from './page-args.js';
import { boundsOf, Period } from './time-args.js';

@InputType({ description: 'Every given member must hold.' })
export class AccessEventFilter {
  @Field(() => [AccessEventTypeEnum], { nullable: true, description: 'Lines of these types; an empty list: of all.' })
  types?: AccessEventType[] | null;

  @Field(() => ID, { nullable: true, description: 'What this caller did, as `viewer.id`.' })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: 'What came from this address.' })
  address?: string | null;

  @Field(() => Period, { nullable: true, description: 'What happened in this period.' })
  period?: Period | null;
}

@ArgsType()
export class AccessEventListArgs extends PageOf20 {
  @Field(() => AccessEventFilter, { nullable: true, description: 'Which lines; none: all.' })
  filter?: AccessEventFilter | null;
}

@InputType({ isAbstract: true })
abstract class OnceInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'Names this request, in 1 to 200 characters, so that it can be sent again: for a week the same one changes nothing more and is answered as the first.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A token to make.' })
export class CreateTokenInput extends OnceInput {
  @Field({ description: 'What it is for: 1 to 200 characters.' })
  name!: string;

  @Field({ description: 'Who answers for it: 1 to 200 characters.' })
  owner!: string;

  @Field(() => [ScopeEnum], { description: 'What it may do: at least one scope, and none that you lack yourself.' })
  scopes!: Scope[];

  @Field(() => [String], {
    nullable: true,
    description:
      'Globs of the namespaces that it may write: `*` is any text, `?` one character, `!` takes away. None: all.',
  })
  writes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Globs of the namespaces that it sees. None: all.' })
  reads?: string[] | null;

  @Field(() => DateTime, { nullable: true, description: 'When it stops being good. None: never.' })
  expiresAt?: Micros | null;
}

@InputType({ description: 'A token to replace by a new one.' })
export class RotateTokenInput extends OnceInput {
  @Field(() => ID, { description: 'The id of the token.' })
  id!: string;

  @Field(() => Int, {
    defaultValue: 60,
    description: 'For how many minutes the old token stays good: 0 to 43200, which are 30 days.',
  })
  overlapMinutes!: number;
}

@InputType({ description: 'A token to end.' })
export class RevokeTokenInput extends OnceInput {
  @Field(() => ID, { description: 'The id of the token.' })
  id!: string;
}

@InputType({ description: 'A role to bind.' })
export class GrantRoleInput extends OnceInput {
  @Field({ description: '`user:<issuer>#<subject>`, `email:<address>`, `group:<name>` or `token:<id>`.' })
  subject!: string;

  @Field(() => RoleEnum, { description: 'The role; none with scopes that you lack yourself.' })
  role!: Role;

  @Field(() => [String], {
    nullable: true,
    description:
      'Globs of the namespaces that it holds for; AUDIT_READ and ADMIN are not had in a part. None: everywhere.',
  })
  namespaces?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The domain in which alone it edits, with its parts, `domain:<key>`: for EDITOR and STEWARD. What it reads is said by `namespaces`. None: wherever the namespaces are.',
  })
  domain?: string | null;
}

@InputType({ description: 'A role binding to take away.' })
export class WithdrawRoleInput extends OnceInput {
  @Field(() => ID, { description: 'The id of the binding.' })
  id!: string;
}

@InputType({ description: 'Whose sessions to end.' })
export class SignOutEverywhereInput {
  @Field(() => ID, { nullable: true, description: 'A user, as `viewer.id` names them: for admins. None: your own.' })
  user?: string | null;
}

/** INVALID_INPUT for a period that ends before it begins. */
export function toAccessEventFilter({ types, actor, address, period }: AccessEventFilter): DomainFilter {
  return {
    ...(types && types.length > 0 ? { types } : {}),
    ...(typeof actor === 'string' ? { actor } : {}),
    ...(typeof address === 'string' ? { address } : {}),
    ...boundsOf(period),
  };
}
