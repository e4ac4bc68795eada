import type { RunChange } from './apply-run.js';
import type { StableLineage } from './documents.js';
import type { Derived } from './edge-intervals.js';
import type { EdgeSpec } from './edge-set.js';
import { CYCLE_SPAN, type Cycle, type HistoryEntry } from './job-cycles.js';

/**
 * Whether the change adds cycles that show only edges which are open already and miss none, at a time from which that
 * holds for every cycle, and takes no sighting or miss back: then the derived rows stay as they are.
 */
export function isRepetition(stable: StableLineage, change: RunChange): boolean {
  return (
    change.after.length >= change.before.length &&
    change.after.every((entry) =>
      repeats(
        stable,
        entry,
        change.before.find((held) => held.window === entry.window),
      ),
    )
  );
}

function repeats(stable: StableLineage, entry: HistoryEntry, before: HistoryEntry | undefined): boolean {
  if (entry.firstAt < stable.since || entry.perpetual) return false;
  // It would join a cycle that began before, and may not have shown all that is open now.
  if (entry.parentRun !== null && stable.parents.includes(entry.parentRun)) return false;
  if (before !== undefined && (before.parentRun !== entry.parentRun || before.firstAt < stable.since)) return false;
  if (before?.complete === true && !entry.complete) return false;
  // Pairs are told by all producers together: who is missing from a complete run misses them.
  if (entry.complete && Object.keys(stable.full).some((producer) => entry.contributions[producer] === undefined))
    return false;
  return Object.entries(entry.contributions).every(([producer, contribution]) => {
    if (stable.full[producer]?.includes(contribution) === true) return true;
    const held = before?.contributions[producer];
    if (entry.complete || (held !== undefined && held !== contribution)) return false;
    return stable.partial[producer]?.includes(contribution) === true;
  });
}

/**
 * What the job's next cycles may repeat without any change: contributions that name every open edge of their producer
 * (full), and parts of them. None while pairs are restricted or runs supersede each other.
 */
export function stableOf(
  cycles: readonly Cycle[],
  observed: ReadonlyMap<string, ReadonlyMap<string, Derived<EdgeSpec>>>,
  isRestricted: boolean,
  edgeSet: (contribution: string) => { readonly edges: ReadonlyMap<string, EdgeSpec> },
  tolerance: number,
): StableLineage | null {
  const last = cycles.at(-1);
  if (last === undefined || isRestricted || last.entries.some((entry) => entry.perpetual)) return null;
  const earlier = cycles.slice(0, -1).filter((cycle) => cycle.at >= last.at - CYCLE_SPAN);
  const parents = new Set(earlier.flatMap((cycle) => cycle.entries.flatMap((entry) => entry.parentRun ?? [])));
  const stable: StableLineage = { since: last.at, parents: [...parents].sort(), full: {}, partial: {} };
  const recent = cycles.slice(-tolerance).flatMap((cycle) => cycle.entries);
  for (const [producerKey, derived] of observed) {
    const open = new Set([...derived].filter(([, { spans }]) => spans.at(-1)?.to === null).map(([key]) => key));
    const full: string[] = [];
    const partial: string[] = [];
    for (const contribution of new Set(recent.flatMap((entry) => entry.contributions[producerKey] ?? []))) {
      const { edges } = edgeSet(contribution);
      if ([...edges.keys()].some((key) => !open.has(key))) continue;
      (edges.size === open.size ? full : partial).push(contribution);
    }
    stable.full[producerKey] = full;
    stable.partial[producerKey] = partial;
  }
  return stable;
}
