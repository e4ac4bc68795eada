import type { GlossaryTerm } from './glossary-query.js';

type Term = Pick<GlossaryTerm, 'id' | 'parent'>;

export interface TermBranch<T extends Term> {
  readonly term: T;
  readonly below: readonly TermBranch<T>[];
}

/**
 * Terms below one another, in the order of the list. One whose wider term is not in the list stands at the top, so that
 * nothing of the list is missing.
 */
export function treeOf<T extends Term>(terms: readonly T[]): readonly TermBranch<T>[] {
  const ids = new Set(terms.map(({ id }) => id));
  const below = new Map<string | null, T[]>();
  for (const term of terms) {
    const above = term.parent !== null && ids.has(term.parent.id) ? term.parent.id : null;
    below.set(above, [...(below.get(above) ?? []), term]);
  }
  const branches = (above: string | null): readonly TermBranch<T>[] =>
    (below.get(above) ?? []).map((term) => ({ term, below: branches(term.id) }));
  return branches(null);
}
