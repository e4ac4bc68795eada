import type { CombinedError } from '@urql/core';
import { useRef, useState } from 'react';
import { faultsBy, type Fault, type Refusal } from '../../access/refusal.js';
import { newKey } from '../../lib/new-key.js';

/** Rules as they hold, and the position of their latest edit. */
export interface RuleList<R> {
  readonly rules: readonly R[];
  readonly editVersion: string;
}

/** What is sent beside the rules. */
export interface SetHead {
  readonly reason: string | null;
  readonly expectedVersion: string;
  readonly idempotencyKey: string;
}

type Done<R> =
  { readonly position: string; readonly isReadable: boolean } | (Refusal & { readonly current: RuleList<R> | null });

export interface SetAnswer<R> {
  readonly data?: { readonly done: Done<R> } | undefined;
  readonly error?: CombinedError | undefined;
}

/** A rule as it is typed; its key stays while others come and go. */
export interface Row<R> {
  readonly key: number;
  readonly rule: R;
}

interface Question<R> {
  readonly list: RuleList<R>;
  readonly send: (rules: readonly R[], head: SetHead) => Promise<SetAnswer<R>>;
  readonly onSet: (isReadable: boolean) => void;
}

interface Said<R> {
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  readonly error: CombinedError | null;
  /** The rules that somebody else set meanwhile. */
  readonly theirs: RuleList<R> | null;
}

const NOTHING = { isBusy: false, refusal: null, error: null, theirs: null };

/** A list of rules that is changed rule by rule and set as a whole. What is typed stays while others set theirs. */
export function useRuleList<R>({ list, send, onSet }: Question<R>) {
  const next = useRef(0);
  const rowOf = (rule: R): Row<R> => ({ key: (next.current += 1), rule });
  const [rows, setRows] = useState<readonly Row<R>[]>(() => list.rules.map(rowOf));
  const [version, setVersion] = useState(list.editVersion);
  const [said, setSaid] = useState<Said<R>>(NOTHING);
  // After a failure nobody knows whether they were set: the same go under the same key.
  const sent = useRef({ what: '', key: '' });
  const change = (edit: (before: readonly Row<R>[]) => readonly Row<R>[]): void => {
    setSaid(NOTHING);
    setRows(edit);
  };
  return {
    ...said,
    rows,
    rules: rows.map(({ rule }) => rule),
    add: (rule: R) => {
      change((before) => [...before, rowOf(rule)]);
    },
    remove: (key: number) => {
      change((before) => before.filter((row) => row.key !== key));
    },
    put: (key: number, rule: R) => {
      change((before) => before.map((row) => (row.key === key ? { key, rule } : row)));
    },
    /** To the place before, or the one behind. */
    move: (key: number, by: -1 | 1) => {
      change((before) => {
        const at = before.findIndex((row) => row.key === key);
        const [one, other] = [before[at], before[at + by]];
        if (one === undefined || other === undefined) return before;
        return before.map((row) => (row === one ? other : row === other ? one : row));
      });
    },
    keepTheirs: () => {
      if (said.theirs === null) return;
      setRows(said.theirs.rules.map(rowOf));
      setVersion(said.theirs.editVersion);
      setSaid(NOTHING);
    },
    set: (reason: string, onTopOf: RuleList<R> | null = null) => {
      const expectedVersion = onTopOf?.editVersion ?? version;
      const rules = rows.map(({ rule }) => rule);
      const what = JSON.stringify([rules, reason, expectedVersion]);
      if (sent.current.what !== what) sent.current = { what, key: newKey() };
      const head = { reason: reason.trim() === '' ? null : reason.trim(), expectedVersion };
      setSaid({ ...NOTHING, isBusy: true });
      void send(rules, { ...head, idempotencyKey: sent.current.key }).then(({ data, error }) => {
        if (data === undefined) setSaid({ ...NOTHING, error: error ?? null });
        else if ('position' in data.done) {
          setVersion(data.done.position);
          setSaid(NOTHING);
          onSet(data.done.isReadable);
        } else if (data.done.reason === 'EDITED_MEANWHILE') setSaid({ ...NOTHING, theirs: data.done.current });
        else setSaid({ ...NOTHING, refusal: data.done });
      });
    },
  };
}

/** Faults by the place of their rule and its member: `/rules/2/tag` as `2/tag`; others by nothing. */
export function faultsByRule(faults: Refusal['faults']): ReadonlyMap<string, readonly Fault[]> {
  return faultsBy(faults, ({ pointer }) => {
    const [, at = '', member = ''] = /^\/rules\/(\d+)\/([^/]+)/.exec(pointer) ?? [];
    return at === '' ? '' : `${at}/${member}`;
  });
}
