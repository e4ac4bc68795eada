import { useState } from 'react';

interface More<T> {
  readonly of: string;
  readonly after: string;
  readonly items: readonly T[];
}

/**
 * The pages of a list that were asked for so far. `of` says what the list is about: of another, it begins anew.
 */
export function usePagesOf<T>(of: string): {
  readonly after: string | null;
  readonly earlier: readonly T[];
  readonly showMore: (after: string, items: readonly T[]) => void;
  readonly startOver: () => void;
} {
  const [more, setMore] = useState<More<T> | null>(null);
  const page = more?.of === of ? more : null;
  return {
    after: page?.after ?? null,
    earlier: page?.items ?? [],
    showMore: (after, items) => {
      setMore({ of, after, items });
    },
    startOver: () => {
      setMore(null);
    },
  };
}

/** Earlier pages and the latest. While the next one is on its way the last may be there twice, and counts once. */
export function joined<T>(
  earlier: readonly T[],
  edges: readonly { readonly node: T }[],
  keyOf: (item: T) => string,
): readonly T[] {
  const known = new Set(earlier.map(keyOf));
  return [...earlier, ...edges.map(({ node }) => node).filter((item) => !known.has(keyOf(item)))];
}
