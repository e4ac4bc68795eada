import type { FindingRow } from '../catalog.js';
import { isLineage, type StoredEvent } from '../events.js';
import { hash128 } from '../identifiers.js';
import type { Micros } from '../time.js';

/** What some events tell of the producer that they name. */
export interface ProducerTally {
  readonly key: string;
  readonly producer: string | null;
  /** Receipt of the first and of the latest of these events. */
  readonly firstSeenAt: Micros;
  readonly lastSeenAt: Micros;
  readonly events: number;
  readonly findings: number;
}

/** An event with the producer that it names; null where it names none. */
export interface HeardEvent {
  readonly stored: Pick<StoredEvent, 'kind' | 'position' | 'receivedAt'>;
  readonly producer: string | null;
}

/** Who sent these events: a tally for each producer. What people do in the catalog itself has none. */
export function tallyProducers(
  heard: readonly HeardEvent[],
  findings: readonly Pick<FindingRow, 'position'>[],
): readonly ProducerTally[] {
  const odd = new Map<number, number>();
  for (const { position } of findings) odd.set(position, (odd.get(position) ?? 0) + 1);
  const tallies = new Map<string | null, ProducerTally>();
  for (const { stored, producer } of heard) {
    if (stored.kind !== 'DECISION' && !isLineage(stored.kind)) continue;
    const before = tallies.get(producer);
    const { receivedAt, position } = stored;
    tallies.set(producer, {
      key: before?.key ?? hash128(`producer:${JSON.stringify(producer)}`),
      producer,
      firstSeenAt: Math.min(before?.firstSeenAt ?? receivedAt, receivedAt),
      lastSeenAt: Math.max(before?.lastSeenAt ?? receivedAt, receivedAt),
      events: (before?.events ?? 0) + 1,
      findings: (before?.findings ?? 0) + (odd.get(position) ?? 0),
    });
  }
  return [...tallies.values()];
}
