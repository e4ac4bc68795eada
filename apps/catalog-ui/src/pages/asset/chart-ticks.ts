interface ChartTicks {
  /** Where labels stand, as Unix times in ms: no two have the same label. */
  readonly ticks: readonly number[];
  readonly labelOf: (at: number) => string;
}

const MOST = 6;

/**
 * Labels under measurements over time, given the earliest first: days, with the year where there are several, or times
 * where all is of one day. The first of each label stands; of many, as many as fit, evenly apart.
 */
export function chartTicks(times: readonly number[], language: string): ChartTicks {
  const first = new Date(times[0] ?? 0);
  const last = new Date(times.at(-1) ?? 0);
  const isOneDay = first.toDateString() === last.toDateString();
  const format = new Intl.DateTimeFormat(
    language,
    isOneDay
      ? { hour: 'numeric', minute: '2-digit' }
      : {
          day: 'numeric',
          month: 'short',
          ...(first.getFullYear() !== last.getFullYear() && { year: 'numeric' as const }),
        },
  );
  const labelOf = (at: number): string => format.format(at);
  const distinct = times.filter((at, index) => index === 0 || labelOf(at) !== labelOf(times[index - 1] ?? at));
  const step = Math.ceil(distinct.length / MOST);
  return { ticks: distinct.filter((_, index) => index % step === 0), labelOf };
}
