import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { useConnection } from '../../lib/use-connection.js';
import { useWhole } from '../../lib/use-whole.js';

const MADE = graphql(`
  query TokensMade($after: String) {
    accessEvents(first: 100, after: $after, filter: { types: [TOKEN_CREATED, TOKEN_ROTATED] }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          token
          name
        }
      }
    }
  }
`);

/** The latest sign-ins: of one caller, or of all. */
const SIGNED_IN = graphql(`
  query SignedIn($actor: ID, $first: Int!) {
    accessEvents(first: $first, filter: { actor: $actor, types: [SIGNED_IN] }) {
      edges {
        node {
          actor
          name
        }
      }
    }
  }
`);

type Made = readonly ResultOf<typeof MADE>['accessEvents']['edges'][number][];
type SignedIn = readonly ResultOf<typeof SIGNED_IN>['accessEvents']['edges'][number][];

const madePageOf = ({ accessEvents }: ResultOf<typeof MADE>) => accessEvents;
const ALL = {};
const READ_AT_MOST = 1_000;

export interface Caller {
  /** As `viewer.id`. */
  readonly id: string;
  readonly name: string;
}

/** Each caller once, by the latest name of it: tokens by what they were made as, people by what they signed in as. */
export function callersIn(made: Made, signedIn: SignedIn): readonly Caller[] {
  const found = new Map<string, Caller>();
  const add = (id: string | null, name: string | null): void => {
    if (id !== null && name !== null && !found.has(id)) found.set(id, { id, name });
  };
  for (const { node } of made) add(node.token === null ? null : `token:${node.token}`, node.name);
  for (const { node } of signedIn) add(node.actor, node.name);
  return [...found.values()];
}

/** Whom the audit can name; null until it has answered. */
export function useCallers(): readonly Caller[] | null {
  const { edges: made, error } = useWhole(
    useConnection({ query: MADE, variables: ALL, pageOf: madePageOf }),
    READ_AT_MOST,
  );
  const [signedIn] = useQuery({ query: SIGNED_IN, variables: { actor: null, first: 100 } });
  const isAnswered =
    (made !== undefined || error !== undefined) && (signedIn.data !== undefined || signedIn.error !== undefined);
  const count = made?.length ?? 0;
  return useMemo(
    () => (isAnswered ? callersIn(made ?? [], signedIn.data?.accessEvents.edges ?? []) : null),
    // The list is another in every pass, and differs where it grew or began anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [isAnswered, count, made?.[0], signedIn.data],
  );
}

/** The parts of a caller's id that people can read; null where it is of no known kind. */
export function callerParts(
  id: string,
):
  | { readonly kind: 'token'; readonly id: string }
  | { readonly kind: 'user'; readonly subject: string; readonly issuer: string }
  | { readonly kind: 'local'; readonly who: string }
  | null {
  const [, kind, rest] = /^(token|user|local):(.+)$/s.exec(id) ?? [];
  if (kind === undefined || rest === undefined) return null;
  if (kind === 'token') return { kind, id: rest };
  if (kind === 'local') return { kind, who: rest };
  const at = rest.lastIndexOf('#');
  const [issuer, subject] = [rest.slice(0, Math.max(at, 0)), rest.slice(at + 1)];
  return subject === '' ? null : { kind: 'user', subject, issuer };
}

const LOCALS = ['admin', 'anyone', 'cli', 'start'] as const;

/** The words for a caller that the audit has no name for. */
function useCallerWords(): (id: string) => string {
  const { t } = useTranslation('audit');
  return (id) => {
    const parts = callerParts(id);
    switch (parts?.kind) {
      case 'token':
        return t('caller.token', { id: parts.id });
      case 'user':
        return [parts.subject, parts.issuer].filter(Boolean).join(' · ');
      case 'local': {
        const who = LOCALS.find((known) => known === parts.who);
        return who === undefined ? id : t(`caller.${who}`);
      }
      default:
        return id;
    }
  };
}

/**
 * The name of a caller: as the latest of the audit have it, else as it signed in last, however long ago, else its id in
 * words.
 */
export function useCallerName(id: string | null, callers: readonly Caller[] | null): string {
  const words = useCallerWords();
  const known = callers?.find((caller) => caller.id === id)?.name;
  const canSignIn = id !== null && callerParts(id) !== null;
  const [{ data }] = useQuery({
    query: SIGNED_IN,
    variables: { actor: id, first: 1 },
    pause: !canSignIn || callers === null || known !== undefined,
  });
  if (id === null) return '';
  return known ?? data?.accessEvents.edges[0]?.node.name ?? words(id);
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
