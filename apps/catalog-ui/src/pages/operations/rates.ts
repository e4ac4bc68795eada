/** The end of the log at a moment, as a poll found it. */
export interface Sample {
  /** Milliseconds since the epoch, by the viewer's clock. */
  readonly at: number;
  /** `<log id>.<number>`; the number grows with every entry. */
  readonly position: string;
}

/** How fast the log grew until a moment. */
export interface Rate {
  readonly at: number;
  readonly perSecond: number;
}

const KEPT = 100;

const logOf = (position: string): string => position.slice(0, position.lastIndexOf('.'));
const numberOf = (position: string): number => Number(position.slice(position.lastIndexOf('.') + 1));

/** One more sample, of at most 100. Another log, or one that was put back, begins anew. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last === undefined) return [sample];
  if (logOf(last.position) !== logOf(sample.position)) return [sample];
  if (numberOf(sample.position) < numberOf(last.position)) return [sample];
  if (sample.at <= last.at) return samples;
  return [...samples, sample].slice(-KEPT);
}

/** Entries per second between each two neighbors. */
export function ratesOf(samples: readonly Sample[]): readonly Rate[] {
  return samples.slice(1).flatMap((sample, index) => {
    const before = samples[index];
    return before === undefined ? [] : [{ at: sample.at, perSecond: between(before, sample) }];
  });
}

/** Entries per second over all samples; null until there are two. */
export function averageRate(samples: readonly Sample[]): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  return first === undefined || last === undefined || first === last ? null : between(first, last);
}

/** How many entries came since the first sample. */
export function gained(samples: readonly Sample[]): number {
  const [first] = samples;
  const last = samples.at(-1);
  return first === undefined || last === undefined ? 0 : numberOf(last.position) - numberOf(first.position);
}

function between(before: Sample, after: Sample): number {
  return ((numberOf(after.position) - numberOf(before.position)) * 1_000) / (after.at - before.at);
}
