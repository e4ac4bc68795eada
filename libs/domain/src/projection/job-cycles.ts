import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { MICROS_PER_HOUR } from '../time.js';
import { compareText } from './stamp.js';

/** Runs under one parent run that start within this of the first are one cycle (rule 16). */
export const CYCLE_SPAN = 24 * MICROS_PER_HOUR;

/** One run, or one window of a run with an emission pattern, as the history of its job keeps it. */
export interface HistoryEntry {
  readonly run: NodeId;
  /** '' for a run without windows. */
  readonly window: string;
  readonly firstAt: Micros;
  readonly parentRun: NodeId | null;
  /** In state COMPLETED, or a COMPLETE_SNAPSHOT window. */
  readonly complete: boolean;
  /** Silence never ends it; superseded by a later run it counts as complete. */
  readonly perpetual: boolean;
  /** Contribution hash for each producerKey. */
  readonly contributions: Readonly<Record<string, string>>;
}

/** One turn of a job: the runs that count as one. `at` is its first run's first effective time. */
export interface Cycle {
  readonly at: Micros;
  readonly entries: readonly HistoryEntry[];
}

/** Where an entry stands in its job's history. */
export type HistoryPlace = Pick<HistoryEntry, 'firstAt' | 'run' | 'window'>;

export function compareEntries(a: HistoryPlace, b: HistoryPlace): number {
  return a.firstAt - b.firstAt || compareText(a.run, b.run) || compareText(a.window, b.window);
}

/** Whether a later run would make the entry count as complete. */
export function isSupersedable(entry: HistoryEntry): boolean {
  return entry.perpetual && !entry.complete;
}

/** The first entry of the run that started last. Earlier runs may still emit windows behind it. */
export function latestRun(sorted: readonly HistoryEntry[]): HistoryPlace | undefined {
  const started = new Map<NodeId, HistoryEntry>();
  for (const entry of sorted) if (!started.has(entry.run)) started.set(entry.run, entry);
  return [...started.values()].at(-1);
}

/** Groups entries, sorted by {@link compareEntries}, into cycles: greedy from the earliest start. */
export function cyclesOf(sorted: readonly HistoryEntry[]): readonly Cycle[] {
  const cycles: { at: Micros; entries: HistoryEntry[] }[] = [];
  const open = new Map<NodeId, { at: Micros; entries: HistoryEntry[] }>();
  const latest = sorted.some(isSupersedable) ? latestRun(sorted)?.run : undefined;
  for (const sent of sorted) {
    const entry = isSupersedable(sent) && sent.run !== latest ? { ...sent, complete: true } : sent;
    const group = entry.parentRun === null ? undefined : open.get(entry.parentRun);
    if (group !== undefined && entry.firstAt - group.at <= CYCLE_SPAN && entry.window === '') {
      group.entries.push(entry);
      continue;
    }
    const cycle = { at: entry.firstAt, entries: [entry] };
    cycles.push(cycle);
    if (entry.parentRun !== null && entry.window === '') open.set(entry.parentRun, cycle);
  }
  return cycles;
}
