import type { CombinedError } from '@urql/core';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { faultsByMember } from '../../access/refusal.js';
import { newKey } from '../../lib/new-key.js';
import { inputOfAgent, type AgentDraft, type Entered } from './agent-draft.js';
import { CHANGE_AGENT, CREATE_AGENT, REMOVE_AGENT, type AgentDone, type RefusedAgent } from './agents-query.js';

export type AgentWish =
  | { readonly do: 'create'; readonly agent: string; readonly draft: AgentDraft }
  | {
      readonly do: 'change';
      readonly agent: string;
      readonly changed: Partial<ReturnType<typeof inputOfAgent>>;
      readonly version: string;
    }
  | { readonly do: 'remove'; readonly agent: string; readonly version: string };

interface AgentEditState {
  readonly isBusy: boolean;
  readonly refusal: RefusedAgent | null;
  readonly error: CombinedError | null;
}

export interface AgentEdit extends AgentEditState {
  /** What is wrong with the input, by its members. */
  readonly faults: Readonly<Record<string, string>>;
  /** What somebody else entered meanwhile; null where nobody did. */
  readonly theirs: Entered | null;
  readonly send: (wish: AgentWish, reason: string) => void;
  readonly forget: () => void;
}

const NOTHING: AgentEditState = { isBusy: false, refusal: null, error: null };

/** Enters, changes or removes an agent, and tells what came of it. */
export function useAgentEdit(onDone: (id: string, isReadable: boolean) => void): AgentEdit {
  const client = useClient();
  const [state, setState] = useState(NOTHING);
  // After a failure nobody knows whether it was made: the same goes under the same key.
  const sent = useRef({ what: '', key: '' });
  const ask = async (wish: AgentWish, reason: string): Promise<{ done?: AgentDone; error?: CombinedError }> => {
    const what = JSON.stringify([wish, reason]);
    if (sent.current.what !== what) sent.current = { what, key: newKey() };
    const { agent } = wish;
    const head = { agent, reason: reason.trim() === '' ? null : reason.trim(), idempotencyKey: sent.current.key };
    const answerOf = ({
      data,
      error,
    }: {
      data?: { done: AgentDone } | undefined;
      error?: CombinedError | undefined;
    }) => ({
      ...(data === undefined ? {} : { done: data.done }),
      ...(error === undefined ? {} : { error }),
    });
    switch (wish.do) {
      case 'create':
        return answerOf(
          await client.mutation(CREATE_AGENT, { input: { ...head, ...inputOfAgent(wish.draft) } }).toPromise(),
        );
      case 'change':
        return answerOf(
          await client
            .mutation(CHANGE_AGENT, { input: { ...head, ...wish.changed, expectedVersion: wish.version } })
            .toPromise(),
        );
      case 'remove':
        return answerOf(
          await client.mutation(REMOVE_AGENT, { input: { ...head, expectedVersion: wish.version } }).toPromise(),
        );
    }
  };
  const { refusal } = state;
  const theirs = refusal?.reason === 'EDITED_MEANWHILE' ? (refusal.current?.entered ?? []) : [];
  return {
    ...state,
    faults: refusal === null ? {} : faultsByMember(refusal.faults),
    theirs: theirs.find(({ id }) => sent.current.what.includes(JSON.stringify(id))) ?? null,
    forget: () => {
      setState(NOTHING);
    },
    send: (wish, reason) => {
      setState({ ...NOTHING, isBusy: true });
      void ask(wish, reason).then(({ done, error }) => {
        if (done?.__typename === 'EditedAgent') {
          setState(NOTHING);
          onDone(done.id, done.isReadable);
        } else if (done !== undefined) {
          sent.current = { ...sent.current, key: newKey() };
          setState({ ...NOTHING, refusal: done });
        } else if (error !== undefined) setState({ ...NOTHING, error });
      });
    },
  };
}
