import type { FactRow } from '@headwater/domain/catalog';
import type { TermRow, TermStatus } from '@headwater/domain/governance/definition';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { TermStatusEnum } from './governance-enums.js';
import { originOf, StatedFact, type Positions } from './facts.js';
import { Node } from './node.js';
import { DateTime } from './scalars.js';

@ObjectType('GlossaryTerm', {
  implements: () => [Node],
  description: 'What the business means by a word. Terms form a hierarchy, the wider above the narrower.',
})
export class GlossaryTerm extends Node {
  override readonly __typename = 'GlossaryTerm';

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it means, in Markdown.' })
  description!: string | null;

  @Field(() => [String], { description: 'Other names; search finds by them, too.' })
  synonyms!: readonly string[];

  @Field(() => TermStatusEnum, { description: 'Whether it is to be used.' })
  status!: TermStatus;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field(() => DateTime, { description: 'Since when it is as it is.' })
  since!: Micros;

  readonly row!: TermRow;
  /** When it is so: the terms around it are told as of then. */
  readonly time!: ReadTime;
}

@ObjectType({ description: 'That something has a term of the glossary.' })
export class TermAssignment extends StatedFact {
  @Field(() => GlossaryTerm, { description: 'The term.' })
  term!: GlossaryTerm;

  @Field(() => ID, { description: 'The node that it was put on: another name of this asset where two were merged.' })
  on!: string;
}

export function toTerm(row: TermRow, time: ReadTime): GlossaryTerm {
  const { id, body, enteredBy, validFrom: since } = row;
  const { name, description, synonyms, status } = body;
  return Object.assign(new GlossaryTerm(), { id, name, description, synonyms, status, enteredBy, since, row, time });
}

export function toTermAssignment(fact: FactRow, term: GlossaryTerm, positions: Positions): TermAssignment {
  return { term, on: fact.nodeId, ...originOf(fact, positions) };
}
