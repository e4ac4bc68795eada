import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useState } from 'react';
import { useClient } from 'urql';
import type { Refusal } from '../../access/refusal.js';
import type { ResultOf } from '../../graphql/tada.js';
import type { SAVE_SEARCH } from './saved-query.js';

type Done = ResultOf<typeof SAVE_SEARCH>;

/** Why nothing was changed; null where the server gave no answer. */
export interface SavedProblem {
  readonly refusal: Refusal | null;
}

export interface Saving {
  readonly isBusy: boolean;
  readonly problem: SavedProblem | null;
  /** The id of what was changed; null where nothing was, which `problem` tells. */
  readonly send: <V extends AnyVariables>(document: TypedDocumentNode<Done, V>, variables: V) => Promise<string | null>;
  readonly forget: () => void;
}

/** Changes saved searches, one at a time. */
export function useSaved(): Saving {
  const client = useClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<SavedProblem | null>(null);
  return {
    isBusy,
    problem,
    forget: () => {
      setProblem(null);
    },
    send: async (document, variables) => {
      setBusy(true);
      setProblem(null);
      const { data } = await client.mutation(document, variables).toPromise();
      setBusy(false);
      if (data?.done.__typename === 'SavedSearchChanged') return data.done.id;
      setProblem({ refusal: data?.done ?? null });
      return null;
    },
  };
}
