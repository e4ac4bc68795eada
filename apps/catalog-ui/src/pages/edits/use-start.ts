import type { CombinedError } from '@urql/core';
import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { refusalIn, type Refusal } from '../../access/refusal.js';
import { href } from '../../lib/node-id.js';

/** What the API answers to a start. */
export type StartAnswer<P> =
  | { readonly __typename: 'StartedEdits'; readonly job: { readonly id: string } }
  | (Refusal & { readonly __typename: string; readonly current: P | null });

/** Why there is no plan. */
type RefusedPlan = Refusal & { readonly __typename: string };

interface Answer<D> {
  /** Null where the whole answer failed. */
  readonly data?: D | null | undefined;
  readonly error?: CombinedError | undefined;
}

interface StartState<P> {
  readonly plan: P | null;
  readonly refusal: Refusal | null;
  readonly error: CombinedError | null;
  readonly isBusy: boolean;
  /** Whether the plan is another than the one that was looked at. */
  readonly isOther: boolean;
}

const NOTHING = { plan: null, refusal: null, error: null, isBusy: false, isOther: false } as const;

export interface Start<P> extends StartState<P> {
  readonly preview: (ask: () => Promise<Answer<{ readonly plan: P | RefusedPlan }>>) => void;
  readonly start: (ask: () => Promise<Answer<{ readonly done: StartAnswer<P> }>>) => void;
  readonly forget: () => void;
}

/** First a plan, then the job that carries it out: which is then opened. */
export function useStart<P extends object>(): Start<P> {
  const [state, setState] = useState<StartState<P>>(NOTHING);
  const failed = (error: CombinedError): void => {
    const refusal = refusalIn(error);
    setState((before) => ({ ...before, isBusy: false, refusal, error: refusal === null ? error : null }));
  };
  const busy = (): void => {
    setState((before) => ({ ...before, isBusy: true, refusal: null, error: null }));
  };
  return {
    ...state,
    forget: () => {
      setState(NOTHING);
    },
    preview: (ask) => {
      busy();
      void ask().then(({ data, error }) => {
        if (!data) {
          if (error) failed(error);
        } else if ('reason' in data.plan) setState({ ...NOTHING, refusal: data.plan });
        else setState({ ...NOTHING, plan: data.plan });
      });
    },
    start: (ask) => {
      busy();
      void ask().then(({ data, error }) => {
        if (!data) {
          if (error) failed(error);
          return;
        }
        const { done } = data;
        if ('job' in done) navigate(href('/edits', { job: done.job.id }));
        else if (done.reason === 'EDITED_MEANWHILE' && done.current !== null)
          setState({ ...NOTHING, plan: done.current, isOther: true });
        else setState((before) => ({ ...before, isBusy: false, refusal: done }));
      });
    },
  };
}
