interface Span {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Marks beyond this many would stand on each other. */
const MOST_MARKS = 60;

/** The moments until now at which something came or went, oldest first; of many, evenly spread ones with both ends. */
export function momentsOf(spans: readonly Span[], now: number): readonly number[] {
  const all = new Set<number>();
  for (const { validFrom, validTo } of spans) {
    all.add(Date.parse(validFrom));
    if (validTo !== null) all.add(Date.parse(validTo));
  }
  const moments = [...all].filter((moment) => moment <= now).sort((a, b) => a - b);
  if (moments.length <= MOST_MARKS) return moments;
  const step = (moments.length - 1) / (MOST_MARKS - 1);
  return Array.from({ length: MOST_MARKS }, (_, at) => moments[Math.round(at * step)] ?? now);
}

/** The moment next to another, before or after it; undefined where there is none. */
export function neighborOf(moments: readonly number[], at: number, direction: -1 | 1): number | undefined {
  return direction === 1 ? moments.find((moment) => moment > at) : moments.findLast((moment) => moment < at);
}
