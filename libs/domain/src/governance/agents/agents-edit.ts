import type { NodeId } from '../../identifiers.js';
import { arrayAt, stringAt } from '../../projection/body-reader.js';
import { isIdOf } from '../definitions/members.js';
import { editBytes, readEdit, type EditHead } from '../edit-head.js';
import type { EditedPart } from '../edited-part.js';

const EDIT = 'agents';

/** Two ids of agents, the smaller first. */
export type AgentPair = readonly [a: NodeId, b: NodeId];

/**
 * What an edit says of the ids of agents. MERGE: `node` and `other` are one, and none of `pairs` is apart any more. SPLIT: all of
 * `pairs`, of which each has `node`, are apart until one is merged, and those of `kept` are one, as they were by way of `node`.
 * SIGN_IN: `node` is who signed in with these.
 */
export type AgentsChange =
  | { readonly action: 'MERGE'; readonly other: NodeId; readonly pairs: readonly AgentPair[] }
  | { readonly action: 'SPLIT'; readonly pairs: readonly AgentPair[]; readonly kept: readonly AgentPair[] }
  | { readonly action: 'SIGN_IN'; readonly email: string | null; readonly subject: string };

export type AgentsEdit = EditHead & { readonly node: NodeId } & AgentsChange;

export function pairOf(a: NodeId, b: NodeId): AgentPair {
  return a < b ? [a, b] : [b, a];
}

/** The EDIT event of the log that says so. */
export function agentsEditBytes(edit: AgentsEdit): Uint8Array {
  return editBytes(EDIT, edit);
}

/** The edit that an EDIT event holds; undefined where it is about something else. Total. */
export function readAgentsEdit(bytes: Uint8Array): AgentsEdit | undefined {
  const read = readEdit(bytes, EDIT);
  if (read === undefined) return undefined;
  const { body, head } = read;
  const node = stringAt(body, 'node');
  if (!isIdOf(node, 'AGENT')) return undefined;
  const action = stringAt(body, 'action');
  if (action === 'SIGN_IN') {
    const subject = stringAt(body, 'subject');
    return subject === null ? undefined : { ...head, node, action, email: stringAt(body, 'email'), subject };
  }
  const pairs = arrayAt(body, 'pairs').flatMap(readPair);
  if (action === 'SPLIT') return { ...head, node, action, pairs, kept: arrayAt(body, 'kept').flatMap(readPair) };
  const other = stringAt(body, 'other');
  if (action !== 'MERGE' || !isIdOf(other, 'AGENT') || other === node) return undefined;
  return { ...head, node, action, other, pairs };
}

/** As lines of a list of edits tell it. */
export function outlineOfAgents(edit: AgentsEdit): readonly EditedPart[] {
  const { node: on } = edit;
  switch (edit.action) {
    case 'MERGE':
      return [{ action: 'STATE', part: 'SAME_AGENT', on, value: edit.other, detail: null }];
    case 'SPLIT':
      return [
        ...edit.pairs.map(([a, b]): EditedPart => {
          const value = a === on ? b : a;
          return { action: 'WITHDRAW', part: 'SAME_AGENT', on, value, detail: null };
        }),
        ...edit.kept.map(([a, b]): EditedPart => ({
          ...{ action: 'STATE', part: 'SAME_AGENT', on: a, value: b, detail: null },
        })),
      ];
    case 'SIGN_IN':
      return [
        { action: 'STATE', part: 'SUBJECT', on, value: edit.subject, detail: null },
        ...(edit.email === null
          ? []
          : [{ action: 'STATE', part: 'E_MAIL', on, value: edit.email, detail: null } as const]),
      ];
  }
}

function readPair(given: unknown): readonly AgentPair[] {
  if (!Array.isArray(given)) return [];
  const [a, b] = given as readonly unknown[];
  if (typeof a !== 'string' || typeof b !== 'string' || a === b) return [];
  return isIdOf(a, 'AGENT') && isIdOf(b, 'AGENT') ? [pairOf(a, b)] : [];
}
