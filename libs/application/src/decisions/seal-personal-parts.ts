import { createHmac } from 'node:crypto';
import { personalSpans, type Span } from '@headwater/domain/decisions/personal-places';
import { placeholderText } from '@headwater/domain/decisions/placeholder';
import type { AcceptedEvent, SealedPart } from '@headwater/domain/events';
import { FindingList } from '@headwater/domain/openlineage/findings';
import { parseJson } from '@headwater/domain/openlineage/json-text';
import { canonicalJson } from '@headwater/domain/projection/canonical-json';
import { encrypt, nonceOf, type PersonalKeys, type SubjectKey } from './personal-keys.js';

/** An event that may hold personal parts of a decision. */
export interface UnsealedEvent {
  readonly bytes: Uint8Array;
  readonly of: Parameters<typeof personalSpans>[1];
  /** Whose key they are encrypted under, by {@link subjectIdentity} or what stands for it. */
  readonly identity: string;
}

/** Cuts the personal parts out of events before these are appended, so that the log never has them in the clear. */
export class SealPersonalParts {
  constructor(private readonly keys: Pick<PersonalKeys, 'ensure'>) {}

  /** What the log keeps of each, in the order given. The same event again seals to the same bytes. Throws UNAVAILABLE. */
  async execute(events: readonly UnsealedEvent[]): Promise<readonly Pick<AcceptedEvent, 'bytes' | 'parts'>[]> {
    const found = events.map((event) => ({ event, spans: personalSpans(event.bytes, event.of) }));
    const keys = await this.keys.ensure(
      found.flatMap(({ event, spans }) => (spans.length === 0 ? [] : [event.identity])),
    );
    return found.map(({ event, spans }) => {
      const key = keys.get(event.identity);
      return key === undefined ? { bytes: event.bytes } : sealed(event.bytes, spans, key);
    });
  }
}

function sealed(bytes: Uint8Array, spans: readonly Span[], key: SubjectKey): Pick<AcceptedEvent, 'bytes' | 'parts'> {
  const pieces: Uint8Array[] = [];
  const parts: SealedPart[] = [];
  let [from, offset] = [0, 0];
  for (const span of spans) {
    const plain = bytes.subarray(span.from, span.to);
    const placeholder = Buffer.from(JSON.stringify(placeholderText({ keyId: key.id, digest: digestOf(key, plain) })));
    const before = bytes.subarray(from, span.from);
    pieces.push(before, placeholder);
    offset += before.byteLength;
    const ciphertext = encrypt(key.encrypting, nonceOf(key, plain), plain);
    parts.push({ offset, length: placeholder.byteLength, keyId: key.id, ciphertext });
    offset += placeholder.byteLength;
    from = span.to;
  }
  return { bytes: Buffer.concat([...pieces, bytes.subarray(from)]), parts };
}

function digestOf({ digesting }: SubjectKey, plain: Uint8Array): string {
  const json = parseJson(plain, new FindingList());
  const text = json.ok ? canonicalJson(json.value) : plain;
  return createHmac('sha256', digesting).update('part\0').update(text).digest('base64url');
}
