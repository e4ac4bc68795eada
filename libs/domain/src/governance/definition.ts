import type { SuggestionRules } from '../classification/suggestions/suggestion-rules.js';
import type { FieldConcepts } from '../collection/field-concepts.js';
import type { TagRules } from '../classification/tag-rules.js';
import type { NodeId, NodeKey } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { Held } from './held.js';
import type { LogicalRules } from './logical-rules.js';
import type { OwnershipRules, RuleOwner } from './ownership-rules.js';

/** What people define in the catalog beside its assets. */
export type DefinitionKind = DefinitionRow['kind'];

/** The layers of Uber's DOMA, lowest first: what stands on one may depend on it and on those below it. */
export const DOMAIN_LAYERS = ['INFRASTRUCTURE', 'BUSINESS', 'PRODUCT', 'PRESENTATION', 'EDGE'] as const;
export type DomainLayer = (typeof DOMAIN_LAYERS)[number];

/** A part of the business that answers for data; domains form a hierarchy. */
export interface DomainDefinition {
  readonly name: string;
  /** Markdown. */
  readonly description: string | null;
  /** The domain that this one is part of. */
  readonly parent: NodeId | null;
  /** Null: that of the nearest domain above it that has one. */
  readonly layer: DomainLayer | null;
  /** Whether what is in it, and in its parts, stands outside the organization: with a partner, a regulator, customers. */
  readonly isExternal: boolean;
  /** Who answers for it, each agent and role once, in the order of the ids. */
  readonly owners: readonly RuleOwner[];
}

export type HeldOwner = RuleOwner & Held;

/** A domain as it is kept. */
export interface HeldDomain extends DomainDefinition {
  readonly owners: readonly HeldOwner[];
  /** Since when it is part of its parent, or of none. */
  readonly parentSince: Micros;
}

/** DRAFT: somebody proposes it. DEPRECATED: not to be used any more, and a successor may stand in its place. */
export type TermStatus = 'DRAFT' | 'APPROVED' | 'DEPRECATED';

/** A term of the glossary: what the business means by a word. Terms form a hierarchy, the wider above the narrower. */
export interface TermDefinition {
  readonly name: string;
  /** Markdown. */
  readonly description: string | null;
  /** The wider term that this one is a kind or a part of. */
  readonly parent: NodeId | null;
  /** Other names, as entered, without repetitions. */
  readonly synonyms: readonly string[];
  /** Terms that it has to do with, sorted. The relation goes both ways; it is kept where it was entered. */
  readonly related: readonly NodeId[];
  readonly status: TermStatus;
  /** Of a DEPRECATED term the one to use instead. */
  readonly successor: NodeId | null;
}

/** PROPOSED: nobody should rely on it yet. DEPRECATED: nobody should begin to. */
export type DataProductStatus = 'PROPOSED' | 'ACTIVE' | 'DEPRECATED';

/** What a team offers others: the datasets that are its output ports name it, not it them. */
export interface DataProductDefinition {
  readonly name: string;
  /** Markdown. */
  readonly description: string | null;
  readonly domain: NodeId | null;
  readonly status: DataProductStatus;
  /** Who answers for it, each agent and role once, in the order of the ids. */
  readonly owners: readonly RuleOwner[];
}

/** A data product as it is kept. */
export interface HeldDataProduct extends DataProductDefinition {
  readonly owners: readonly HeldOwner[];
}

/** What the values of a property are. AGENT: the id of a person, a team or a service, which need not be known. */
export type PropertyType = 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'DATE' | 'DATE_TIME' | 'ENUM' | 'URL' | 'AGENT';

/** What a property may go on. */
export type PropertyKind = 'DATASET' | 'JOB';

/** A property that an organization declares for its assets: what values it has is said of each asset by edits. */
export interface PropertyDefinition {
  readonly name: string;
  /** Markdown. */
  readonly description: string | null;
  readonly type: PropertyType;
  /** Whether an asset may have several values of it. */
  readonly isMany: boolean;
  /** On what it goes: at least one kind, each once. */
  readonly kinds: readonly PropertyKind[];
  /** Of an ENUM the values, in the order that people choose from; else empty. */
  readonly values: readonly string[];
  /** Of a NUMBER what it is counted in. */
  readonly unit: string | null;
  /** Of a NUMBER the bounds, both included. */
  readonly min: number | null;
  readonly max: number | null;
  /** Whether an asset that it goes on has a gap without it. */
  readonly isRequired: boolean;
}

/** A person, a team or a service, as somebody entered it. */
export interface AgentDefinition {
  /** What people call it; its id keeps the name that it is referred to by. */
  readonly name: string;
  /** Markdown. */
  readonly description: string | null;
  readonly email: string | null;
  /** Under which it signs in. */
  readonly subject: string | null;
  /** Of a team, sorted, each once; of others none. */
  readonly members: readonly NodeId[];
}

/** What several datasets are copies or carriers of: a topic, its files, its table. They name it by facts, or rules do. */
export interface LogicalDatasetDefinition {
  readonly name: string;
  /** Markdown. */
  readonly description: string | null;
  readonly domain: NodeId | null;
}

/** A logical dataset as it is kept. */
export interface HeldLogicalDataset extends LogicalDatasetDefinition {
  /** Since when there is one, whatever else of it became other. */
  readonly definedSince: Micros;
}

/** A definition on both time axes: it holds from its receipt until the next edit of it. */
interface Definition<Kind extends string, Body> {
  readonly rowId: string;
  readonly key: NodeKey;
  /** Of a domain, a term, a data product, a logical dataset, a property or an agent its NodeId; of a list of rules the id that there is one of: `OWNERSHIP_RULES_ID`, `TAG_RULES_ID`, `SUGGESTION_RULES_ID`, `FIELD_CONCEPTS_ID`, `LOGICAL_RULES_ID`. */
  readonly id: NodeId;
  readonly kind: Kind;
  readonly body: Body;
  /** Name of who entered it. */
  readonly enteredBy: string;
  /** The edit that states it: what the next edit gives as expected. */
  readonly position: number;
  readonly validFrom: Micros;
  readonly validTo: Micros | null;
  readonly recordedFrom: Micros;
  readonly recordedTo: Micros | null;
}

export type DomainRow = Definition<'DOMAIN', HeldDomain>;
export type OwnershipRulesRow = Definition<'OWNERSHIP_RULES', OwnershipRules>;
export type TagRulesRow = Definition<'TAG_RULES', TagRules>;
export type SuggestionRulesRow = Definition<'SUGGESTION_RULES', SuggestionRules>;
export type FieldConceptsRow = Definition<'FIELD_CONCEPTS', FieldConcepts>;
export type TermRow = Definition<'TERM', TermDefinition>;
export type DataProductRow = Definition<'DATA_PRODUCT', HeldDataProduct>;
export type PropertyRow = Definition<'PROPERTY', PropertyDefinition>;
export type AgentRow = Definition<'AGENT', AgentDefinition>;
export type LogicalDatasetRow = Definition<'LOGICAL_DATASET', HeldLogicalDataset>;
export type LogicalRulesRow = Definition<'LOGICAL_RULES', LogicalRules>;
export type DefinitionRow =
  | AgentRow
  | DomainRow
  | TermRow
  | DataProductRow
  | LogicalDatasetRow
  | PropertyRow
  | OwnershipRulesRow
  | TagRulesRow
  | SuggestionRulesRow
  | FieldConceptsRow
  | LogicalRulesRow;

export function isDomainRow(row: DefinitionRow | undefined): row is DomainRow {
  return row?.kind === 'DOMAIN';
}

export function isTermRow(row: DefinitionRow | undefined): row is TermRow {
  return row?.kind === 'TERM';
}

export function isDataProductRow(row: DefinitionRow | undefined): row is DataProductRow {
  return row?.kind === 'DATA_PRODUCT';
}

export function isPropertyRow(row: DefinitionRow | undefined): row is PropertyRow {
  return row?.kind === 'PROPERTY';
}

export function isAgentRow(row: DefinitionRow | undefined): row is AgentRow {
  return row?.kind === 'AGENT';
}

export function isLogicalDatasetRow(row: DefinitionRow | undefined): row is LogicalDatasetRow {
  return row?.kind === 'LOGICAL_DATASET';
}

/** Hierarchies are not deeper. */
export const MOST_LEVELS = 20;

/** One of a hierarchy: a domain or a term. */
export interface Placed {
  readonly id: NodeId;
  readonly body: { readonly parent: NodeId | null };
}

type Parents = (id: NodeId) => NodeId | null | undefined;

/** A domain or term and all it is part of, itself first; ends at an unknown one, at a cycle and after {@link MOST_LEVELS}. */
export function upwards(id: NodeId, parentOf: Parents): readonly NodeId[] {
  const line: NodeId[] = [];
  for (let next: NodeId | null | undefined = id; next !== null && next !== undefined; next = parentOf(next)) {
    if (line.includes(next) || line.length > MOST_LEVELS) break;
    line.push(next);
  }
  return line;
}

/** The layer of a domain: its own, or that of the nearest domain above it that has one. */
export function layerOf(
  domain: NodeId,
  bodyOf: (id: NodeId) => Pick<DomainDefinition, 'parent' | 'layer'> | undefined,
): DomainLayer | null {
  for (const one of upwards(domain, (id) => bodyOf(id)?.parent)) {
    const layer = bodyOf(one)?.layer ?? null;
    if (layer !== null) return layer;
  }
  return null;
}

/** Domains or terms of a list with all that are part of them; what the list does not have stays itself. */
export function withParts(ids: readonly NodeId[], all: readonly Placed[]): NodeId[] {
  const parts = new Map<NodeId, NodeId[]>();
  for (const { id, body } of all)
    if (body.parent !== null) parts.set(body.parent, [...(parts.get(body.parent) ?? []), id]);
  const found = new Set<NodeId>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(parts.get(id) ?? []));
  }
  return [...found].sort();
}

interface Counted {
  readonly value: string;
  readonly count: number;
}

/** Counts by domain with those of their parts added, the most frequent first: what choosing each would find. */
export function countsWithParts(counts: readonly Counted[], all: readonly Placed[]): readonly Counted[] {
  const parents = new Map(all.map(({ id, body }) => [id, body.parent]));
  const sums = new Map<string, number>();
  for (const { value, count } of counts)
    for (const id of upwards(value as NodeId, (one) => parents.get(one))) sums.set(id, (sums.get(id) ?? 0) + count);
  const summed = [...sums].map(([value, count]) => ({ value, count }));
  return summed.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
