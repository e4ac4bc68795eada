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
