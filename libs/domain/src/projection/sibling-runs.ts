import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { CYCLE_SPAN, type HistoryEntry } from './job-cycles.js';
import { compareText } from './stamp.js';

/** Names the runs of `job` under `parentRun`. */
export function siblingKey(job: NodeId, parentRun: NodeId): string {
  return `${job}|${parentRun}`;
}

/** When a run started among those of its job under one parent run. */
export interface SiblingPlace {
  readonly job: NodeId;
  readonly parentRun: NodeId;
  readonly run: NodeId;
  readonly firstAt: Micros;
}

/** A run's place by its job's history; undefined without a parent run, and for what speaks in windows only. */
export function placeOf(job: NodeId, entries: readonly HistoryEntry[]): SiblingPlace | undefined {
  const entry = entries.find(({ window }) => window === '');
  if (entry === undefined || entry.parentRun === null) return undefined;
  return { job, parentRun: entry.parentRun, run: entry.run, firstAt: entry.firstAt };
}

/**
 * The runs of one job under one parent run in their cycles: greedy from the earliest start, whichever datasets they name
 * (rule 16).
 */
export class SiblingRuns {
  readonly #starts: Map<NodeId, Micros>;
  #cycles: readonly (readonly NodeId[])[] | undefined;
  #cycleOf = new Map<NodeId, ReadonlySet<NodeId>>();

  constructor(starts: Iterable<readonly [NodeId, Micros]> = []) {
    this.#starts = new Map(starts);
  }

  get starts(): ReadonlyMap<NodeId, Micros> {
    return this.#starts;
  }

  /** The run's cycle, the run included; the run alone where it is none of these. */
  cycleOf(run: NodeId): ReadonlySet<NodeId> {
    if (this.#cycleOf.size === 0) {
      for (const cycle of this.#grouped()) {
        const runs = new Set(cycle);
        for (const member of cycle) this.#cycleOf.set(member, runs);
      }
    }
    return this.#cycleOf.get(run) ?? new Set([run]);
  }

  /** Sets when a run started, null takes it out: the other runs whose companions are others from then on. */
  move(run: NodeId, firstAt: Micros | null): readonly NodeId[] {
    const before = this.#grouped();
    if (firstAt === null) this.#starts.delete(run);
    else this.#starts.set(run, firstAt);
    this.#cycles = undefined;
    this.#cycleOf = new Map();
    // The others keep their order: a cycle of them is told by where it begins and how many follow.
    const known = new Set(before.map((cycle) => rangeOf(cycle, run)));
    return this.#grouped().flatMap((cycle) =>
      known.has(rangeOf(cycle, run)) ? [] : cycle.filter((member) => member !== run),
    );
  }

  #grouped(): readonly (readonly NodeId[])[] {
    if (this.#cycles !== undefined) return this.#cycles;
    const cycles: { at: Micros; runs: NodeId[] }[] = [];
    for (const [run, at] of [...this.#starts].sort(([a, from], [b, to]) => from - to || compareText(a, b))) {
      const open = cycles.at(-1);
      if (open !== undefined && at - open.at <= CYCLE_SPAN) open.runs.push(run);
      else cycles.push({ at, runs: [run] });
    }
    return (this.#cycles = cycles.map(({ runs }) => runs));
  }
}

function rangeOf(cycle: readonly NodeId[], without: NodeId): string {
  const isIn = cycle.includes(without);
  return `${String(cycle.length - (isIn ? 1 : 0))}|${(cycle[0] === without ? cycle[1] : cycle[0]) ?? ''}`;
}

/**
 * Takes what became of a run into the groups. Answers with the runs whose cycle is another from then on, the run itself
 * among them, and the earliest start that moved; null where none did.
 */
export function regroup(
  groups: Map<string, SiblingRuns>,
  job: NodeId,
  change: { readonly before: readonly HistoryEntry[]; readonly after: readonly HistoryEntry[] },
): { readonly runs: ReadonlySet<NodeId>; readonly since: Micros } | null {
  const before = placeOf(job, change.before);
  const after = placeOf(job, change.after);
  if (before?.parentRun === after?.parentRun && before?.firstAt === after?.firstAt) return null;
  const places = [before, after].filter((place) => place !== undefined);
  const runs = new Set(places.map(({ run }) => run));
  for (const place of places) {
    const key = siblingKey(job, place.parentRun);
    const group = groups.get(key) ?? new SiblingRuns();
    groups.set(key, group);
    const firstAt = place.parentRun === after?.parentRun ? after.firstAt : null;
    for (const moved of group.move(place.run, firstAt)) runs.add(moved);
  }
  return { runs, since: Math.min(...places.map(({ firstAt }) => firstAt)) };
}
