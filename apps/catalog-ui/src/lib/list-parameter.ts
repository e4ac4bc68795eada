/** Several of a few known values under one name of the address, `?kind=RUN,JOB`; what is not known counts as absent. */
export function chosenOf<T extends string>(parameters: URLSearchParams, name: string, known: readonly T[]): T[] {
  const given = (parameters.get(name) ?? '').split(',');
  return known.filter((value) => given.includes(value));
}

/** A period of the address, `?from=…&to=…`; null where a bound is missing or no time. */
export function boundsOf(parameters: URLSearchParams): { readonly from: string | null; readonly to: string | null } {
  const bound = (name: string): string | null => {
    const text = parameters.get(name);
    return text === null || Number.isNaN(Date.parse(text)) ? null : text;
  };
  return { from: bound('from'), to: bound('to') };
}

// The API takes both ends of a period or none.
const EARLIEST = '1970-01-01T00:00:00Z';
const LATEST = '9999-12-31T00:00:00Z';

/** The same as the API takes it; null where no bound is given, or the period ends before it begins. */
export function periodOf(parameters: URLSearchParams): { readonly from: string; readonly to: string } | null {
  const { from, to } = boundsOf(parameters);
  if (from === null && to === null) return null;
  const period = { from: from ?? EARLIEST, to: to ?? LATEST };
  return Date.parse(period.from) < Date.parse(period.to) ? period : null;
}
