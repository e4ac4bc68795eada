import { coded } from '../errors.js';
import type { EventOutline } from '../events.js';
import { NO_OUTLINE } from '../openlineage/event-outline.js';
import { parseEventTime } from '../openlineage/event-time.js';
import { describeType, FindingList } from '../openlineage/findings.js';
import { parseJson } from '../openlineage/json-text.js';
import { isRecord, text } from '../openlineage/read-facets.js';
import { refusedShape, type RefusedDocument } from '../openlineage/refused-document.js';
import { canonicalJson } from '../projection/canonical-json.js';
import { dataOfCloudEvent } from './cloud-event.js';
import { decisionFaults } from './decision-schema.js';
import { iJsonFaults } from './i-json.js';

/** Largest decision, as received and in its RFC 8785 form: ten thousand inputs with keys and values have room. */
export const MAX_DECISION_BYTES = 8 * 1024 * 1024;

export type ReadDecision =
  | {
      readonly ok: true;
      readonly content: Readonly<Record<string, unknown>>;
      /** RFC 8785: equal content has equal bytes. */
      readonly bytes: Uint8Array;
      readonly outline: EventOutline;
    }
  | RefusedDocument;

/** How a decision comes: as it is, or as the data of a CloudEvent in JSON. */
export type DecisionEnvelope = 'PLAIN' | 'CLOUD_EVENT';

/** Reads one JSON document as a decision by the published schema. Total and deterministic. */
export function readDecision(bytes: Uint8Array, envelope: DecisionEnvelope): ReadDecision {
  const findings = new FindingList();
  const json = parseJson(bytes, findings);
  if (!json.ok) return { ok: false, reason: 'JSON', detail: json.detail, faults: [], outline: NO_OUTLINE };
  const sent = findings.all().filter(({ code }) => code === 'NOT_A_NUMBER' || code === 'INVALID_UTF8');
  if (sent.length > 0) {
    const faults = sent.map(({ pointer, message }) => ({
      pointer,
      ...coded('WRONG_SHAPE', message, { problem: message }),
    }));
    return refusedShape(faults, NO_OUTLINE);
  }
  if (envelope === 'PLAIN') return readContent(json.value);
  const data = dataOfCloudEvent(json.value);
  return data.ok ? readContent(data.value) : refusedShape(data.faults, NO_OUTLINE);
}

function readContent(content: unknown): ReadDecision {
  if (!isRecord(content)) {
    const detail = `A decision must be a JSON object, not ${describeType(content)}.`;
    return refusedShape([{ pointer: '', ...coded('WRONG_TYPE', detail, { type: 'object' }) }], NO_OUTLINE);
  }
  const outline = decisionOutline(content);
  const faults = [...decisionFaults('PUBLISHED', content), ...iJsonFaults(content)];
  if (faults.length > 0) return refusedShape(faults, outline);
  const time = parseEventTime(text(content, 'decidedAt'));
  if (time === undefined || time === 'OUT_OF_RANGE') {
    const detail = 'decidedAt is no time on the calendar of the years 1685 to 2254.';
    return refusedShape([{ pointer: '/decidedAt', ...coded('NO_TIME', detail) }], outline);
  }
  return { ok: true, content, bytes: new TextEncoder().encode(canonicalJson(content)), outline };
}

/** Who sent it and the job that decided, of any parsed document. */
export function decisionOutline(content: Readonly<Record<string, unknown>>): EventOutline {
  const job = content['job'];
  const given = (value: string): string | null => (value === '' ? null : value);
  return {
    ...NO_OUTLINE,
    producer: given(text(content, 'producer')),
    jobNamespace: isRecord(job) ? text(job, 'namespace') : null,
    jobName: given(text(job, 'name')),
  };
}
