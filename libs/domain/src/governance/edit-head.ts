import { asRecord, numberAt, recordAt, stringAt, type Body } from '../projection/body-reader.js';

/** What every edit of the catalog says beside its change. */
export interface EditHead {
  /** Tells it from every other edit, so that two equal ones are two events. */
  readonly id: string;
  /** Who made it: `Principal.id`, and the name as of then. */
  readonly by: { readonly id: string; readonly name: string };
  /** Why, in the words of who made it. */
  readonly reason: string | null;
  /** It applies only where this is still the position of the latest edit of the same thing (0: none); null: in any case. */
  readonly expected: number | null;
}

/** The bytes of the EDIT event that states an edit of a kind. */
export function editBytes(edit: string, content: EditHead): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ edit, ...content }));
}

/** An edit as an EDIT event holds it. */
export interface ReadEdit {
  readonly body: Body;
  readonly head: EditHead;
}

/** The body and the head of an edit of that kind; undefined for every other event. Total. */
export function readEdit(bytes: Uint8Array, edit: string): ReadEdit | undefined {
  const body = asRecord(parsed(bytes));
  if (body === undefined || stringAt(body, 'edit') !== edit) return undefined;
  const id = stringAt(body, 'id');
  if (id === null) return undefined;
  const by = recordAt(body, 'by') ?? {};
  return {
    body,
    head: {
      id,
      by: { id: stringAt(by, 'id') ?? '', name: stringAt(by, 'name') ?? '' },
      reason: stringAt(body, 'reason'),
      expected: numberAt(body, 'expected'),
    },
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    // Edits are written by this product; one that cannot be read changes nothing.
    return undefined;
  }
}
