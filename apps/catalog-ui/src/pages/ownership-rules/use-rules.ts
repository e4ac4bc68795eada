import type { CombinedError } from '@urql/core';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { refusalIn, type Refusal } from '../../access/refusal.js';
import { newKey } from '../../lib/new-key.js';
import { PREVIEW, SET_RULES, type RuleList, type RulesPreview } from './rules-query.js';

interface RulesState {
  /** What the rules that were looked at would change, and they themselves; null: none were. */
  readonly preview: (RulesPreview & { readonly file: string }) | null;
  readonly refusal: Refusal | null;
  readonly error: CombinedError | null;
  /** The rules that somebody else set meanwhile. */
  readonly theirs: RuleList | null;
  readonly isBusy: boolean;
}

export interface RulesControl extends RulesState {
  readonly look: (file: string, skip: number) => void;
  readonly set: (file: string, reason: string, version: string) => void;
  readonly forget: () => void;
}

const NOTHING: RulesState = { preview: null, refusal: null, error: null, theirs: null, isBusy: false };

/** First what a file of rules would change, then setting it. */
export function useRules(
  onSet: (done: { readonly position: string; readonly isReadable: boolean }) => void,
): RulesControl {
  const client = useClient();
  const [state, setState] = useState(NOTHING);
  // After a failure nobody knows whether they were set: the same go under the same key.
  const sent = useRef({ what: '', key: '' });
  // An answer about rules that were changed meanwhile is none about these.
  const asked = useRef(0);
  const failed = (error: CombinedError | undefined): void => {
    if (error === undefined) throw new Error('the answer is empty');
    const refusal = refusalIn(error);
    setState((before) => ({ ...before, isBusy: false, refusal, error: refusal === null ? error : null }));
  };
  const busy = (): void => {
    setState((before) => ({ ...before, isBusy: true, refusal: null, error: null }));
  };
  return {
    ...state,
    forget: () => {
      asked.current++;
      setState(NOTHING);
    },
    look: (file, skip) => {
      const own = ++asked.current;
      busy();
      void client
        .query(PREVIEW, { input: { file }, skip }, { requestPolicy: 'network-only' })
        .toPromise()
        .then(({ data, error }) => {
          if (own !== asked.current) return;
          if (data) setState({ ...NOTHING, preview: { ...data.previewOwnershipRules, file } });
          else failed(error);
        });
    },
    set: (file, reason, version) => {
      busy();
      const input = { file, reason: reason.trim() === '' ? null : reason.trim(), expectedVersion: version };
      const what = JSON.stringify(input);
      if (sent.current.what !== what) sent.current = { what, key: newKey() };
      void client
        .mutation(SET_RULES, { input: { ...input, idempotencyKey: sent.current.key } })
        .toPromise()
        .then(({ data, error }) => {
          if (!data) failed(error);
          else if ('position' in data.done) {
            setState(NOTHING);
            onSet(data.done);
          } else if (data.done.reason === 'EDITED_MEANWHILE') setState({ ...NOTHING, theirs: data.done.current });
          else setState({ ...NOTHING, refusal: data.done });
        });
    },
  };
}
