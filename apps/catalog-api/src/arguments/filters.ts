import type {
  EventFilter as DomainEventFilter,
  FindingFilter as DomainFindingFilter,
} from '@headwater/domain/reading/event-reader';
import type { CatalogEventKind } from '@headwater/domain/events';
import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import type { PropertyRow } from '@headwater/domain/governance/definition';
import { conditionOf, type PropertyCondition } from '@headwater/domain/governance/property-conditions';
import { parseNodeId, respellNodeId, type NodeId, type NodeKind } from '@headwater/domain/identifiers';
import { parsePosition } from '@headwater/domain/position';
import type { SearchFilter as DomainSearchFilter } from '@headwater/domain/search';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, InputType } from '@nestjs/graphql';
import { EventKindEnum, NodeKindEnum } from '../types/lineage-enums.js';
import { DateTime } from '../types/scalars.js';
import { idOf } from './ids.js';

const MOST_CONDITIONS = 20;

@InputType({ description: 'What an asset must have of a property: some value at least, where nothing else is said.' })
export class PropertyFilter {
  @Field(() => ID, { description: 'The property, by its id.' })
  property!: string;

  @Field({ defaultValue: true, description: 'False: it must have no value of it.' })
  has!: boolean;

  @Field(() => [String], { nullable: true, description: 'Any of these, as texts that its type takes; none: any.' })
  values?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of a NUMBER, a DATE or a DATE_TIME the least, as a text that the type takes.',
  })
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'The same of the most; itself counts.' })
  to?: string | null;
}

@InputType({ description: 'Every given member must hold; within one list any does; an empty list excludes nothing.' })
export class SearchFilter {
  @Field(() => [NodeKindEnum], { nullable: true, description: 'DATASET and JOB are found; other kinds match nothing.' })
  kinds?: NodeKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Namespaces, exactly as they are written.' })
  namespaces?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Tags of the asset or of one of its fields: `key=value`, or `key` for any value.',
  })
  tags?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: `tags` also fit what they came to along lineage, as `whereIs` tells. Not for `assetChanged`: it refuses it.',
  })
  carriedTags?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it or one of its fields has any tag.' })
  hasTag?: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'NodeIds of agents that own it.' })
  owners?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether anyone owns it.' })
  hasOwner?: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'NodeIds of domains that it is in, or in one of their parts.' })
  domains?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is in any domain.' })
  hasDomain?: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'NodeIds of data products that it is an output port of.' })
  dataProducts?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'NodeIds of terms that it or one of its fields has; a term stands for all below it, too.',
  })
  terms?: string[] | null;

  @Field(() => [PropertyFilter], { nullable: true, description: 'What it has of properties; at most 20, all of them.' })
  properties?: PropertyFilter[] | null;

  @Field(() => DateTime, { nullable: true, description: 'Changed later than this.' })
  updatedAfter?: Micros | null;
}

@InputType({ description: 'Every given member must hold.' })
export class EventFilter {
  @Field(() => ID, { nullable: true, description: 'Events that speak of this run, job or dataset.' })
  node?: string | null;

  @Field(() => [EventKindEnum], { nullable: true, description: 'Events of these kinds.' })
  kinds?: CatalogEventKind[] | null;

  @Field(() => String, { nullable: true, description: 'From this position on, itself included.' })
  fromPosition?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to this position, itself included.' })
  toPosition?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Written to the log at this moment or later.' })
  recordedFrom?: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'Written to the log before this moment.' })
  recordedTo?: Micros | null;
}

@InputType({ description: 'Every given member must hold.' })
export class FindingFilter {
  @Field(() => [String], { nullable: true, description: 'Findings with one of these codes.' })
  codes?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Findings about this node.' })
  node?: string | null;
}

/** What members of a filter stand for: domains and terms with all that are below them, tags with what they came to. */
export interface PartsOf {
  domains(ids: readonly NodeId[]): Promise<readonly NodeId[]>;
  terms(ids: readonly NodeId[]): Promise<readonly NodeId[]>;
  /** Every property that there is now. */
  properties(): Promise<readonly PropertyRow[]>;
  /** Datasets that one of the tags came to along lineage, or whose fields it came to. */
  carried(tags: readonly string[]): Promise<readonly NodeId[]>;
}

const IDS = [
  ['owners', 'AGENT', 'an agent: agent:<kind>:<name>, such as agent:team:claims'],
  ['domains', 'DOMAIN', 'a domain: domain:<key>, such as domain:claims'],
  ['terms', 'TERM', 'a term of the glossary: term:<key>, such as term:claim'],
  ['dataProducts', 'DATA_PRODUCT', 'a data product: product:<key>, such as product:claims'],
] as const;

/** Ids in the catalog's spelling. Throws INVALID_INPUT for what cannot be the id of such a thing. */
function idsIn(filter: SearchFilter): Partial<Record<(typeof IDS)[number][0], readonly NodeId[]>> {
  const faults: InputFault[] = [];
  const given = IDS.map(([member, kind, what]) => {
    const ids = (filter[member] ?? []).map((text, index) => {
      const id = idOf(text);
      if (parseNodeId(id)?.kind !== kind)
        faults.push({
          pointer: `/filter/${member}/${String(index)}`,
          ...coded('NOT_AN_ID', `must be the id of ${what}`, { kind }),
        });
      return id;
    });
    return [member, ids] as const;
  });
  if (faults.length > 0)
    throw new HeadwaterError('INVALID_INPUT', 'Nothing can have what the filter names', { faults });
  return Object.fromEntries(given.filter(([, ids]) => ids.length > 0));
}

export async function toSearchFilter(
  filter: SearchFilter | null | undefined,
  partsOf: PartsOf,
): Promise<DomainSearchFilter> {
  const { owners: _o, domains: _d, terms: _t, dataProducts: _p, properties, ...rest } = filter ?? {};
  const { owners, domains, terms, dataProducts: products } = idsIn(filter ?? {});
  const { tags, carriedTags } = rest;
  return {
    ...present({ ...rest, owners, products }),
    ...(domains && { domains: await partsOf.domains(domains) }),
    ...(terms && { terms: await partsOf.terms(terms) }),
    ...(carriedTags === true && tags && tags.length > 0 && { carriedTo: await partsOf.carried(tags) }),
    ...(properties && properties.length > 0 && { properties: toConditions(properties, await partsOf.properties()) }),
  };
}

/** Throws INVALID_INPUT for a property that there is not, and for values or bounds that do not fit one. */
export function toConditions(
  filters: readonly PropertyFilter[],
  properties: readonly PropertyRow[],
): readonly PropertyCondition[] {
  const faults: InputFault[] = [];
  if (filters.length > MOST_CONDITIONS)
    faults.push({
      pointer: '/filter/properties',
      ...coded('TOO_MANY', `must be at most ${String(MOST_CONDITIONS)}`, { most: MOST_CONDITIONS }),
    });
  const conditions = filters.flatMap((filter, index) => {
    const { property, has: isHad, values = null, from = null, to = null } = filter;
    const row = properties.find(({ id }) => id === idOf(property));
    const pointer = `/filter/properties/${String(index)}`;
    if (row === undefined) {
      faults.push({
        pointer: `${pointer}/property`,
        ...coded('NO_SUCH', 'must be the id of a property: there is no such', { kind: 'PROPERTY', id: property }),
      });
      return [];
    }
    const read = conditionOf(row, { isHad, values: values?.length === 0 ? null : values, from, to });
    if (!('pointer' in read)) return [read];
    faults.push({ ...read, pointer: `${pointer}${read.pointer}` });
    return [];
  });
  if (faults.length > 0)
    throw new HeadwaterError('INVALID_INPUT', 'Nothing can be found by properties like this', { faults });
  return conditions;
}

export function toFindingFilter(filter: FindingFilter | null | undefined): DomainFindingFilter {
  return present({ ...filter, node: nodeIn(filter?.node) });
}

/** Positions become numbers of this log; INVALID_INPUT for another log's, or a period that ends before it begins. */
export function toEventFilter(logId: string, filter: EventFilter | null | undefined): DomainEventFilter {
  checkPeriod(['recordedFrom', filter?.recordedFrom], ['recordedTo', filter?.recordedTo]);
  const number = (text: string | null | undefined): number | undefined =>
    typeof text === 'string' ? parsePosition(logId, text) : undefined;
  return present({
    ...filter,
    node: nodeIn(filter?.node),
    fromPosition: number(filter?.fromPosition),
    toPosition: number(filter?.toPosition),
  });
}

/** In the catalog's spelling. Throws INVALID_INPUT for what is no id. */
function nodeIn(text: string | null | undefined): NodeId | undefined {
  if (text === null || text === undefined) return undefined;
  const id = respellNodeId(text);
  if (id !== undefined) return id;
  const detail = 'must be the id of something in the catalog, such as dataset:<namespace>:<name>';
  throw new HeadwaterError('INVALID_INPUT', 'Name it by its id', {
    faults: [{ pointer: '/filter/node', ...coded('NOT_AN_ID', detail, { kind: 'NODE' }) }],
  });
}

type Bound = readonly [name: string, at: Micros | null | undefined];

/** INVALID_INPUT (PERIOD) where a period ends before it begins. */
export function checkPeriod([fromName, from]: Bound, [toName, to]: Bound): void {
  if (typeof from !== 'number' || typeof to !== 'number' || to >= from) return;
  const message = `\`${toName}\` must not be earlier than \`${fromName}\``;
  throw new HeadwaterError('INVALID_INPUT', message, { reason: 'PERIOD' });
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], null | undefined> };

/** A null member says the same as an absent one. */
export function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== null && member !== undefined),
  ) as Present<T>;
}
