import type { FactRow } from '../catalog.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { answerOf, itself, type SameAgent } from './owner-answers.js';
import type { InheritedOwner } from './inherited-owners.js';
import type { RuleMatch } from './ownership-rules.js';

export const DEFAULT_ROLE = 'OWNER';

/** One agent in one role, and where that comes from. */
export interface ClaimedOwner {
  /** Canonical; what says so may know it by another id. */
  readonly agent: NodeId;
  readonly role: string;
  readonly since: Micros;
  /** The CONFIRMED fact, where it was confirmed since it is so. */
  readonly confirmation?: FactRow;
  /** The fact, the rule, or the domain or data product that says so. */
  readonly by: { readonly fact: FactRow } | { readonly rule: RuleMatch } | { readonly inherited: InheritedOwner };
}

/** An owner that declined, with the DECLINED fact that says so. */
export interface DeclinedOwner {
  readonly claim: ClaimedOwner;
  readonly decline: FactRow;
}

export interface EffectiveOwners {
  readonly owners: readonly ClaimedOwner[];
  /** Who would answer, or be overruled, and declined to: each agent and role once, by the strongest source. */
  readonly declined: readonly DeclinedOwner[];
  /** What does not count, because something stronger names owners of the same role. */
  readonly overruled: readonly ClaimedOwner[];
  /** The canonical id of whoever is named in any of it, or in what it follows from. */
  readonly same: SameAgent;
}

/** Where it comes from that somebody answers for an asset. */
export type OwnerSource = FactRow['source'] | 'DATA_PRODUCT' | 'DOMAIN';

/** The smaller the stronger. A data product stands at its strength, the domain of an asset one behind, and so upwards. */
export const STRENGTH = { EDIT: 0, RULE: 1, FACET: 2, DATA_PRODUCT: 3 } as const;

/**
 * Who answers for an asset: of each role those that the strongest source names, edits before the rule that decides before
 * facets before data products before its domain before the domains above, where no edit took them away and they did not
 * decline. Ids for which `same` gives one are one agent, told by it. `facts` are of kinds OWNER, NOT_OWNER, CONFIRMED and DECLINED; an agent that one source names twice in a role is told once, by the first.
 */
export function effectiveOwners(
  facts: readonly FactRow[],
  rule: RuleMatch | undefined,
  inherited: readonly InheritedOwner[] = [],
  same: SameAgent = itself,
): EffectiveOwners {
  const isTaken = ({ agent, role }: ClaimedOwner): boolean =>
    facts.some(
      ({ kind, value, detail }) =>
        kind === 'NOT_OWNER' && same(value as NodeId) === agent && (detail === null || detail === role),
    );
  const told = (claim: ClaimedOwner): ClaimedOwner => ({ ...claim, agent: same(claim.agent) });
  const named = [...claimsOfRule(rule), ...inherited.map(claimOfInherited)].map(told);
  const all = [...facts.flatMap(claimOfFact).map(told), ...named.filter((claim) => !isTaken(claim))];
  const answered = all.map((claim) => ({ claim, answer: answerOf(facts, claim, same) }));
  const claims = answered.flatMap(({ claim, answer }) => {
    if (answer === undefined) return [claim];
    if (answer.kind === 'DECLINED') return [];
    return [answer.validFrom < claim.since ? claim : { ...claim, confirmation: answer }];
  });
  const strongest = new Map<string, number>();
  for (const claim of claims)
    strongest.set(claim.role, Math.min(strongest.get(claim.role) ?? Infinity, strengthOf(claim)));
  const once = new Map<string, ClaimedOwner>();
  for (const claim of claims) {
    const key = JSON.stringify([strengthOf(claim), claim.role, claim.agent]);
    if (!once.has(key)) once.set(key, claim);
  }
  const distinct = [...once.values()].sort((a, b) => strengthOf(a) - strengthOf(b));
  const declined = new Map<string, DeclinedOwner>();
  const byStrength = [...answered].sort((a, b) => strengthOf(a.claim) - strengthOf(b.claim));
  for (const { claim, answer } of byStrength) {
    const key = JSON.stringify([claim.role, claim.agent]);
    if (answer?.kind === 'DECLINED' && !declined.has(key)) declined.set(key, { claim, decline: answer });
  }
  return {
    same,
    declined: [...declined.values()],
    owners: distinct.filter((claim) => strengthOf(claim) === strongest.get(claim.role)),
    overruled: distinct.filter((claim) => strengthOf(claim) !== strongest.get(claim.role)),
  };
}

/** Where it comes from. */
export function sourceOf({ by }: ClaimedOwner): OwnerSource {
  if ('inherited' in by) return by.inherited.from.kind;
  return 'rule' in by ? 'RULE' : by.fact.source;
}

function strengthOf({ by }: ClaimedOwner): number {
  if ('inherited' in by) return STRENGTH.DATA_PRODUCT + by.inherited.distance;
  return 'rule' in by ? STRENGTH.RULE : STRENGTH[by.fact.source];
}

function claimOfFact(fact: FactRow): readonly ClaimedOwner[] {
  if (fact.kind !== 'OWNER') return [];
  const { value, detail, validFrom: since } = fact;
  return [{ agent: value as NodeId, role: detail ?? DEFAULT_ROLE, since, by: { fact } }];
}

function claimOfInherited(inherited: InheritedOwner): ClaimedOwner {
  const { owner, since } = inherited;
  return { agent: owner.agent, role: owner.role, since, by: { inherited } };
}

function claimsOfRule(match: RuleMatch | undefined): readonly ClaimedOwner[] {
  if (match === undefined) return [];
  return match.rule.owners.map(({ agent, role }) => ({ agent, role, since: match.since, by: { rule: match } }));
}
