import type { FactRow } from '../catalog.js';
import type { DataProductRow, DomainRow } from '../governance/definition.js';
import { effectiveOwners, type EffectiveOwners } from '../governance/effective-owners.js';
import { InheritedOwners, type InheritedOwner } from '../governance/inherited-owners.js';
import { itself, type SameAgent } from '../governance/owner-answers.js';
import {
  OwnershipRuleSet,
  ruleSetOf,
  type OwnershipRule,
  type OwnershipRules,
  type RuleMatch,
  type RuleSubject,
} from '../governance/ownership-rules.js';
import { kindOf, parseNodeId, type NodeId } from '../identifiers.js';
import type { AgentReader } from './agent-reader.js';
import type { ReadTime } from './read-time.js';
import type { FactReader } from './schema-reader.js';

/** An asset by its canonical id, and what people call it under that; '' where nobody did. */
export interface NamedAsset {
  readonly id: NodeId;
  readonly displayName: string;
}

/** Who answers for an asset by the rules of a moment, and who would by others in their place. */
export interface OwnersUnder {
  readonly now: EffectiveOwners;
  readonly then: EffectiveOwners;
  /** The place of the rule among the others that would decide, from 1; null: none. */
  readonly number: number | null;
}

export interface OwnershipReader {
  /** Who answers for datasets and jobs at `time`; an unknown one is absent. */
  effectiveOwners(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, EffectiveOwners>>;
  /**
   * Assets that there were at `time`, and for which the agent may answer then: all for which it does, and others that
   * something of then names it for. In no order.
   */
  mayAnswerFor(agent: NodeId, time: ReadTime): Promise<readonly NamedAsset[]>;
  /** Assets that there were at `time`: all that one of the rules fits then, and others that it may fit. In no order. */
  mayFit(rules: readonly OwnershipRule[], time: ReadTime): Promise<readonly NamedAsset[]>;
  /** Who would answer for datasets and jobs with `rules` in place of those of `time`; an unknown one is absent. */
  ownersUnder(
    rules: readonly OwnershipRule[],
    ids: readonly NodeId[],
    time: ReadTime,
  ): Promise<ReadonlyMap<NodeId, OwnersUnder>>;
}

/** An asset that there is, under every id that it has, the canonical one first, and what is stated of it. */
export interface OwnershipSubject {
  readonly names: readonly NodeId[];
  /** Of the kinds of {@link SUBJECT_FACTS}, in the order of `facts`. */
  readonly facts: readonly FactRow[];
}

/** What people defined at a moment that says who answers for what. */
export interface OwnershipGround {
  readonly rules: OwnershipRules;
  readonly domains: readonly DomainRow[];
  readonly products: readonly DataProductRow[];
}

/** What owners are found from, each a statement for any number of assets. */
export interface OwnershipParts extends Pick<AgentReader, 'agentNames'>, Pick<FactReader, 'fieldTags'> {
  /** By the ids asked for; what is no asset is absent. */
  ownershipSubjects(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, OwnershipSubject>>;
  ownershipGround(time: ReadTime): Promise<OwnershipGround>;
}

const ABOUT_AGENTS = ['OWNER', 'NOT_OWNER', 'CONFIRMED', 'DECLINED'] as const;
export const SUBJECT_FACTS = [...ABOUT_AGENTS, 'TAG', 'DOMAIN', 'PRODUCT'] as const;

/** Owners of facts, of edits, of the rules, domains and data products that held then, in as many statements for many assets as for one. */
export async function readEffectiveOwners(
  reader: OwnershipParts,
  ids: readonly NodeId[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId, EffectiveOwners>> {
  const claims = await readClaims(reader, ids, time, ({ rules }) => [ruleSetOf(rules)]);
  return new Map([...claims].map(([id, [owners]]) => [id, ownersOf(owners)] as const));
}

/** As {@link readEffectiveOwners}, and beside it as it would be under other rules. */
export async function readOwnersUnder(
  reader: OwnershipParts,
  others: readonly OwnershipRule[],
  ids: readonly NodeId[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId, OwnersUnder>> {
  const entered = { since: time.at, enteredBy: '', position: 0 };
  const wanted = new OwnershipRuleSet({ rules: others.map((rule) => ({ ...rule, ...entered })) });
  const claims = await readClaims(reader, ids, time, ({ rules }) => [ruleSetOf(rules), wanted]);
  return new Map(
    [...claims].map(([id, [now, then]]) => {
      const under = { now: ownersOf(now), then: ownersOf(then), number: then?.match?.number ?? null };
      return [id, under] as const;
    }),
  );
}

/** What may name owners of an asset: its facts, the rule that decides and what is passed on to it. */
interface AssetClaims {
  readonly facts: readonly FactRow[];
  readonly match: RuleMatch | undefined;
  readonly inherited: readonly InheritedOwner[];
  readonly same: SameAgent;
}

function ownersOf(claims: AssetClaims | undefined): EffectiveOwners {
  return effectiveOwners(claims?.facts ?? [], claims?.match, claims?.inherited, claims?.same);
}

/** Of each asset the claims by each of the sets of rules. */
async function readClaims(
  reader: OwnershipParts,
  ids: readonly NodeId[],
  time: ReadTime,
  setsOf: (ground: OwnershipGround) => readonly OwnershipRuleSet[],
): Promise<ReadonlyMap<NodeId, readonly AssetClaims[]>> {
  if (ids.length === 0) return new Map();
  const [subjects, ground] = await Promise.all([reader.ownershipSubjects(ids, time), reader.ownershipGround(time)]);
  const above = new InheritedOwners(ground.domains, ground.products);
  const sets = setsOf(ground);
  const ofFields = await fieldTagsOf(reader, [...subjects.keys()], sets, time);
  const found = [...subjects].map(([id, { names, facts }]) => {
    const subject = subjectOf(names, [...facts, ...(ofFields.get(id) ?? [])], above);
    return { id, facts, inherited: above.of(facts), matches: sets.map((rules) => rules.deciding(subject)) };
  });
  const named = new Set(found.flatMap(agentsOf));
  const same = named.size === 0 ? itself : sameAgents(await reader.agentNames([...named], time.knownAt));
  return new Map(
    found.map(({ id, facts, inherited, matches }) => [id, matches.map((match) => ({ facts, match, inherited, same }))]),
  );
}

/** Of datasets the tags on their fields that a rule of the sets names; asked for only where one does. */
async function fieldTagsOf(
  reader: OwnershipParts,
  ids: readonly NodeId[],
  sets: readonly OwnershipRuleSet[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId, readonly FactRow[]>> {
  const tags = [...new Set(sets.flatMap((rules) => rules.tags))];
  const datasets = ids.filter((id) => kindOf(id) === 'DATASET');
  return tags.length === 0 || datasets.length === 0 ? new Map() : reader.fieldTags(datasets, tags, time);
}

function subjectOf(names: readonly NodeId[], facts: readonly FactRow[], above: InheritedOwners): RuleSubject {
  const domain = facts.find(({ kind }) => kind === 'DOMAIN');
  const inDomains = domain === undefined ? [] : above.above(domain.value as NodeId);
  return {
    names: names.map(nameOf),
    tags: facts.filter(({ kind }) => kind === 'TAG').map(({ value, validFrom: since }) => ({ value, since })),
    domains: inDomains.map(({ row, since }) => ({ id: row.id, since: Math.max(since, domain?.validFrom ?? 0) })),
  };
}

function agentsOf(claims: {
  readonly facts: readonly FactRow[];
  readonly inherited: readonly InheritedOwner[];
  readonly matches: readonly (RuleMatch | undefined)[];
}): readonly NodeId[] {
  const aboutAgents: readonly string[] = ABOUT_AGENTS;
  return [
    ...claims.facts.flatMap(({ kind, value }) => (aboutAgents.includes(kind) ? [value as NodeId] : [])),
    ...claims.inherited.map(({ owner }) => owner.agent),
    ...claims.matches.flatMap((match) => match?.rule.owners.map(({ agent }) => agent) ?? []),
  ];
}

function sameAgents(names: ReadonlyMap<NodeId, readonly NodeId[]>): SameAgent {
  const canonicalOf = new Map<NodeId, NodeId>();
  for (const [canonical, ...others] of names.values())
    if (canonical !== undefined) for (const other of others) canonicalOf.set(other, canonical);
  return canonicalOf.size === 0 ? itself : (agent) => canonicalOf.get(agent) ?? agent;
}

function nameOf(id: NodeId): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = ''] = parseNodeId(id)?.segments ?? [];
  return { namespace, name };
}
