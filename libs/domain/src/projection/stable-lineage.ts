import type { NodeId } from '../identifiers.js';
import type { RunChange } from './apply-run.js';
import { PAIR_KEY, pairKey } from './deletions.js';
import type { NodeDocument, StableLineage } from './documents.js';
import type { Derived } from './edge-intervals.js';
import type { EdgeSet, EdgeSpec } from './edge-set.js';
import {
  compareEntries,
  CYCLE_SPAN,
  isSupersedable,
  latestRun,
  type Cycle,
  type HistoryEntry,
  type HistoryPlace,
} from './job-cycles.js';
import { isTwoSided, pairsOf, type DerivedPairs } from './pair-intervals.js';

const SIGNATURES_KEPT = 50;

/**
 * Whether the change only adds cycles that show what is open already, at a time from which that holds for every cycle,
 * takes no sighting or miss back, and cannot bring any edge or pair to K misses: then the derived rows stay as they are.
 * Spends of the misses that are left; false leaves the document as it is, and all has to be derived.
 */
export function takesAsRepetition(
  document: NodeDocument,
  change: RunChange,
  edgeSet: (contribution: string) => EdgeSet,
): boolean {
  const { stable } = document;
  if (stable === null || change.after.length < change.before.length) return false;
  let missesLeft = stable.missesLeft;
  for (const entry of change.after) {
    const before = change.before.find((held) => held.window === entry.window);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(entry)) continue;
    if (!isInTime(stable, entry, before)) return false;
    if (before !== undefined && !isExtensionOf(entry, before, edgeSet)) return false;
    const misses = missesOf(document, stable, entry, edgeSet);
    if (misses === null) return false;
    missesLeft -= misses;
  }
  if (missesLeft < 0) return false;
  stable.missesLeft = missesLeft;
  return true;
}

function isInTime(stable: StableLineage, entry: HistoryEntry, before: HistoryEntry | undefined): boolean {
  // At one moment runs have an order too: misses before the last cycle's sightings could end what those go on with.
  if (compareEntries(entry, stable.since) < 0) return false;
  // Another run behind one that silence does not end supersedes that one.
  if (stable.onlyRun !== null && entry.run !== stable.onlyRun) return false;
  if (isSupersedable(entry)) return false;
  // It would join a cycle that began before, and may not have shown all that is open now.
  if (entry.parentRun !== null && entry.window === '' && stable.parents.includes(entry.parentRun)) return false;
  if (before === undefined) return true;
  if (before.complete && !entry.complete) return false;
  if (compareEntries(before, stable.since) < 0) return false;
  return before.parentRun === entry.parentRun && before.perpetual === entry.perpetual;
}

/** Whether everything that was shown, and spoken of where it counts as missing, still is. */
function isExtensionOf(entry: HistoryEntry, before: HistoryEntry, edgeSet: (contribution: string) => EdgeSet): boolean {
  let hasExplicit = false;
  for (const [producer, held] of Object.entries(before.contributions)) {
    const now = entry.contributions[producer];
    if (now === undefined) return false;
    if (now === held) continue;
    const [old, grown] = [edgeSet(held), edgeSet(now)];
    for (const key of old.edges.keys()) if (!grown.edges.has(key)) return false;
    if (before.complete) for (const side of old.sides) if (!grown.sides.has(side)) return false;
    hasExplicit ||= old.explicit.size + grown.explicit.size > 0;
  }
  if (!hasExplicit) return true;
  const pairs = pairsOf(Object.values(entry.contributions).map(edgeSet));
  const held = pairsOf(Object.values(before.contributions).map(edgeSet));
  return [...held.keys()].every((pair) => pairs.has(pair));
}

/** How often the entry may miss an open edge or pair: 0 or 1; null where it shows one that is not open. */
function missesOf(
  document: NodeDocument,
  stable: StableLineage,
  entry: HistoryEntry,
  edgeSet: (contribution: string) => EdgeSet,
): number | null {
  const said = Object.entries(entry.contributions);
  const signature = said
    .map(([producer, contribution]) => `${producer} ${contribution}`)
    .sort()
    .join(' ');
  let misses = stable.seen[signature];
  if (misses === undefined) {
    const sets = said.map(([producer, contribution]) => [producer, edgeSet(contribution)] as const);
    if (
      !sets.every(([producer, set]) => areOpen(document, stable, producer, set)) ||
      !arePaired(document, stable, sets)
    ) {
      return null;
    }
    const shown = sets.reduce((sum, [, set]) => sum + set.edges.size, 0);
    const isAll = shown === stable.openEdges && sets.every(([, set]) => set.explicit.size === 0);
    misses = isAll && document.restriction === null ? 0 : 1;
    if (Object.keys(stable.seen).length < SIGNATURES_KEPT) stable.seen[signature] = misses;
  }
  return entry.complete ? misses : 0;
}

function areOpen(document: NodeDocument, stable: StableLineage, producer: string, set: EdgeSet): boolean {
  for (const edge of set.edges.keys()) {
    const key = `${edge}|OBSERVED|${producer}`;
    if (document.edges[key]?.open.at(-1)?.[2] !== null && stable.hidden[key] !== true) return false;
  }
  return true;
}

function arePaired(
  document: NodeDocument,
  stable: StableLineage,
  sets: readonly (readonly [producer: string, set: EdgeSet])[],
): boolean {
  const said = sets.map(([, set]) => set);
  if (!isTwoSided(said)) return true;
  // Else it would be the first statement of both sides.
  if (!stable.isTwoSided) return false;
  // Without a restriction the pairs are the product of the edges, once any run has named both sides.
  if (document.restriction === null) return true;
  return [...pairsOf(said).keys()].every((key) => {
    if (stable.hidden[pairKey(key)] === true) return true;
    const row = document.pairs[key]?.open.at(-1);
    // A pair that is declared from a later time on begins with the run.
    return row?.[2] === null && row[1] <= stable.since.firstAt;
  });
}

/** What the job's next cycles may repeat without any change; null where there is nothing yet. */
export function stableOf(
  history: readonly HistoryEntry[],
  cycles: readonly Cycle[],
  observed: ReadonlyMap<string, ReadonlyMap<string, Derived<EdgeSpec>>>,
  pairs: DerivedPairs,
  hidden: readonly string[],
  tolerance: number,
): StableLineage | null {
  const last = cycles.at(-1);
  const first = last?.entries[0];
  if (last === undefined || first === undefined) return null;
  const edges = [...observed.values()].flatMap((derived) => [...derived.values()]);
  // A DROP behind the last cycle: a run that completes that cycle may still end the edge at a miss before the DROP.
  if (edges.some(({ spans }) => (spans.at(-1)?.to ?? -Infinity) > last.at)) return null;
  const latest = history.some(isSupersedable) ? latestRun(history) : undefined;
  const parents = new Set<NodeId>();
  for (let index = cycles.length - 2; index >= 0; index -= 1) {
    const cycle = cycles[index];
    if (cycle === undefined || cycle.at < last.at - CYCLE_SPAN) break;
    for (const entry of cycle.entries) if (entry.parentRun !== null) parents.add(entry.parentRun);
  }
  const open = edges.filter(({ spans }) => isOpen(spans));
  // Which run started last must stay as it is where others are complete because of it.
  const since = placeOf(latest !== undefined && compareEntries(latest, first) > 0 ? latest : first);
  const isHeldSince = (key: string): boolean => {
    const pair = key.startsWith(PAIR_KEY) ? pairs.pairs.get(key.slice(PAIR_KEY.length)) : undefined;
    return pair === undefined || (pair.spans.at(-1)?.from ?? Infinity) <= since.firstAt;
  };
  const pending = open.reduce((most, { misses }) => Math.max(most, misses), pairs.pending);
  return {
    since,
    onlyRun: latest?.run ?? null,
    parents: [...parents].sort(),
    openEdges: open.length,
    isTwoSided: pairs.twoSidedFrom !== null && pairs.twoSidedFrom <= last.at,
    missesLeft: tolerance - 1 - pending,
    hidden: Object.fromEntries(hidden.filter(isHeldSince).map((key) => [key, true])),
    seen: {},
  };
}

function placeOf({ firstAt, run, window }: HistoryPlace): HistoryPlace {
  return { firstAt, run, window };
}

function isOpen(spans: Derived<EdgeSpec>['spans']): boolean {
  return spans.at(-1)?.to === null;
}
