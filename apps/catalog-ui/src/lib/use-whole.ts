import { useEffect } from 'react';
import type { Connection } from './use-connection.js';

/** A list that is read on by itself, page after page, to its end or to so many items. */
export function useWhole<E>(connection: Connection<E>, atMost: number): Connection<E> {
  const { edges, hasMore, isLoading, error, more } = connection;
  const readsOn = hasMore && !isLoading && error === undefined && (edges?.length ?? 0) < atMost;
  useEffect(() => {
    if (readsOn) more();
  }, [readsOn, more]);
  return connection;
}
