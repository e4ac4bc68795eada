import type { Expansion, View } from './address.js';
import type { Part } from './graph/model.js';
import type { Lineage, LineageVariables } from './queries.js';

/** So many nodes come first, more than a window shows to be read; the rest follows in larger answers. */
export const FIRST_NODES = 100;
export const NEXT_NODES = 1_000;
/** More than this is not loaded unasked. */
export const MOST_NODES = 5_000;

/** Something the server is asked, and the key that its answer is kept by. */
export interface Question {
  readonly key: string;
  readonly variables: LineageVariables;
}

export function questionsOf(view: View): readonly [Question, ...Question[]] {
  const { root, granularity, direction, depth, asOf, isLogical } = view;
  return [
    question({ root, granularity, direction, depth, asOf, ...logical(isLogical) }),
    ...view.expanded.map((expansion) => questionOf(expansion, view)),
  ];
}

function questionOf({ id, side, isWhole }: Expansion, { granularity, asOf, isLogical }: View): Question {
  const depth = isWhole ? 100 : 1;
  return question({ root: id, granularity, direction: side, depth, asOf, ...logical(isLogical) });
}

/** Named where it is asked for alone, so that the same question has one key. */
function logical(isLogical: boolean): Pick<LineageVariables, 'logical'> {
  return isLogical ? { logical: true } : {};
}

function question(variables: LineageVariables): Question {
  return { key: JSON.stringify(variables), variables };
}

/** The pages of one answer as they came, the first first. */
export type Pages = readonly Lineage[];

/** Where a page's answer goes on. At the depth asked for there is a cursor too, for whoever asks deeper. */
export function restAfter(page: PageEnd | undefined): string | null {
  return page === undefined || page.truncatedBecause === 'DEPTH' ? null : page.endCursor;
}

interface PageEnd {
  readonly endCursor: string | null;
  readonly truncatedBecause: string | null;
}

/** Where an answer goes on; null where it is whole or as large as is loaded unasked. */
export function cursorAfter(pages: Pages, most: number): string | null {
  const loaded = pages.reduce((sum, { nodes }) => sum + nodes.length, 0);
  // A page that brought nothing, for want of time, would be followed by more of them.
  return loaded >= most || pages.at(-1)?.edges.length === 0 ? null : restAfter(pages.at(-1));
}

/** What an answer adds to the known graph. Later pages know what lies beyond their own nodes only. */
export function partOf(pages: Pages): Part {
  return { nodes: pages.flatMap(({ nodes }) => nodes), edges: pages.flatMap(({ edges }) => edges) };
}

/** The nodes an exploration starts at: the root, or the fields, versions or runs that stand for it. */
export function seedsOf(pages: Pages): readonly string[] {
  return pages.flatMap(({ nodes }) => nodes.filter(({ depth }) => depth === 0).map(({ id }) => id));
}
