import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { AcceptedEvent } from '@headwater/domain/events';
import type { RefusedDocument } from '@headwater/domain/openlineage/refused-document';
import { EventRefused } from './event-refused.js';

/** Whether the caller may write what is in a namespace; asked once an event. */
export type WritableNamespaces = Pick<NamespaceRule, 'allows'>;

/** What a caller may write: lineage by the namespaces of jobs and datasets, decisions by those of the jobs that decide. */
export interface Writable {
  readonly lineage: WritableNamespaces;
  readonly decisions: WritableNamespaces;
}

/** How the events that come one way are read, and what the log keeps of them. */
export interface Intake<E> {
  /** Largest event; a batch's element beyond it is refused on its own. */
  readonly maxEventBytes: number;
  /** What whoever sent a larger one is told. */
  readonly tooLarge: string;
  /** Total: what cannot be used, and what the caller may not write, is refused. */
  read(bytes: Uint8Array, writes: Writable): E | EventRefused;
  /** In the order given. Throws UNAVAILABLE. */
  keep(events: readonly E[]): Promise<readonly Omit<AcceptedEvent, 'receivedAt'>[]>;
}

/** INVALID_INPUT with what the reader found. */
export function refusalOf({ detail, outline, reason, faults }: RefusedDocument): EventRefused {
  return new EventRefused('INVALID_INPUT', detail, outline, { reason, faults });
}
