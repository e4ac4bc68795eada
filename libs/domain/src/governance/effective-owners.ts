import type { FactRow } from '../catalog.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { RuleMatch } from './ownership-rules.js';

export const DEFAULT_ROLE = 'OWNER';

/** One agent in one role, and where that comes from. */
export interface ClaimedOwner {
  readonly agent: NodeId;
  readonly role: string;
  readonly since: Micros;
  /** The fact or the rule that says so. */
  readonly by: { readonly fact: FactRow } | { readonly rule: RuleMatch };
}

export interface EffectiveOwners {
  readonly owners: readonly ClaimedOwner[];
  /** What does not count, because something stronger names owners of the same role. */
  readonly overruled: readonly ClaimedOwner[];
}

const STRENGTH = ['EDIT', 'RULE', 'FACET'] as const;

/**
 * Who answers for an asset: of each role those that the strongest source names, edits before the rule that decides before
 * facets, where no edit took them away. `facts` are of kinds OWNER and NOT_OWNER; an agent that one source names twice in
 * a role is told once, by the first.
 */
export function effectiveOwners(facts: readonly FactRow[], rule: RuleMatch | undefined): EffectiveOwners {
  const isTaken = ({ agent, role }: ClaimedOwner): boolean =>
    facts.some(
      ({ kind, value, detail }) => kind === 'NOT_OWNER' && value === agent && (detail === null || detail === role),
    );
  const claims = [...facts.flatMap(claimOfFact), ...claimsOfRule(rule).filter((claim) => !isTaken(claim))];
  const strongest = new Map<string, number>();
  for (const claim of claims)
    strongest.set(claim.role, Math.min(strongest.get(claim.role) ?? Infinity, strengthOf(claim)));
  const once = new Map<string, ClaimedOwner>();
  for (const claim of claims) {
    const key = JSON.stringify([strengthOf(claim), claim.role, claim.agent]);
    if (!once.has(key)) once.set(key, claim);
  }
  const distinct = [...once.values()].sort((a, b) => strengthOf(a) - strengthOf(b));
  return {
    owners: distinct.filter((claim) => strengthOf(claim) === strongest.get(claim.role)),
    overruled: distinct.filter((claim) => strengthOf(claim) !== strongest.get(claim.role)),
  };
}

/** Where it comes from. */
export function sourceOf({ by }: ClaimedOwner): FactRow['source'] {
  return 'rule' in by ? 'RULE' : by.fact.source;
}

function strengthOf(claim: ClaimedOwner): number {
  return STRENGTH.indexOf(sourceOf(claim));
}

function claimOfFact(fact: FactRow): readonly ClaimedOwner[] {
  if (fact.kind !== 'OWNER') return [];
  const { value, detail, validFrom: since } = fact;
  return [{ agent: value as NodeId, role: detail ?? DEFAULT_ROLE, since, by: { fact } }];
}

function claimsOfRule(match: RuleMatch | undefined): readonly ClaimedOwner[] {
  if (match === undefined) return [];
  return match.rule.owners.map(({ agent, role }) => ({ agent, role, since: match.since, by: { rule: match } }));
}
