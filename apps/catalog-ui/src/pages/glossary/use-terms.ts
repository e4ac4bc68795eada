import type { CombinedError } from '@urql/core';
import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { GLOSSARY, type GlossaryTerm } from './glossary-query.js';

/** More would make a page that nobody reads: a search narrows it down. */
const MOST = 2_000;

interface Terms {
  readonly of: string;
  readonly terms: readonly GlossaryTerm[] | undefined;
  readonly isPart: boolean;
  readonly error: CombinedError | undefined;
}

/** All terms that a text finds as of a moment, read page by page; `isPart` where there are more than are shown. */
export function useTerms(text: string, asOf: string | null): Terms & { readonly reload: () => void } {
  const client = useClient();
  const [turn, setTurn] = useState(0);
  const of = JSON.stringify([text, asOf, turn]);
  const [found, setFound] = useState<Terms>({ of, terms: undefined, isPart: false, error: undefined });
  useEffect(() => {
    let isWanted = true;
    const read = async (): Promise<void> => {
      const terms: GlossaryTerm[] = [];
      let after: string | null = null;
      do {
        const variables: { text: string; asOf: string | null; after: string | null } = { text, asOf, after };
        const { data, error } = await client.query(GLOSSARY, variables, { requestPolicy: 'network-only' }).toPromise();
        if (!isWanted) return;
        if (data === undefined) {
          setFound((before) => ({ ...before, of, error }));
          return;
        }
        terms.push(...data.terms.edges.map(({ node }) => node));
        after = data.terms.pageInfo.hasNextPage ? data.terms.pageInfo.endCursor : null;
      } while (after !== null && terms.length < MOST);
      setFound({ of, terms, isPart: after !== null, error: undefined });
    };
    void read();
    return () => {
      isWanted = false;
    };
  }, [client, text, asOf, of]);
  const reload = useCallback(() => {
    setTurn((before) => before + 1);
  }, []);
  return { ...found, reload };
}
