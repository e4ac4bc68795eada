import type { Choice } from './choice.js';

/** A dataset that a definition is to have, or to have no more: an edit of the dataset. */
export interface Link {
  readonly do: 'add' | 'remove';
  readonly dataset: Choice;
}

/** What leads from the datasets there were to those there are to be. */
export function linksBetween(before: readonly Choice[], after: readonly Choice[]): readonly Link[] {
  const has = (all: readonly Choice[], { id }: Choice): boolean => all.some((one) => one.id === id);
  return [
    ...before.filter((one) => !has(after, one)).map((dataset) => ({ do: 'remove' as const, dataset })),
    ...after.filter((one) => !has(before, one)).map((dataset) => ({ do: 'add' as const, dataset })),
  ];
}
