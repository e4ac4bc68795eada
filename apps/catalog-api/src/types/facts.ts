import type { FactRow } from '@headwater/domain/catalog';
import type { CarriedTag } from '@headwater/domain/classification/tag-lineage';
import type { OwnerSource } from '@headwater/domain/governance/effective-owners';
import { parseNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { FactSourceEnum } from './governance-enums.js';
import { Node } from './node.js';
import { DateTime } from './scalars.js';

@ObjectType('Agent', {
  implements: () => [Node],
  description: 'A person, a team or a service that answers for something.',
})
export class Agent extends Node {
  override readonly __typename = 'Agent';

  @Field({ description: 'What the producer calls it: user, team, service, …' })
  kind!: string;

  @Field({ description: 'Its name among its kind.' })
  name!: string;
}

/** What every fact tells beside its content: who states it where, and when it holds. */
@ObjectType({ isAbstract: true })
export abstract class StatedFact {
  @Field(() => FactSourceEnum, { description: 'Where this comes from.' })
  source!: OwnerSource;

  @Field({ description: 'Who states it and in which event, in a sentence.' })
  because!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Who states it: the producer of its event, without a version at its end; of an edit or a rule who entered it.',
  })
  producer!: string | null;

  @Field({ description: 'Where in the log the event is that states it.' })
  position!: string;

  @Field(() => DateTime, { description: 'Since when it holds.' })
  since!: Micros;

  @Field(() => DateTime, { nullable: true, description: 'Until when it held; null while it does.' })
  until!: Micros | null;
}

@ObjectType({ description: 'Why a fact is held, and since when.' })
export class Ownership extends StatedFact {
  @Field(() => Agent, { description: 'Who answers for it.' })
  agent!: Agent;

  @Field({ description: 'In which role, as stated; OWNER where none was.' })
  role!: string;
}

@ObjectType({ description: 'A mark that assets and fields carry, such as `pii` or `tier=gold`.' })
export class Tag {
  @Field({ description: 'The tag as filters take it: `key`, or `key=value`.' })
  name!: string;

  @Field({ description: 'The part before the first equals sign.' })
  key!: string;

  @Field(() => String, { nullable: true, description: 'The part behind it; null where there is none.' })
  value!: string | null;
}

@ObjectType({ description: 'That something carries a tag.' })
export class TagAssignment extends StatedFact {
  @Field(() => Tag, { description: 'The tag.' })
  tag!: Tag;

  @Field(() => ID, { description: 'The node that it was put on: another name of this asset where two were merged.' })
  on!: string;

  @Field({ description: 'Whether it came along lineage instead of being put here.' })
  propagated!: boolean;

  @Field(() => [ID], {
    description:
      'What it came along, from where it was put to here, by the shortest way: fields, or datasets and the jobs between them; empty where it was put here. What you may not see is opaque.',
  })
  via!: readonly string[];
}

@ObjectType({ description: 'That somebody deleted an asset, until somebody restores it.' })
export class Deletion {
  @Field({ description: 'Who deleted it, by the name as of then.' })
  by!: string;

  @Field(() => String, { nullable: true, description: 'Why, in their words.' })
  reason!: string | null;

  @Field({ description: 'Where in the log the edit is.' })
  position!: string;

  @Field(() => DateTime, { description: 'Since when it is deleted.' })
  since!: Micros;

  @Field(() => DateTime, { nullable: true, description: 'When it was restored; null while it is deleted.' })
  until!: Micros | null;
}

/** The agent that an id names; undefined for an id of another kind. */
export function toAgent(id: NodeId): Agent | undefined {
  const parsed = parseNodeId(id);
  if (parsed?.kind !== 'AGENT') return undefined;
  const [kind = '', name = ''] = parsed.segments;
  return Object.assign(new Agent(), { id, kind, name });
}

/** Ownerships of OWNER facts, each agent and role once: the first of the list wins. */
export function toOwnerships(facts: readonly FactRow[], positions: Positions): Ownership[] {
  const seen = new Set<string>();
  return facts.flatMap((fact) => {
    const agent = fact.kind === 'OWNER' ? toAgent(fact.value as NodeId) : undefined;
    const role = fact.detail ?? 'OWNER';
    if (agent === undefined || isSeen(seen, `${role}\n${agent.id}`)) return [];
    return [{ agent, role, ...originOf(fact, positions) }];
  });
}

export function toDeletion(fact: FactRow, positions: Positions): Deletion {
  const { producer, detail: reason, validFrom: since, validTo: until } = fact;
  return { by: producer ?? '', reason, position: positions.position(fact.position), since, until };
}

/** Assignments of TAG facts, each tag once: the first of the list wins. */
export function toTagAssignments(facts: readonly FactRow[], positions: Positions): TagAssignment[] {
  const seen = new Set<string>();
  return facts.flatMap((fact) => {
    if (fact.kind !== 'TAG' || isSeen(seen, fact.value)) return [];
    return [toTagAssignment(fact, positions)];
  });
}

/** A tag where it was put. */
export function toTagAssignment(fact: FactRow, positions: Positions): TagAssignment {
  return { tag: toTag(fact.value), on: fact.nodeId, propagated: false, via: [], ...originOf(fact, positions) };
}

/** A tag where it came to. */
export function toCarriedAssignment(
  { origin, via, span }: Pick<CarriedTag, 'origin' | 'via' | 'span'>,
  positions: Positions,
): TagAssignment {
  return { ...toTagAssignment(origin, positions), propagated: true, via, ...span };
}

function isSeen(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

export function toTag(name: string): Tag {
  const at = name.indexOf('=');
  return at < 0 ? { name, key: name, value: null } : { name, key: name.slice(0, at), value: name.slice(at + 1) };
}

/** Writes places in the log as the API does. */
export interface Positions {
  position(number: number): string;
}

export function originOf(fact: FactRow, positions: Positions): StatedFact {
  const { source, producer, validFrom: since, validTo: until } = fact;
  return { source, because: because(fact), producer, position: positions.position(fact.position), since, until };
}

const STATED: Readonly<Record<FactRow['source'], string>> = {
  FACET: 'Sent by',
  EDIT: 'Entered by',
  RULE: 'Concluded from',
};

function because(fact: FactRow): string {
  return `${STATED[fact.source]} ${fact.producer ?? 'an unnamed producer'} in event ${fact.position}`;
}
