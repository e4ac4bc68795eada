import type { NodeId } from '../identifiers.js';
import { upwards, type Placed } from './definition.js';

/** How many datasets and jobs there are, and how many of them somebody answers for, or are tagged. */
export interface Coverage {
  readonly assets: number;
  readonly owned: number;
  /** Those that have one of the tags asked for, on themselves or on one of their fields. */
  readonly tagged: number;
}

/** Of what is in one domain itself; null: of what is in none. */
export interface CoverageOfDomain extends Coverage {
  readonly domain: NodeId | null;
}

export const NO_COVERAGE: Coverage = { assets: 0, owned: 0, tagged: 0 };

export function sumOf(parts: readonly Coverage[]): Coverage {
  return parts.reduce(
    (sum, { assets, owned, tagged }) => ({
      assets: sum.assets + assets,
      owned: sum.owned + owned,
      tagged: sum.tagged + tagged,
    }),
    NO_COVERAGE,
  );
}

/**
 * Of every domain of a list with its parts, by id; last, where there is any, of what is in no domain. What is in a domain
 * that the list does not have counts as in none: the domain was removed or made a moment ago.
 */
export function coverageWithParts(
  rows: readonly CoverageOfDomain[],
  all: readonly Placed[],
): readonly CoverageOfDomain[] {
  const parents = new Map(all.map(({ id, body }) => [id, body.parent]));
  const within = new Map<NodeId | null, Coverage[]>(all.map(({ id }) => [id, []]));
  for (const row of rows) {
    const known = row.domain !== null && parents.has(row.domain) ? row.domain : null;
    const line = known === null ? [null] : upwards(known, (one) => parents.get(one));
    for (const id of line) within.set(id, [...(within.get(id) ?? []), row]);
  }
  const order = [...within].sort(([a], [b]) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  return order.map(([domain, parts]) => ({ domain, ...sumOf(parts) }));
}
