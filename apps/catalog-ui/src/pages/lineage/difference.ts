import type { Difference } from './explore.js';

/** Nodes and connections by id. */
interface Ids {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly id: string }[];
}

/** One question, answered as of the earlier moment, and what its answer has gained and lost since. */
export interface Compared {
  readonly before: Ids;
  readonly added: Ids;
  readonly lapsed: Ids;
}

/**
 * What the whole picture gained and lost. What one part gained may have been in another all along, and what one lost may
 * still be in another: neither is a difference.
 */
export function differenceOf(parts: readonly Compared[]): Difference {
  const sets = parts.map(({ before, added, lapsed }) => ({
    before: idsOf(before),
    added: idsOf(added),
    lapsed: idsOf(lapsed),
  }));
  const any = (of: 'added' | 'lapsed'): string[] => sets.flatMap((part) => [...part[of]]);
  const isKept = (id: string): boolean => sets.some(({ before, lapsed }) => before.has(id) && !lapsed.has(id));
  const isGained = (id: string): boolean => sets.some(({ added }) => added.has(id));
  return {
    added: new Set(any('added').filter((id) => !sets.some(({ before }) => before.has(id)))),
    lapsed: new Set(any('lapsed').filter((id) => !isKept(id) && !isGained(id))),
  };
}

function idsOf({ nodes, edges }: Ids): ReadonlySet<string> {
  return new Set([...nodes, ...edges].map(({ id }) => id));
}
