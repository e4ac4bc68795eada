import type { CombinedError } from '@urql/core';
import type { EditAnswer, RefusedEdit, Sent } from './edit-mutations.js';
import type { Edit } from './edits.js';

/** The form of a section that stands in place; all others ask in a dialog before they take something away. */
export const FORM = 'form';

/** The form that is open, by a name within its section, and the `editVersion` that is looked at in it. */
export interface Opened {
  readonly form: string;
  readonly version: string;
}

/** How far one edit of a section has come. */
export type EditState =
  /** `kept`: it was given up in favor of what others entered meanwhile. */
  | { readonly phase: 'CLOSED'; readonly kept: boolean }
  | { readonly phase: 'OPEN'; readonly opened: Opened }
  | { readonly phase: 'SAVING'; readonly opened: Opened; readonly sent: Sent }
  | { readonly phase: 'REFUSED'; readonly opened: Opened; readonly sent: Sent; readonly refusal: RefusedEdit }
  | { readonly phase: 'FAILED'; readonly opened: Opened; readonly sent: Sent; readonly error: CombinedError }
  /** Somebody else was there first; `current` is the `editVersion` of that. */
  | {
      readonly phase: 'CONFLICT';
      readonly opened: Opened;
      readonly sent: Sent;
      readonly refusal: RefusedEdit;
      readonly current: string;
    }
  /** `isBehind`: it is kept, but the catalog has not come so far. */
  | { readonly phase: 'MADE'; readonly sent: Sent; readonly position: string; readonly isBehind: boolean };

export const CLOSED: EditState = { phase: 'CLOSED', kept: false };

/** What is sent for an edit: after a failure the same edit goes under the same key, so that it is made once. */
export function sentFor(state: EditState, edit: Edit, version: string, newKey: () => string): Sent {
  const isSame =
    state.phase === 'FAILED' &&
    state.sent.version === version &&
    JSON.stringify(state.sent.edit) === JSON.stringify(edit);
  return isSame ? state.sent : { edit, version, key: newKey() };
}

/** What an answer leads to. */
export function stateAfter(opened: Opened, sent: Sent, answer: EditAnswer): EditState {
  if ('error' in answer) return { phase: 'FAILED', opened, sent, error: answer.error };
  const { done } = answer;
  if (done.__typename === 'EditedAsset') {
    const { position, isReadable } = done;
    return { phase: 'MADE', sent, position, isBehind: !isReadable };
  }
  const { current } = done;
  if (done.reason === 'EDITED_MEANWHILE' && current !== null)
    return { phase: 'CONFLICT', opened, sent, refusal: done, current: current.editVersion };
  return { phase: 'REFUSED', opened, sent, refusal: done };
}

/** Whether what a page shows, by its `editVersion`, is as new as an edit at a position. */
export function isSeen(editVersion: string, position: string): boolean {
  return numberOf(editVersion) >= numberOf(position);
}

/** Of an edit that was made, or that came behind another: where the page must have come to show it. */
export function awaited(state: EditState): string | null {
  return state.phase === 'MADE' ? state.position : state.phase === 'CONFLICT' ? state.current : null;
}

/** The edit that is shown before the page has it; null where there is none. */
export function pendingEdit(state: EditState, editVersion: string): Edit | null {
  if (state.phase === 'SAVING') return state.sent.edit;
  return state.phase === 'MADE' && !isSeen(editVersion, state.position) ? state.sent.edit : null;
}

function numberOf(position: string): number {
  return Number(position.slice(position.lastIndexOf('.') + 1));
}
