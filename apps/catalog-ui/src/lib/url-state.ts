import { useCallback, useMemo } from 'react';
import { useSearchParameters } from './search-parameters.js';

export type UrlValues = Readonly<Record<string, string | null>>;

/**
 * State that lives in the query string, so that an address shows what its sender saw. Setting replaces the entry in the
 * browser's history unless `push` is asked for; null and empty remove a parameter.
 */
export function useUrlState(): readonly [URLSearchParams, (values: UrlValues, options?: { push?: boolean }) => void] {
  const [parameters, setParameters] = useSearchParameters();
  const set = useCallback(
    (values: UrlValues, options: { push?: boolean } = {}) => {
      setParameters(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values)) {
            if (value === null || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: options.push !== true },
      );
    },
    [setParameters],
  );
  return useMemo(() => [parameters, set], [parameters, set]);
}

/** Several values under one name, `?namespace=a&namespace=b`. */
export function valuesOf(parameters: URLSearchParams, name: string): readonly string[] {
  return parameters.getAll(name);
}
