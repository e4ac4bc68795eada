import type { InputFault } from '../errors.js';
import type { EventOutline, ReadEvent } from '../events.js';

export type RefusedDocument = Exclude<ReadEvent, { readonly ok: true }>;

/** A document that cannot be used for what it says: its first fault in words, and all of them. */
export function refusedShape(faults: readonly InputFault[], outline: EventOutline): RefusedDocument {
  const rest = faults.length > 1 ? ` (and ${String(faults.length - 1)} more faults)` : '';
  const first = faults[0];
  const at = first === undefined || first.pointer === '' ? '' : `${first.pointer}: `;
  const detail = `${at}${first?.detail ?? 'The event is not usable.'}${rest}`;
  return { ok: false, reason: 'SHAPE', detail, faults, outline };
}
