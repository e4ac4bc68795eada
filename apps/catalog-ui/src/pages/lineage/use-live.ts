import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../../graphql/tada.js';
import type { View } from './address.js';

const CHANGED = graphql(`
  subscription LineageChanged($root: ID!, $direction: LineageDirection, $depth: Int) {
    lineageChanged(root: $root, direction: $direction, depth: $depth) {
      recordedAt
      added {
        nodes {
          id
        }
        edges {
          id
        }
      }
      lapsed {
        nodes {
          id
        }
        edges {
          id
        }
      }
    }
  }
`);
const SETTLE_MS = 400;

export interface LiveChange {
  readonly at: string;
  readonly added: number;
  readonly lapsed: number;
}

/** Watches the lineage of the root and tells, once a burst of events is over, what it came to; never for a past moment. */
export function useLive({ root, direction, depth, asOf }: View, onChange: () => void): LiveChange | null {
  const client = useClient();
  const [change, setChange] = useState<LiveChange | null>(null);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (asOf !== null || root === '') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let sum = { at: '', added: 0, lapsed: 0 };
    const watch = client.subscription(CHANGED, { root, direction, depth }).subscribe(({ data }) => {
      if (data === undefined) return;
      const { added, lapsed, recordedAt } = data.lineageChanged;
      sum = {
        at: recordedAt,
        added: sum.added + added.nodes.length + added.edges.length,
        lapsed: sum.lapsed + lapsed.nodes.length + lapsed.edges.length,
      };
      clearTimeout(timer);
      timer = setTimeout(() => {
        setChange(sum);
        sum = { at: '', added: 0, lapsed: 0 };
        latest.current();
      }, SETTLE_MS);
    });
    return () => {
      clearTimeout(timer);
      watch.unsubscribe();
    };
  }, [client, root, direction, depth, asOf]);
  return change;
}
