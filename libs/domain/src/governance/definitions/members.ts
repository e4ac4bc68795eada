import { parseNodeId, type NodeId, type NodeKind } from '../../identifiers.js';
import { nameAt, stringAt, type Body } from '../../projection/body-reader.js';
import type { EditedPart } from '../edited-part.js';

/** One member of a body: how it is read, what it is where nobody says, and how a line of a list tells it. */
export interface Member<T> {
  readonly part: EditedPart['part'];
  /** Undefined for what it cannot be. Total. */
  read(given: Body, key: string): T | undefined;
  /** Undefined: what comes to be must say it. */
  readonly absent: T | undefined;
  /** Null: it is taken away. */
  tell(value: T): string | null;
}

export type Members<Of> = { readonly [K in keyof Of]: Member<Of[K]> };

/** A text that must be there. */
export const NAME: Member<string> = {
  part: 'NAME',
  read: (given, key) => nameAt(given, key) ?? undefined,
  absent: undefined,
  tell: (name) => name,
};

export const DESCRIPTION: Member<string | null> = {
  part: 'DESCRIPTION',
  read: stringAt,
  absent: null,
  tell: (text) => text,
};

/** The id of one other thing of a kind, or null. */
export function reference(part: EditedPart['part'], kind: NodeKind): Member<NodeId | null> {
  return {
    part,
    read: (given, key) => {
      const id = stringAt(given, key);
      if (id === null) return null;
      return isIdOf(id, kind) ? id : undefined;
    },
    absent: null,
    tell: (id) => id,
  };
}

/** Whether a text is the id of something of a kind. */
export function isIdOf(id: string | null, kind: NodeKind): id is NodeId {
  return id !== null && parseNodeId(id)?.kind === kind;
}
