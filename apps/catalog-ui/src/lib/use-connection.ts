import type { CombinedError, TypedDocumentNode } from '@urql/core';
import { useCallback, useState } from 'react';
import { useClient, useQuery } from 'urql';

/** A page of a list as the API gives it (Relay connections). */
export interface ConnectionPage<E> {
  readonly edges: readonly E[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface Connection<E> {
  /** Every page so far in one; undefined until the first is there. */
  readonly edges: readonly E[] | undefined;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly error: CombinedError | undefined;
  readonly more: () => void;
  readonly retry: () => void;
  /** Begins anew with what is there now. */
  readonly reload: () => void;
}

interface Question<D, V extends object, E> {
  readonly query: TypedDocumentNode<D, V & { after: string | null }>;
  readonly variables: V;
  readonly pageOf: (data: D) => ConnectionPage<E> | null | undefined;
  /** The first page where it came with something else; without it, the first page is asked for. */
  readonly first?: ConnectionPage<E> | undefined;
}

interface Later<E> {
  readonly of: unknown;
  readonly pages: readonly ConnectionPage<E>[];
  readonly isLoading: boolean;
  readonly error: CombinedError | undefined;
}

const NONE: Later<never> = { of: undefined, pages: [], isLoading: false, error: undefined };

/** A list that is read on page by page; another first page begins it anew. */
export function useConnection<D, V extends object, E>({
  query,
  variables,
  pageOf,
  first,
}: Question<D, V, E>): Connection<E> {
  const client = useClient();
  const [answer, ask] = useQuery({
    query,
    variables: { ...variables, after: null },
    pause: first !== undefined,
    requestPolicy: 'cache-and-network',
  });
  const begun = first ?? (answer.data === undefined ? undefined : (pageOf(answer.data) ?? undefined));
  const [later, setLater] = useState<Later<E>>(NONE);
  const isCurrent = later.of === begun;
  // Dropped, not only passed over: a cached first page may come back as the same object, and without its later pages.
  if (!isCurrent && later !== NONE) setLater(NONE);
  const pages = begun === undefined ? [] : [begun, ...(isCurrent ? later.pages : [])];
  const last = pages.at(-1)?.pageInfo;
  const more = useCallback(() => {
    if (last?.endCursor == null) return;
    const before = isCurrent ? later.pages : [];
    setLater({ of: begun, pages: before, isLoading: true, error: undefined });
    void client
      .query(query, { ...variables, after: last.endCursor })
      .toPromise()
      .then(({ data, error }) => {
        const page = data === undefined ? undefined : pageOf(data);
        // An answer that comes after the list began anew is none of the list's.
        setLater((now) =>
          now.of === begun ? { of: begun, pages: page ? [...before, page] : before, isLoading: false, error } : now,
        );
      });
  }, [begun, client, isCurrent, last, later.pages, pageOf, query, variables]);
  return {
    edges: begun === undefined ? undefined : pages.flatMap(({ edges }) => edges),
    hasMore: last?.hasNextPage ?? false,
    isLoading: (first === undefined && answer.fetching) || (isCurrent && later.isLoading),
    error: (first === undefined ? answer.error : undefined) ?? (isCurrent ? later.error : undefined),
    more,
    reload: () => {
      ask({ requestPolicy: 'network-only' });
    },
    retry: () => {
      if (begun === undefined) ask({ requestPolicy: 'network-only' });
      else more();
    },
  };
}
