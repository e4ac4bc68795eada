import type { CombinedError } from '@urql/core';
import { useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { faultsByMember } from '../../access/refusal-words.js';
import { newKey } from '../../lib/new-key.js';
import type { RefusedDefine } from './define-query.js';
import type { DefinitionKind } from './draft.js';
import { sendDefine, type SentWish, type Wish } from './send-define.js';
import { sendLinks, type LinkOutcome } from './send-links.js';

export type DefineState =
  | { readonly phase: 'OPEN' }
  | { readonly phase: 'SAVING'; readonly sent: SentWish }
  | { readonly phase: 'REFUSED'; readonly sent: SentWish; readonly refusal: RefusedDefine }
  | { readonly phase: 'CONFLICT'; readonly sent: SentWish; readonly refusal: RefusedDefine; readonly current: Current }
  | {
      readonly phase: 'PARTLY';
      readonly sent: SentWish;
      readonly defined: Defined;
      readonly outcomes: readonly LinkOutcome[];
    }
  | { readonly phase: 'FAILED'; readonly sent: SentWish; readonly error: CombinedError };

export type Current = NonNullable<RefusedDefine['current']>;

/** What was made, and whether it can be read already. */
export interface Defined {
  readonly id: string;
  readonly isReadable: boolean;
}

export interface DefineControl {
  readonly state: DefineState;
  /** What is wrong with the input, by its members. */
  readonly faults: Readonly<Record<string, ReactNode>>;
  readonly save: (wish: Wish, reason: string, version: string | null) => void;
  readonly saveOnTop: () => void;
  /** Sends the links again that are not made. */
  readonly retryLinks: () => void;
  /** Leaves it with the links that are made. */
  readonly settle: () => void;
}

/** One wish at a time: sent, refused with what to do, or put beside what others entered meanwhile. */
export function useDefine(kind: DefinitionKind, onDone: (defined: Defined) => void): DefineControl {
  const client = useClient();
  const [state, setState] = useState<DefineState>({ phase: 'OPEN' });
  const link = async (sent: SentWish, defined: Defined): Promise<void> => {
    const { kind: of, wish, reason, key } = sent;
    const links = wish.do === 'remove' ? [] : wish.links;
    const outcomes = await sendLinks(client, { kind: of, id: defined.id, reason, key }, links);
    if (!outcomes.every(({ is }) => is === 'MADE')) {
      setState({ phase: 'PARTLY', sent, defined, outcomes });
      return;
    }
    setState({ phase: 'OPEN' });
    const isReadable = defined.isReadable && outcomes.every((one) => one.is === 'MADE' && one.isReadable);
    onDone({ ...defined, isReadable });
  };
  const send = async (sent: SentWish): Promise<void> => {
    setState({ phase: 'SAVING', sent });
    if (sent.wish.do === 'change' && sent.wish.members.every((member) => member === 'datasets')) {
      await link(sent, { id: sent.wish.id, isReadable: true });
      return;
    }
    const answer = await sendDefine(client, sent);
    if ('error' in answer) {
      setState({ phase: 'FAILED', sent, error: answer.error });
      return;
    }
    const { done } = answer;
    if ('position' in done) {
      await link(sent, done);
    } else if (done.reason === 'EDITED_MEANWHILE' && done.current !== null)
      setState({ phase: 'CONFLICT', sent, refusal: done, current: done.current });
    else setState({ phase: 'REFUSED', sent, refusal: done });
  };
  return {
    state,
    faults: state.phase === 'REFUSED' ? faultsByMember(state.refusal.faults) : {},
    save: (wish, reason, version) => {
      const next = { kind, wish, reason: reason.trim(), version };
      // After a failure nobody knows whether it was made: the same goes under the same key.
      const failed = state.phase === 'FAILED' ? state.sent : null;
      const isSame = JSON.stringify({ ...failed, key: '' }) === JSON.stringify({ ...next, key: '' });
      void send({ ...next, key: failed !== null && isSame ? failed.key : newKey() });
    },
    saveOnTop: () => {
      if (state.phase === 'CONFLICT') void send({ ...state.sent, version: state.current.editVersion, key: newKey() });
    },
    retryLinks: () => {
      if (state.phase !== 'PARTLY') return;
      const { sent, defined } = state;
      setState({ phase: 'SAVING', sent });
      void link(sent, defined);
    },
    settle: () => {
      if (state.phase !== 'PARTLY') return;
      setState({ phase: 'OPEN' });
      onDone(state.defined);
    },
  };
}
