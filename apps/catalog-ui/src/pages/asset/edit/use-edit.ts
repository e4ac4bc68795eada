import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { faultsByMember } from '../../../access/refusal-words.js';
import { newKey } from '../../../lib/new-key.js';
import { sendEdit } from './edit-mutations.js';
import {
  awaited,
  CLOSED,
  FORM,
  isSeen,
  pendingEdit,
  sentFor,
  stateAfter,
  type EditState,
  type Opened,
} from './edit-state.js';
import type { Editing } from './editing.js';
import type { Edit } from './edits.js';

/** How long a page waits for an edit that the catalog does not show yet before it asks again. */
const AGAIN_MS = 1_500;
const NO_FAULTS = {};

export interface EditControl {
  readonly state: EditState;
  /** What was entered and is not on the page yet. */
  readonly pending: Edit | null;
  /** What was wanted and is not: a form begins with it. */
  readonly unmade: Edit | null;
  /** What is wrong with the input, by its members. */
  readonly faults: Readonly<Record<string, ReactNode>>;
  /** The form that is open, by its name within the section; null where none is. */
  readonly form: string | null;
  /** Whether the page shows what was made, or entered by others meanwhile. */
  readonly isShown: boolean;
  /** `opener` has the focus back once the form is closed. */
  readonly open: (form: string, opener: HTMLElement) => void;
  readonly close: () => void;
  readonly save: (edit: Edit) => void;
  readonly retry: () => void;
  readonly saveOnTop: () => void;
  readonly keepTheirs: () => void;
}

/** One edit at a time of a section of the page: opened, sent, shown before it is made, and taken back where it is not. */
export function useEdit({ id, editVersion, reload }: Editing): EditControl {
  const client = useClient();
  const [state, setState] = useState<EditState>(CLOSED);
  const opener = useRef<HTMLElement | null>(null);
  const position = awaited(state);
  const isBehind = position !== null && !isSeen(editVersion, position);

  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setInterval(reload, AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isBehind, reload]);

  const send = async (opened: Opened, edit: Edit): Promise<void> => {
    const sent = sentFor(state, edit, opened.version, newKey);
    setState({ phase: 'SAVING', opened, sent });
    setState(stateAfter(opened, sent, await sendEdit(client, id, sent)));
  };
  const again = (version?: string): void => {
    if (!('sent' in state) || !('opened' in state)) return;
    const { opened, sent } = state;
    void send(version === undefined ? opened : { ...opened, version }, sent.edit);
  };
  const isFormOpen = state.phase === 'OPEN' || state.phase === 'REFUSED' || state.phase === 'FAILED';
  return {
    state,
    pending: pendingEdit(state, editVersion),
    unmade: state.phase === 'REFUSED' || state.phase === 'FAILED' ? state.sent.edit : null,
    faults: state.phase === 'REFUSED' ? faultsByMember(state.refusal.faults) : NO_FAULTS,
    form: isFormOpen ? state.opened.form : null,
    isShown: !isBehind,
    open: (form, button) => {
      // A form may lead to a question: what was looked at, and where it began, stay.
      if (isFormOpen && state.opened.form === FORM) {
        setState({ phase: 'OPEN', opened: { ...state.opened, form } });
        return;
      }
      opener.current = button;
      // Of an edit that was made just now and does not show yet, one does not come behind oneself.
      const version = state.phase === 'MADE' && isBehind ? state.position : editVersion;
      setState({ phase: 'OPEN', opened: { form, version } });
    },
    close: () => {
      setState(CLOSED);
      opener.current?.focus();
    },
    save: (edit) => {
      if ('opened' in state) void send(state.opened, edit);
    },
    retry: () => {
      again();
    },
    saveOnTop: () => {
      if (state.phase === 'CONFLICT') again(state.current);
    },
    keepTheirs: () => {
      setState({ phase: 'CLOSED', kept: true });
    },
  };
}
