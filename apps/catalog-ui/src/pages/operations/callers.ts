import { useMemo } from 'react';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';

/** Whom the audit can name: tokens by what they were made as, people by what they signed in as. */
export const CALLERS = graphql(`
  query Callers {
    made: accessEvents(first: 100, filter: { types: [TOKEN_CREATED, TOKEN_ROTATED] }) {
      edges {
        node {
          token
          name
        }
      }
    }
    signedIn: accessEvents(first: 100, filter: { types: [SIGNED_IN] }) {
      edges {
        node {
          actor
          name
        }
      }
    }
  }
`);

export interface Caller {
  /** As `viewer.id`. */
  readonly id: string;
  readonly name: string;
}

/** Each caller once, by the latest name of it. */
export function callersIn({ made, signedIn }: ResultOf<typeof CALLERS>): readonly Caller[] {
  const found = new Map<string, Caller>();
  const add = (id: string | null, name: string | null): void => {
    if (id !== null && name !== null && !found.has(id)) found.set(id, { id, name });
  };
  for (const { node } of made.edges) add(node.token === null ? null : `token:${node.token}`, node.name);
  for (const { node } of signedIn.edges) add(node.actor, node.name);
  return [...found.values()];
}

/** Whom the audit can name; null until it has answered. */
export function useCallers(): readonly Caller[] | null {
  const [{ data, error }] = useQuery({ query: CALLERS });
  return useMemo(() => (data === undefined ? (error === undefined ? null : []) : callersIn(data)), [data, error]);
}

const SHOWN = 8;

/** Those whose name or id has the text in it, the names that begin with it first. */
export function fitting<C extends Caller>(callers: readonly C[], text: string): readonly C[] {
  const wanted = text.toLowerCase();
  const begins = ({ name }: Caller): boolean => name.toLowerCase().startsWith(wanted);
  const fit = callers.filter(({ id, name }) => name.toLowerCase().includes(wanted) || id.includes(wanted));
  return [...fit.filter(begins), ...fit.filter((caller) => !begins(caller))].slice(0, SHOWN);
}

/** The text where it is an id as `viewer.id` has it. */
export const callerIdIn = (text: string): string | null => (/^(?:token|user|local):\S+$/.test(text) ? text : null);
