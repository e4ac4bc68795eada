import type { CombinedError } from '@urql/core';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import type { Fault, Refusal } from '../../access/refusal.js';
import { newKey } from '../../lib/new-key.js';
import { isSeen } from '../asset/edit/edit-state.js';
import { SETTLE, type SettleVerb, type TagSuggestion } from './suggestions-query.js';

/** What the API settles at once. */
export const MOST_AT_ONCE = 100;

export const keyOf = ({ field, tag }: TagSuggestion): string => `${field.id} ${tag.name}`;

export type SettleOutcome =
  | { readonly phase: 'NONE' | 'SAVING' }
  | { readonly phase: 'DONE'; readonly verb: SettleVerb; readonly made: number; readonly refused: number }
  | { readonly phase: 'REFUSED'; readonly refusal: Refusal; readonly why: Fault | null }
  | { readonly phase: 'FAILED'; readonly error: CombinedError; readonly again: () => void };

export interface Settling {
  readonly outcome: SettleOutcome;
  /** What is out of the list already: it is being settled, or is. */
  readonly gone: ReadonlySet<string>;
  /** Why one is back in the list, by its key. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly settle: (verb: SettleVerb, chosen: readonly TagSuggestion[], reason: string) => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Settles suggestions, up to {@link MOST_AT_ONCE} at once: they leave the list at once, and what is refused comes back. */
export function useSettle(onDone: (refused: ReadonlySet<string>) => void): Settling {
  const client = useClient();
  const [outcome, setOutcome] = useState<SettleOutcome>({ phase: 'NONE' });
  const [gone, setGone] = useState(NONE);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  // One's own edits move the versions of datasets, of which the list shows older ones.
  const own = useRef(new Map<string, string>());

  const send = async (
    verb: SettleVerb,
    chosen: readonly TagSuggestion[],
    reason: string,
    idempotencyKey: string,
  ): Promise<void> => {
    const keys = chosen.map(keyOf);
    setOutcome({ phase: 'SAVING' });
    setGone((before) => new Set([...before, ...keys]));
    setRefusals((before) => new Map([...before].filter(([key]) => !keys.includes(key))));
    const versions = versionsOf(chosen, own.current);
    const suggestions = chosen.map(({ field, tag }) => ({
      field: field.id,
      tag: tag.name,
      expectedVersion: versions.get(field.dataset.id) ?? null,
    }));
    const input = { suggestions, reason: reason === '' ? null : reason, idempotencyKey };
    const { data, error } = await client.mutation(SETTLE[verb], { input }).toPromise();
    const back = (these: readonly string[]): void => {
      setGone((before) => new Set([...before].filter((key) => !these.includes(key))));
    };
    if (data === undefined) {
      if (error === undefined) throw new Error('the answer to suggestions is empty');
      back(keys);
      setOutcome({ phase: 'FAILED', error, again: () => void send(verb, chosen, reason, idempotencyKey) });
      return;
    }
    const { done } = data;
    if (done.__typename === 'TagSuggestionsRefusal') {
      const why = done.faults.find(({ pointer }) => pointer === '/reason') ?? null;
      back(keys);
      setOutcome({ phase: 'REFUSED', refusal: done, why });
      return;
    }
    const refused = new Map<string, string>();
    for (const [at, one] of chosen.entries()) {
      const result = done.results[at];
      if (result === undefined) continue;
      if (result.refusal !== null) refused.set(keyOf(one), result.refusal);
      else if (result.position !== null) own.current.set(one.field.dataset.id, result.position);
    }
    back([...refused.keys()]);
    setRefusals((before) => new Map([...before, ...refused]));
    setOutcome({ phase: 'DONE', verb, made: chosen.length - refused.size, refused: refused.size });
    onDone(new Set(refused.keys()));
  };

  return {
    outcome,
    gone,
    refusals,
    settle: (verb, chosen, reason) => void send(verb, chosen.slice(0, MOST_AT_ONCE), reason.trim(), newKey()),
  };
}

/** The newest version of each dataset that was looked at, or that one made oneself. */
function versionsOf(chosen: readonly TagSuggestion[], own: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { field } of chosen) {
    const { id, editVersion } = field.dataset;
    const held = found.get(id) ?? own.get(id);
    found.set(id, held === undefined || isSeen(editVersion, held) ? editVersion : held);
  }
  return found;
}
