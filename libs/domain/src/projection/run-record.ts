import type { RunEventType } from '../events.js';
import type { StoredRunState } from '../catalog.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { compareWithinRun } from './stamp.js';
import type { EventStatements, LineageSlot, ParentStatement, Stamp } from './statements.js';

export interface Mark extends Stamp {
  readonly type: RunEventType | null;
}

/** What one producer said in one window of a run. */
export interface Part {
  reads: NodeId[];
  writes: NodeId[];
  /** slot -> the latest statement: its stamp and the hash of its body. */
  slots: Record<string, { stamp: Stamp; hash: string }>;
}

export interface RunWindow {
  firstAt: Micros;
  lastAt: Micros;
  /** COMPLETE_SNAPSHOT: counts as a complete run of its own. */
  snapshot: boolean;
  parts: Record<string, Part>;
}

/**
 * The statements about one run, merged so that order and repetition do not matter: sets grow, latest-wins registers are
 * ordered by stamp, and everything shown follows from them by {@link runStateOf} and its neighbors. Plain JSON. Without
 * marks (a placeholder) the times say nothing.
 */
export interface RunRecord {
  /** Every START and terminal event; of the others the first and the last of each type. Sorted by compareWithinRun. */
  marks: Mark[];
  firstAt: Micros;
  lastAt: Micros;
  perpetual: boolean;
  parent: { stamp: Stamp; value: ParentStatement } | null;
  nominal: { stamp: Stamp; startAt: Micros | null; endAt: Micros | null } | null;
  /** '' for what was said without an emission pattern. */
  windows: Record<string, RunWindow>;
  /** `${name}|${producerKey}` -> the facet that holds. */
  facets: Record<string, { stamp: Stamp; hash: string }>;
}

/** When a run reads. What reads all the time would overlap every writer, which says nothing: its start counts. */
export function readingSpan(record: RunRecord): { readonly firstAt: Micros; readonly lastAt: Micros } {
  return { firstAt: record.firstAt, lastAt: record.perpetual ? record.firstAt : record.lastAt };
}

export function newRunRecord(): RunRecord {
  return { marks: [], firstAt: 0, lastAt: 0, perpetual: false, parent: null, nominal: null, windows: {}, facets: {} };
}

/** Whether `stamp` replaces what holds; equal stamps are the same event. */
export function isLater(stamp: Stamp, held: { readonly stamp: Stamp } | null | undefined): boolean {
  return held === null || held === undefined || compareWithinRun(stamp, held.stamp) > 0;
}

const TERMINAL: ReadonlySet<RunEventType | null> = new Set(['COMPLETE', 'ABORT', 'FAIL']);

/** Merges one RunEvent's statements into its record. `hashOf` stores a slot's body and names it. */
export function mergeRun(record: RunRecord, event: EventStatements, hashOf: (slot: LineageSlot) => string): void {
  const { stamp } = event;
  const isFirst = record.marks.length === 0;
  addMark(record, { ...stamp, type: event.run?.type ?? null });
  record.firstAt = isFirst ? stamp.at : Math.min(record.firstAt, stamp.at);
  record.lastAt = isFirst ? stamp.at : Math.max(record.lastAt, stamp.at);
  if (event.nature?.perpetual === true) record.perpetual = true;
  const run = event.run;
  if (run?.parent != null && isLater(stamp, record.parent)) record.parent = { stamp, value: run.parent };
  if (run !== null && (run.nominalStartAt !== null || run.nominalEndAt !== null) && isLater(stamp, record.nominal)) {
    record.nominal = { stamp, startAt: run.nominalStartAt, endAt: run.nominalEndAt };
  }
  mergeWindow(record, event, hashOf);
}

function mergeWindow(record: RunRecord, event: EventStatements, hashOf: (slot: LineageSlot) => string): void {
  const key = windowKey(event);
  const { stamp } = event;
  const window = (record.windows[key] ??= { firstAt: stamp.at, lastAt: stamp.at, snapshot: false, parts: {} });
  window.firstAt = Math.min(window.firstAt, stamp.at);
  window.lastAt = Math.max(window.lastAt, stamp.at);
  if (key !== '' && event.nature?.completeSnapshot === true) window.snapshot = true;
  if (event.reads.length > 0 || event.writes.length > 0) {
    const part = partOf(window, event.producerKey);
    part.reads = union(part.reads, event.reads);
    part.writes = union(part.writes, event.writes);
  }
  // Who states the parent states the PARENT edge, also where it names no dataset.
  if (event.run?.parent != null) partOf(window, event.run.parent.producerKey);
  for (const slot of event.lineage) {
    const part = partOf(window, slot.producerKey);
    const held = part.slots[slot.slot];
    if (isLater(stamp, held)) part.slots[slot.slot] = { stamp, hash: hashOf(slot) };
  }
}

/** window = floor(eventTime / windowDuration) where periodic, else the event under COMPLETE_SNAPSHOT, else the run (rule 16). */
export function windowKey(event: Pick<EventStatements, 'nature' | 'stamp'>): string {
  const { nature, stamp } = event;
  if (nature?.windowed !== true) return '';
  if (nature.windowMicros !== null) return String(Math.floor(stamp.at / nature.windowMicros));
  return nature.completeSnapshot ? `${stamp.at}-${stamp.digest.slice(0, 8)}` : '';
}

function partOf(window: RunWindow, producerKey: string): Part {
  return (window.parts[producerKey] ??= { reads: [], writes: [], slots: {} });
}

function union(held: NodeId[], added: readonly NodeId[]): NodeId[] {
  const missing = added.filter((id) => !held.includes(id));
  return missing.length === 0 ? held : [...held, ...missing].sort();
}

function addMark(record: RunRecord, mark: Mark): void {
  if (record.marks.some((known) => known.digest === mark.digest && known.claimedAt === mark.claimedAt)) return;
  const marks = [...record.marks, mark].sort(compareWithinRun);
  const running = marks.filter((known) => known.type === 'RUNNING');
  const others = marks.filter((known) => known.type === 'OTHER' || known.type === null);
  const kept = new Set([running[0], running.at(-1), others[0], others.at(-1)]);
  record.marks = marks.filter((known) => known.type === 'START' || TERMINAL.has(known.type) || kept.has(known));
}

/** One attempt of a run: from a START to the terminal that counts. */
export interface Attempt {
  readonly state: StoredRunState;
  readonly startedAt: Micros | null;
  readonly endedAt: Micros | null;
  /** Effective times of its COMPLETE events: when it made versions (rule 27). */
  readonly completedAt: readonly Micros[];
}

/**
 * Rule 11: a START strictly later than a terminal opens a new attempt, if another START is at or before that terminal.
 * Within an attempt a terminal beats the rest, and FAIL beats ABORT beats COMPLETE.
 */
export function attemptsOf(record: RunRecord): readonly Attempt[] {
  const groups: Mark[][] = [[]];
  let terminalAt: Micros | null = null;
  let started = false;
  for (const mark of record.marks) {
    if (mark.type === 'START') {
      if (started && terminalAt !== null && mark.claimedAt > terminalAt) {
        groups.push([]);
        terminalAt = null;
      }
      started = true;
    } else if (TERMINAL.has(mark.type) && started) {
      terminalAt = Math.max(terminalAt ?? mark.claimedAt, mark.claimedAt);
    }
    groups.at(-1)?.push(mark);
  }
  return groups.map(attemptOf);
}

function attemptOf(marks: readonly Mark[]): Attempt {
  const has = (type: RunEventType): boolean => marks.some((mark) => mark.type === type);
  const state: StoredRunState = has('FAIL')
    ? 'FAILED'
    : has('ABORT')
      ? 'ABORTED'
      : has('COMPLETE')
        ? 'COMPLETED'
        : has('START') || has('RUNNING')
          ? 'RUNNING'
          : 'OTHER';
  const start = marks.find((mark) => mark.type === 'START');
  const deciding = state === 'FAILED' ? 'FAIL' : state === 'ABORTED' ? 'ABORT' : 'COMPLETE';
  const end = marks.filter((mark) => mark.type === deciding).at(-1);
  const completedAt = marks.filter((mark) => mark.type === 'COMPLETE').map((mark) => mark.at);
  return { state, startedAt: start?.at ?? null, endedAt: end?.at ?? null, completedAt };
}

/** The state is the last attempt's; the start is the first attempt's that has one. */
export function runStateOf(record: RunRecord): {
  readonly state: StoredRunState;
  readonly startedAt: Micros | null;
  readonly endedAt: Micros | null;
  readonly completedAt: readonly Micros[];
} {
  const attempts = attemptsOf(record);
  const last = attempts.at(-1);
  return {
    state: last?.state ?? 'OTHER',
    startedAt: last?.startedAt ?? null,
    endedAt: last?.endedAt ?? null,
    // Attempts follow the producer's clock, which may contradict the receipt.
    completedAt: attempts.flatMap((attempt) => attempt.completedAt).sort((a, b) => a - b),
  };
}
