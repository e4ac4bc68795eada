import { kindOf, type NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { Batch } from './batch.js';
import type { NodeDocument } from './documents.js';
import type { Derived, Span } from './edge-intervals.js';
import type { EdgeSpec } from './edge-set.js';
import type { DerivedPairs, Pair } from './pair-intervals.js';
import { withoutGaps } from './withdrawals.js';
import type { Assertion } from './write-lineage.js';

type Deletable = Pick<NodeDocument, 'deletions'>;

export function isDeleted({ deletions }: Deletable): boolean {
  return deletions.at(-1)?.to === null;
}

/** Since when the deletion that holds does; null where none holds. */
export function deletedByEditAt({ deletions }: Deletable): Micros | null {
  const last = deletions.at(-1);
  return last?.to === null ? last.from : null;
}

export function beginDeletion(document: Deletable, at: Micros): void {
  document.deletions = [...document.deletions, { from: at, to: null }];
}

/** Clocks of two processes may differ: a deletion never ends before it began, and one of no time at all is none. */
export function endDeletion(document: Deletable, at: Micros): void {
  const last = document.deletions.at(-1);
  if (last?.to !== null) return;
  const before = document.deletions.slice(0, -1);
  document.deletions = at > last.from ? [...before, { from: last.from, to: at }] : before;
}

/** Datasets and jobs at the ends of an edge, whose deletion by an edit hides it. */
export function endsOf({ from, to, datasets }: EdgeSpec): readonly NodeId[] {
  const isFromJob = kindOf(from) === 'JOB';
  if (kindOf(to) !== 'JOB') return isFromJob ? [...datasets, from] : datasets;
  return isFromJob ? [...datasets, from, to] : [...datasets, to];
}

/** What a subject's derived lineage is while something of it is deleted. */
export interface ShownLineage {
  readonly assertions: ReadonlyMap<string, Assertion>;
  readonly pairs: DerivedPairs['pairs'];
  /** Keys of what would be open, as in {@link StableLineage.hidden}. */
  readonly hidden: readonly string[];
}

/**
 * Rule 24: of what follows from events, nothing holds while the subject or something at its ends is deleted by an edit.
 * From the restoring edit on it holds again, where it still follows. `neighbors` are the ends of all of it, loaded.
 */
export function hideDeleted(
  batch: Batch,
  subject: NodeDocument,
  neighbors: readonly NodeId[],
  assertions: ReadonlyMap<string, Assertion>,
  pairs: DerivedPairs['pairs'],
): ShownLineage {
  const own = subject.deletions;
  const isAnyDeleted = own.length > 0 || neighbors.some((id) => (batch.nodes.get(id)?.deletions ?? []).length > 0);
  if (!isAnyDeleted) return { assertions, pairs, hidden: [] };
  const gapsAt = (ids: readonly NodeId[]): readonly Span[] => [
    ...own,
    ...ids.flatMap((id) => (id === subject.id ? [] : (batch.nodes.get(id)?.deletions ?? []))),
  ];
  const hidden: string[] = [];
  const shownAssertions = new Map<string, Assertion>();
  for (const [key, assertion] of assertions) {
    const spans = shownSpans(assertion.spans, gapsAt(endsOf(assertion.spec)));
    if (isOpen(assertion.spans) && !isOpen(spans)) hidden.push(key);
    if (spans.length > 0) shownAssertions.set(key, { ...assertion, spans });
  }
  const shownPairs = new Map<string, Derived<Pair>>();
  for (const [key, pair] of pairs) {
    const spans = shownSpans(pair.spans, gapsAt([pair.item.input, pair.item.output]));
    if (isOpen(pair.spans) && !isOpen(spans)) hidden.push(pairKey(key));
    if (spans.length > 0) shownPairs.set(key, { ...pair, spans });
  }
  return { assertions: shownAssertions, pairs: shownPairs, hidden: hidden.sort() };
}

/** What keys of pairs begin with among those of what is hidden. */
export const PAIR_KEY = 'PAIR|';

export function pairKey(pair: string): string {
  return `${PAIR_KEY}${pair}`;
}

function shownSpans(spans: readonly Span[], gaps: readonly Span[]): readonly Span[] {
  return gaps.length === 0 ? spans : withoutGaps(spans, gaps);
}

function isOpen(spans: readonly Span[]): boolean {
  return spans.at(-1)?.to === null;
}
