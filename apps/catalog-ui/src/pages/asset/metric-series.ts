import { groupBy } from '../../lib/group-by.js';

/** A measurement, as far as grouping looks at it. */
export interface Measured {
  readonly at: string;
  readonly column: string | null;
  readonly facet: string;
  readonly label: string | null;
  readonly name: string;
  readonly producer: string | null;
  readonly side: string;
  readonly value: number;
}

/** The same thing measured again and again. */
export interface MetricSeries<T extends Measured> {
  readonly key: string;
  readonly latest: T;
  /** The earliest first; at least one. */
  readonly points: readonly T[];
}

/**
 * Measurements of the same thing by the same producer, from the same side. Those of the whole dataset come first, then
 * by column and name.
 */
export function seriesOf<T extends Measured>(metrics: readonly T[]): readonly MetricSeries<T>[] {
  const groups = groupBy(metrics, ({ column, facet, name, label, side, producer }) =>
    JSON.stringify([column, name, label, facet, side, producer]),
  );
  return [...groups]
    .flatMap(([key, group]) => {
      const points = group.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
      const latest = points.at(-1);
      return latest === undefined ? [] : [{ key, points, latest }];
    })
    .toSorted(({ latest: a }, { latest: b }) => compare(a.column ?? '', b.column ?? '') || compare(a.name, b.name));
}

/**
 * Of the outcomes of one check, the earliest first, the last that each run told: a run says the same in several of its
 * events. Without a run, the last of each moment.
 */
export function oncePerRun<T extends { readonly at: string; readonly run: { readonly id: string } | null }>(
  points: readonly T[],
): readonly T[] {
  const last = new Map(points.map((point) => [point.run?.id ?? point.at, point]));
  return points.filter((point) => last.get(point.run?.id ?? point.at) === point);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** A value as people read it: bytes in the unit that fits, everything else with the unit as it was stated. */
export function shownValue(value: number, unit: string | null, language: string): string {
  if (unit === 'bytes') {
    const power = Math.max(0, Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
    return new Intl.NumberFormat(language, {
      style: 'unit',
      unit: BYTE_UNITS[power] ?? 'byte',
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumFractionDigits: power === 0 ? 0 : 1,
    }).format(value / 1_000 ** power);
  }
  const number = value.toLocaleString(language, { maximumFractionDigits: Math.abs(value) < 1 ? 6 : 3 });
  return unit === null ? number : `${number} ${unit}`;
}
