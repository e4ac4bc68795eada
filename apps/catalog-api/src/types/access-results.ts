import { HeadwaterError, type ErrorCategory } from '@headwater/domain/errors';
import type { CreatedToken as Created } from '@headwater/application/access/create-token';
import type { Micros } from '@headwater/domain/time';
import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import { RoleBinding, Token, toToken } from './access.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'One of the things that a fault speaks of.' })
export class FaultParameter {
  @Field({ description: 'What it is, such as `line` or `most`.' })
  name!: string;

  @Field({ description: 'It itself, as a text.' })
  value!: string;
}

@ObjectType({ description: 'What is wrong with one member of the input.' })
export class AccessFault {
  @Field({ description: 'Which member, as an RFC 6901 pointer into the input.' })
  pointer!: string;

  @Field({ description: 'What to do about it.' })
  detail!: string;

  @Field({ description: 'A stable upper-case code of what `detail` says, such as TEXT_LENGTH; others may come.' })
  code!: string;

  @Field(() => [FaultParameter], {
    description:
      'What `detail` speaks of, to word it in another language by its `code`; of a file `line`, `member` and `value` among them, where it is about one.',
  })
  parameters!: readonly FaultParameter[];
}

@ObjectType({ description: 'Why a change of access was not made. Nothing was changed.' })
export class AccessRefusal {
  @Field({
    description:
      'A stable upper-case code: INVALID_INPUT, OVERLAP, MISSING_SCOPE, NO_ROLE, NO_SUCH_TOKEN, NO_SUCH_BINDING, REPEATED, KEY_USED; others may come.',
  })
  reason!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Of REPEATED: the token that the same request made before, by its id.',
  })
  made!: string | null;

  @Field(() => [AccessFault], { description: 'What is wrong with the input; empty where it is not the input.' })
  faults!: readonly AccessFault[];
}

@ObjectType({ description: 'A new token, with its text.' })
export class CreatedToken {
  @Field(() => Token, { description: 'The token.' })
  token!: Token;

  @Field({ description: 'What `Authorization: Bearer` takes. It is shown now and never again: keep it safe.' })
  text!: string;
}

@ObjectType({ description: 'A token that was ended.' })
export class RevokedToken {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => DateTime, { description: 'Since when it is not good any more; everywhere within seconds.' })
  revokedAt!: Micros;
}

@ObjectType({ description: 'Sessions that were ended.' })
export class SignedOut {
  @Field(() => ID, { description: 'Whose sessions.' })
  user!: string;

  @Field(() => Int, { description: 'How many there were.' })
  sessions!: number;
}

function resultOf<T extends Type>(name: string, description: string, changed: T) {
  return createUnionType({
    name,
    description,
    types: () => [changed, AccessRefusal] as const,
    resolveType: (value: object) => ('reason' in value ? AccessRefusal : changed),
  });
}

const OR_WHY = ', or why nothing was changed.';
export const CreateTokenResult = resultOf('CreateTokenResult', `The new token${OR_WHY}`, CreatedToken);
export const RotateTokenResult = resultOf('RotateTokenResult', `The token that stands in${OR_WHY}`, CreatedToken);
export const RevokeTokenResult = resultOf('RevokeTokenResult', `The token that was ended${OR_WHY}`, RevokedToken);
export const GrantRoleResult = resultOf('GrantRoleResult', `The new role binding${OR_WHY}`, RoleBinding);
export const WithdrawRoleResult = resultOf('WithdrawRoleResult', `The binding that was taken${OR_WHY}`, RoleBinding);
export const SignOutResult = resultOf('SignOutEverywhereResult', `The sessions that ended${OR_WHY}`, SignedOut);

export function toCreatedToken({ token, text }: Created): CreatedToken {
  return { token: toToken(token), text };
}

const EXPECTED: ReadonlySet<ErrorCategory> = new Set<ErrorCategory>([
  'INVALID_INPUT',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
]);

/** Whether a failure is one that a caller can do something about, and belongs in the result of a mutation. */
export function isExpected({ category }: HeadwaterError): boolean {
  return EXPECTED.has(category);
}

/** An expected failure as the typed refusal that it is; undefined for every other error. */
export function toRefusal(error: unknown): AccessRefusal | undefined {
  if (!(error instanceof HeadwaterError) || !isExpected(error)) return undefined;
  const { category, reason, message, faults, facts } = error;
  const made = typeof facts['made'] === 'string' ? facts['made'] : null;
  return { reason: reason ?? category, message, made, faults };
}
