import type { CombinedError } from '@urql/core';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import type { Refusal } from '../../access/refusal.js';
import { newKey } from '../../lib/new-key.js';
import { IMPORT_TERMS, type ImportedTerms } from './import-query.js';

export type ImportMode = 'ALL_OR_NONE' | 'GOOD_ROWS';

interface ImportState {
  readonly isBusy: boolean;
  /** What the file would make. */
  readonly plan: ImportedTerms | null;
  readonly refusal: Refusal | null;
  readonly error: CombinedError | null;
}

export interface TermImport extends ImportState {
  readonly preview: (csv: string, mode: ImportMode) => void;
  /** Makes what was looked at: the same file the same way. */
  readonly start: (reason: string) => void;
  readonly forget: () => void;
}

const NOTHING: ImportState = { isBusy: false, plan: null, refusal: null, error: null };

/** First what a file of terms would make, then making it; the same again after a failure goes under the same key. */
export function useImport(onDone: (done: ImportedTerms) => void): TermImport {
  const client = useClient();
  const [state, setState] = useState(NOTHING);
  const looked = useRef<{ readonly csv: string; readonly mode: ImportMode }>({ csv: '', mode: 'ALL_OR_NONE' });
  const key = useRef(newKey());
  const send = async (more: { isPreview: true } | { idempotencyKey: string; reason: string | null }): Promise<void> => {
    setState((before) => ({ ...before, isBusy: true, refusal: null, error: null }));
    const { data, error } = await client.mutation(IMPORT_TERMS, { input: { ...looked.current, ...more } }).toPromise();
    if (data === undefined) setState((before) => ({ ...before, isBusy: false, error: error ?? null }));
    else if (data.done.__typename === 'TermImportRefusal') setState({ ...NOTHING, refusal: data.done });
    else if ('isPreview' in more) setState({ ...NOTHING, plan: data.done });
    else {
      setState(NOTHING);
      onDone(data.done);
    }
  };
  return {
    ...state,
    preview: (csv, mode) => {
      looked.current = { csv, mode };
      key.current = newKey();
      void send({ isPreview: true });
    },
    start: (reason) => void send({ idempotencyKey: key.current, reason: reason.trim() === '' ? null : reason.trim() }),
    forget: () => {
      setState(NOTHING);
    },
  };
}
