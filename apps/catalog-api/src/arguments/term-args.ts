import type { TermDefinition, TermStatus } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Type } from '@nestjs/common';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { TermStatusEnum } from '../types/governance-enums.js';
import { DateTime } from '../types/scalars.js';
import type { Micros } from '@headwater/domain/time';
import { EditInput, ExpectingInput, RequestInput } from './edit-args.js';
import { TimedPageOf100 } from './time-args.js';
import { idOf } from './ids.js';

const NAME = 'What people call it, in 1 to 200 characters.';
const PARENT = 'The wider term that it is a kind or a part of; null: none.';
const SYNONYMS = 'Other names, at most 50 of 1 to 200 characters.';
const RELATED = 'Terms that it has to do with, at most 50; it goes both ways, and is entered on one side.';
const STATUS = 'Whether it is to be used.';
const SUCCESSOR = 'Of a DEPRECATED term the one to use instead; null: none.';

@InputType({ description: 'A term to be.' })
export class CreateTermInput extends RequestInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Tells it from others for good: 1 to 100 letters, digits, dots, dashes and underscores. None: it is made of the name.',
  })
  key?: string | null;

  @Field({ description: NAME })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it means, in Markdown.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: PARENT })
  parent?: string | null;

  @Field(() => [String], { description: SYNONYMS, defaultValue: [] })
  synonyms!: string[];

  @Field(() => [ID], { description: RELATED, defaultValue: [] })
  related!: string[];

  @Field(() => TermStatusEnum, { description: STATUS, defaultValue: 'DRAFT' })
  status!: TermStatus;

  @Field(() => ID, { nullable: true, description: SUCCESSOR })
  successor?: string | null;
}

@InputType({ isAbstract: true })
abstract class TermInput extends ExpectingInput {
  @Field(() => ID, { description: 'The term, by its id.' })
  term!: string;
}

@InputType({ description: 'What becomes other about a term; what is absent stays as it is.' })
export class ChangeTermInput extends TermInput {
  @Field(() => String, { nullable: true, description: NAME })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it means, in Markdown; null takes it away.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: PARENT })
  parent?: string | null;

  @Field(() => [String], { nullable: true, description: `${SYNONYMS} They take the place of those before.` })
  synonyms?: string[] | null;

  @Field(() => [ID], { nullable: true, description: `${RELATED} They take the place of those before.` })
  related?: string[] | null;

  @Field(() => TermStatusEnum, { nullable: true, description: STATUS })
  status?: TermStatus | null;

  @Field(() => ID, { nullable: true, description: SUCCESSOR })
  successor?: string | null;
}

@InputType({ description: 'A term to be no more.' })
export class RemoveTermInput extends TermInput {}

@InputType({ description: 'A term to put on a dataset, a job or a field, or to take off.' })
export class AssignTermInput extends EditInput {
  @Field(() => ID, { description: 'The term, by its id.' })
  term!: string;
}

@ArgsType()
export class TermListArgs extends (TimedPageOf100 as Type<TimedPageOf100>) {
  @Field(() => String, { nullable: true, description: 'Words that the name or a synonym has, begun or whole.' })
  text?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only the terms one level below this one.' })
  parent?: string | null;

  @Field(() => [TermStatusEnum], { nullable: true, description: 'Only terms of one of these; none: of any.' })
  statuses?: TermStatus[] | null;
}

@ArgsType()
export class VersionArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many at most: 1 to 100.' })
  most!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only what was recorded by then counts; null means all that is known.',
  })
  knownAt?: Micros | null;
}

export function createdTerm(input: CreateTermInput): TermDefinition {
  const { name, description = null, parent = null, synonyms, related, status, successor = null } = input;
  return {
    ...{ name: name.trim(), description, status },
    parent: parent === null ? null : idOf(parent),
    synonyms: spelled(synonyms),
    related: idsOf(related),
    successor: successor === null ? null : idOf(successor),
  };
}

export function changedTerm(input: ChangeTermInput): Partial<TermDefinition> {
  const { name, description, parent, synonyms, related, status, successor } = input;
  return {
    // A name cannot be taken away.
    ...(name !== undefined && { name: (name ?? '').trim() }),
    ...(description !== undefined && { description }),
    ...(parent !== undefined && { parent: parent === null ? null : idOf(parent) }),
    ...(synonyms !== undefined && { synonyms: spelled(synonyms ?? []) }),
    ...(related !== undefined && { related: idsOf(related ?? []) }),
    ...(status !== undefined && status !== null && { status }),
    ...(successor !== undefined && { successor: successor === null ? null : idOf(successor) }),
  };
}

function spelled(synonyms: readonly string[]): readonly string[] {
  return [...new Set(synonyms.map((synonym) => synonym.trim()))];
}

function idsOf(ids: readonly string[]): readonly NodeId[] {
  return [...new Set(ids.map(idOf))].sort();
}
