import { useCallback, useMemo } from 'react';
import { navigate, useSearch } from 'wouter/use-browser-location';

export type SetSearchParameters = (
  next: URLSearchParams | ((before: URLSearchParams) => URLSearchParams),
  options?: { readonly replace?: boolean },
) => void;

/**
 * The parameters of the address as they stand. The router's own hook decodes the query string once before it is parsed,
 * which loses the percent-encoding that is part of a NodeId.
 */
export function useSearchParameters(): readonly [URLSearchParams, SetSearchParameters] {
  const search = useSearch();
  const parameters = useMemo(() => new URLSearchParams(search), [search]);
  const set = useCallback<SetSearchParameters>((next, options) => {
    const { pathname, search: now } = window.location;
    const query = (typeof next === 'function' ? next(new URLSearchParams(now)) : next).toString();
    navigate(query === '' ? pathname : `${pathname}?${query}`, options);
  }, []);
  return [parameters, set];
}
