import type { NodeId } from '../identifiers.js';
import { withParts, type DataProductRow, type DomainRow } from './definition.js';
import type { OwnershipRule } from './ownership-rules.js';

/** What definitions of one moment may make an agent answer for, wherever nothing stronger names others. */
export interface OwnerReach {
  /** Globs of rules that name the agent, as in an OwnershipRule; all null fits everything. */
  readonly names: readonly Pick<OwnershipRule, 'namespace' | 'name' | 'path'>[];
  /** Tags of rules that ask for no name, as in an OwnershipRule. */
  readonly tags: readonly string[];
  /** Domains with their parts, and data products: of rules that ask for nothing else, or that the agent owns. */
  readonly places: readonly NodeId[];
}

/** Everything that rules, domains and data products make the agent, by any of its ids, answer for is within it. */
export function reachOf(
  agents: readonly NodeId[],
  rules: readonly OwnershipRule[],
  domains: readonly DomainRow[],
  products: readonly DataProductRow[],
): OwnerReach {
  const isOwned = ({ body }: DomainRow | DataProductRow): boolean =>
    body.owners.some((owner) => agents.includes(owner.agent));
  const named = rules.filter(({ owners }) => owners.some((owner) => agents.includes(owner.agent)));
  const { names, tags, places } = reachOfRules(named, domains);
  const owned = withParts(
    domains.filter(isOwned).map(({ id }) => id),
    domains,
  );
  return {
    ...{ names, tags },
    places: [...new Set([...places, ...owned]), ...products.filter(isOwned).map(({ id }) => id)],
  };
}

/** Whatever any of the rules fits is within it. */
export function reachOfRules(rules: readonly OwnershipRule[], domains: readonly DomainRow[]): OwnerReach {
  const isNameless = ({ namespace, name, path }: OwnershipRule): boolean =>
    namespace === null && name === null && path === null;
  const byTag = rules.filter((rule) => isNameless(rule) && rule.tag !== null);
  const byDomain = rules.filter((rule) => isNameless(rule) && rule.tag === null && rule.domain !== null);
  return {
    names: rules
      .filter((rule) => !byTag.includes(rule) && !byDomain.includes(rule))
      .map(({ namespace, name, path }) => ({ namespace, name, path })),
    tags: byTag.flatMap(({ tag }) => tag ?? []),
    places: withParts(
      byDomain.flatMap(({ domain }) => domain ?? []),
      domains,
    ),
  };
}
