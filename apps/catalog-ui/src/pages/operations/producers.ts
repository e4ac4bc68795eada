import { summaryOf } from './event-body.js';

interface SeenEvent {
  readonly body: unknown;
  readonly receivedAt: string;
  readonly findings: readonly unknown[];
}

/** A producer as the latest events show it. */
export interface SeenProducer {
  /** As the events name it; null for events without a producer. */
  readonly producer: string | null;
  readonly lastAt: string;
  readonly events: number;
  readonly findings: number;
}

/** Who sent these events, whoever was heard last first. */
export function producersOf(events: readonly SeenEvent[]): readonly SeenProducer[] {
  const seen = new Map<string | null, SeenProducer>();
  for (const { body, receivedAt, findings } of events) {
    const { producer } = summaryOf(body);
    const before = seen.get(producer);
    const lastAt = before !== undefined && before.lastAt > receivedAt ? before.lastAt : receivedAt;
    seen.set(producer, {
      producer,
      lastAt,
      events: (before?.events ?? 0) + 1,
      findings: (before?.findings ?? 0) + findings.length,
    });
  }
  return [...seen.values()].sort((a, b) => (a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : 0));
}
