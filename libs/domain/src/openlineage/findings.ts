import type { Finding } from '../events.js';

/** What reading an event may find, with the sentence that documents it. Codes are stable: they are stored and counted. */
export const READER_FINDINGS = {
  BYTE_ORDER_MARK: 'The document begins with a byte order mark; it is skipped.',
  CHARACTERS_REPLACED: 'Control characters or lone surrogates inside are shown as U+FFFD.',
  DATASET_LIST_IGNORED: '`inputs` or `outputs` is no array; it is read as empty.',
  EVENT_TYPE_UNKNOWN: 'The eventType is none of START, RUNNING, COMPLETE, ABORT, FAIL, OTHER; it is read as none.',
  EVENT_TYPE_WITHOUT_RUN: 'The event has an eventType but no run; it is read as a JobEvent or DatasetEvent.',
  FACET_DEVIATES: 'A facet that the published schema refuses, but that is usable as it is.',
  FACET_INVALID: 'A known facet that does not fit its schema: kept raw, left out of the projection.',
  FACET_NOT_AN_OBJECT: 'A facet that is no JSON object: kept raw, left out.',
  FACET_PRODUCER_MISSING: 'A facet without a usable `_producer`; the producer of the event stands in.',
  FACET_SCHEMA_URL_MISSING: 'A facet without a usable `_schemaURL`; it is told by its name.',
  FACETS_IGNORED: '`facets`, `inputFacets` or `outputFacets` is no object; it is read as empty.',
  FINDINGS_TRUNCATED: 'The event has more findings than are kept.',
  INVALID_UTF8: 'The document is not valid UTF-8; wrong bytes are read as U+FFFD.',
  NOT_A_NUMBER: 'A bare NaN or Infinity, which JSON does not know; it is read as null.',
  PRODUCER_MISSING: 'The event has no usable `producer`.',
  RUN_ID_NOT_UUID: 'The runId is no UUID; a name-based UUID of it stands in.',
  SCHEMA_DEVIATION: 'The published event schema refuses this place.',
  SCHEMA_URL_MISSING: 'The event has no usable `schemaURL`; its kind is told by its shape.',
  TIME_NOT_RFC3339: 'The eventTime is not written as RFC 3339 asks, but can be read.',
  TIME_WITHOUT_ZONE: 'The eventTime has no zone; it is read as UTC.',
} as const satisfies Record<string, string>;

export type ReaderFindingCode = keyof typeof READER_FINDINGS;

const MAX_FINDINGS = 100;
const MAX_MESSAGE = 500;
const MAX_POINTER = 2_000;

// Findings are stored, and PostgreSQL takes no NUL.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

const storable = (text: string): string => text.toWellFormed().replace(CONTROL, '\uFFFD');

/** A pointer of reasonable length: that of the nearest parent which has one. */
function shortPointer(pointer: string): string {
  return pointer.length <= MAX_POINTER ? pointer : pointer.slice(0, Math.max(0, pointer.lastIndexOf('/', MAX_POINTER)));
}

/** Collects the findings of one event, at most 100, so that a hostile event cannot multiply its own size. */
export class FindingList {
  readonly #list: Finding[] = [];
  #dropped = 0;

  add(code: ReaderFindingCode, pointer: string, message: string = READER_FINDINGS[code]): void {
    if (this.#list.length < MAX_FINDINGS) {
      this.#list.push({
        code,
        pointer: storable(shortPointer(pointer)),
        message: storable(message).slice(0, MAX_MESSAGE),
      });
    } else this.#dropped++;
  }

  /** The findings in the order found, with one more where some were dropped. */
  all(): readonly Finding[] {
    if (this.#dropped === 0) return this.#list;
    const message = `${String(this.#dropped)} more findings of this event are not kept.`;
    return [...this.#list, { code: 'FINDINGS_TRUNCATED', pointer: '', message }];
  }
}

/** A pointer token as RFC 6901 escapes it. */
export function pointerToken(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

/** What a person reads after "must be …, not". */
export function describeType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'undefined') return 'absent';
  return `a ${typeof value}`;
}
