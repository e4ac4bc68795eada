import { keyIdentity } from '@headwater/domain/decisions/decision-subject';
import { MAX_DECISION_BYTES, readDecision, type DecisionEnvelope } from '@headwater/domain/decisions/read-decision';
import type { AcceptedEvent } from '@headwater/domain/events';
import { EventRefused } from '../ingest/event-refused.js';
import { refusalOf, type Intake, type Writable } from '../ingest/intake.js';
import type { SealPersonalParts, UnsealedEvent } from './seal-personal-parts.js';

/** Decisions, as they are or as CloudEvents. The log keeps their RFC 8785 form, so that the same content is a duplicate. */
export class DecisionIntake implements Intake<UnsealedEvent> {
  readonly maxEventBytes: number;
  readonly tooLarge: string;

  constructor(
    private readonly seal: Pick<SealPersonalParts, 'execute'>,
    private readonly envelope: DecisionEnvelope,
    maxEventBytes: number,
  ) {
    this.maxEventBytes = Math.min(maxEventBytes, MAX_DECISION_BYTES);
    this.tooLarge = `The decision is larger than ${String(this.maxEventBytes)} bytes. Name inputs by dataset and version, leave out values that nobody asks for, and keep a long explanation where it was made.`;
  }

  read(bytes: Uint8Array, { decisions }: Writable): UnsealedEvent | EventRefused {
    const read = readDecision(bytes, this.envelope);
    if (!read.ok) return refusalOf(read);
    const { content, outline } = read;
    const namespace = outline.jobNamespace;
    if (!decisions.allows(namespace ?? '')) {
      const message =
        namespace === null
          ? 'These credentials write some namespaces only: name the job that decided.'
          : `These credentials may not write decisions of the namespace ${namespace}.`;
      return new EventRefused('FORBIDDEN', message, outline, { reason: 'FOREIGN_NAMESPACE' });
    }
    return { bytes: read.bytes, of: 'DECISION', identity: keyIdentity(content, '') };
  }

  async keep(events: readonly UnsealedEvent[]): Promise<readonly Omit<AcceptedEvent, 'receivedAt'>[]> {
    return (await this.seal.execute(events)).map((event) => ({ ...event, kind: 'DECISION' }));
  }
}
