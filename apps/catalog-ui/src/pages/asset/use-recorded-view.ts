import { useEffect } from 'react';
import { useClient, type Client } from 'urql';
import { graphql } from '../../graphql/tada.js';

const RECORD_VIEWS = graphql(`
  mutation RecordViews($ids: [ID!]!) {
    recordViews(ids: $ids) {
      recorded
    }
  }
`);

/** Whoever leafs through pages sends one request for some of them. */
const WAIT_MS = 1_500;
const MOST_AT_ONCE = 50;

const waiting = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Sends what waits. A view that is lost with the connection is nothing to tell anybody of. */
function flush(client: Client): void {
  clearTimeout(timer);
  timer = undefined;
  const ids = [...waiting].slice(0, MOST_AT_ONCE);
  waiting.clear();
  if (ids.length > 0) void client.mutation(RECORD_VIEWS, { ids }).toPromise();
}

/** Says that one looked at a dataset or a job, a moment after its page is there; null: at nothing of these. */
export function useRecordedView(id: string | null): void {
  const client = useClient();
  useEffect(() => {
    if (id === null) return;
    waiting.add(id);
    timer ??= setTimeout(() => {
      flush(client);
    }, WAIT_MS);
    const leave = (): void => {
      flush(client);
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
    };
  }, [client, id]);
}
