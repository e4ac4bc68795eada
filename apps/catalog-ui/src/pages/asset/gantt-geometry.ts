/** What is known of when something ran. Times are ISO 8601. */
export interface Timed {
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly lastEventAt: string;
  readonly state: string;
}

/** A run with those that are part of it. */
export interface TimedTree<T extends Timed> {
  readonly run: T;
  readonly children: readonly TimedTree<T>[];
}

/** On the clock all share one axis of time; elapsed, each outermost run begins at the left. */
export type GanttMode = 'CLOCK' | 'ELAPSED';

/** A bar in fractions of the axis. */
export interface GanttRow<T extends Timed> {
  readonly run: T;
  readonly left: number;
  readonly width: number;
  /** Whether its end is not known: it runs still, or fell silent. */
  readonly isOpen: boolean;
  readonly children: readonly GanttRow<T>[];
}

export interface Gantt<T extends Timed> {
  readonly rows: readonly GanttRow<T>[];
  /** Places on the axis with their value: a Unix time in ms on the clock, else ms since the start. */
  readonly ticks: readonly { readonly left: number; readonly value: number }[];
  /** What lies between two ticks, in ms. */
  readonly stepMs: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 10, 100].map((step) => step),
  ...[1, 2, 5, 10, 15, 30].map((step) => step * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((step) => step * MINUTE),
  ...[1, 2, 3, 6, 12].map((step) => step * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((step) => step * DAY),
];
// More would run into each other where the axis is narrow.
const MAX_STEPS = 3.5;

/**
 * Where the bars of runs stand. A run without an end reaches to `now` while it runs and to its latest event where it is
 * silent; one without a start begins at its first known moment. Children that outlast their parent widen the axis.
 */
export function ganttOf<T extends Timed>(
  trees: readonly TimedTree<T>[],
  mode: GanttMode,
  now: number,
  zoneOffsetMs = 0,
): Gantt<T> {
  const spans = trees.map((tree) => spanOfTree(tree, now));
  const from = Math.min(...spans.map((span) => span.from));
  const length =
    mode === 'CLOCK'
      ? Math.max(...spans.map((span) => span.to)) - from
      : Math.max(...spans.map((span) => span.to - span.from));
  if (!Number.isFinite(length)) return { rows: [], ticks: [], stepMs: 0 };
  const axis = Math.max(length, 1);
  const { ticks, stepMs } = ticksOf(mode === 'CLOCK' ? { from, to: from + axis } : { from: 0, to: axis }, zoneOffsetMs);
  return {
    rows: trees.map((tree, index) => rowOf(tree, mode === 'CLOCK' ? from : (spans[index]?.from ?? from), axis, now)),
    ticks,
    stepMs,
  };
}

function rowOf<T extends Timed>(
  { run, children }: TimedTree<T>,
  origin: number,
  axis: number,
  now: number,
): GanttRow<T> {
  const { from, to } = spanOf(run, now);
  return {
    run,
    left: (from - origin) / axis,
    width: (to - from) / axis,
    isOpen: run.endedAt === null,
    children: children.map((child) => rowOf(child, origin, axis, now)),
  };
}

function spanOf({ startedAt, endedAt, lastEventAt, state }: Timed, now: number): Span {
  const last = Date.parse(lastEventAt);
  const end = endedAt === null ? (state === 'RUNNING' ? Math.max(now, last) : last) : Date.parse(endedAt);
  // Clocks of producers differ: an end before its start has no length.
  const start = startedAt === null ? Math.min(end, last) : Date.parse(startedAt);
  return { from: start, to: Math.max(start, end) };
}

function spanOfTree<T extends Timed>({ run, children }: TimedTree<T>, now: number): Span {
  const spans = [spanOf(run, now), ...children.map((child) => spanOfTree(child, now))];
  return { from: Math.min(...spans.map((span) => span.from)), to: Math.max(...spans.map((span) => span.to)) };
}

/** Round moments within a span, in the zone that is `zoneOffsetMs` ahead of UTC. */
export function ticksOf({ from, to }: Span, zoneOffsetMs = 0): Pick<Gantt<Timed>, 'ticks' | 'stepMs'> {
  const length = to - from;
  const stepMs = STEPS.find((step) => length / step <= MAX_STEPS) ?? Math.ceil(length / MAX_STEPS / DAY) * DAY;
  const ticks: { left: number; value: number }[] = [];
  const first = Math.ceil((from + zoneOffsetMs) / stepMs) * stepMs - zoneOffsetMs;
  for (let value = first; value <= to; value += stepMs) ticks.push({ left: (value - from) / length, value });
  return { ticks, stepMs };
}
