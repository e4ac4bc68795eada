import { coded } from '../errors.js';
import type { DatasetMention, LineageEvent, ReadEvent } from '../events.js';
import { NameCheck } from './check-names.js';
import { cleanValue } from './clean-text.js';
import { eventOutline, eventTypeOf, NO_OUTLINE } from './event-outline.js';
import { addDeviations, shapeFaults } from './event-schema.js';
import { parseEventTime } from './event-time.js';
import { ExactIntegers } from './exact-integers.js';
import type { FacetMemory } from './facet-memory.js';
import { describeType, FindingList } from './findings.js';
import { parseEvent } from './parse-event.js';
import { producerKey } from './producer-key.js';
import { isRecord, readFacets, text, type FacetContext } from './read-facets.js';
import { refusedShape } from './refused-document.js';
import { runUuid } from './run-uuid.js';

/**
 * Reads one JSON document as an OpenLineage RunEvent, JobEvent or DatasetEvent of any version, told apart by shape.
 * Total and deterministic: the ingest paths decide by it whether to accept, and the projector reads the stored bytes
 * with it again. Refused are only unparsable JSON and missing or wrong names, ids and times; the rest are findings. With
 * a memory, facets that it has seen cost little, and the event shares their bodies.
 */
export function readEvent(bytes: Uint8Array, memory?: FacetMemory): ReadEvent {
  const findings = new FindingList();
  const json = parseEvent(bytes, findings, memory);
  if (!json.ok) return { ok: false, reason: 'JSON', detail: json.detail, faults: [], outline: NO_OUTLINE };
  const sent = json.value;
  if (!isRecord(sent)) {
    const hint = Array.isArray(sent) ? ' Send arrays of events to /api/v1/lineage/batch.' : '';
    const detail = `An event must be a JSON object, not ${describeType(sent)}.${hint}`;
    return refusedShape([{ pointer: '', ...coded('WRONG_TYPE', detail, { type: 'object' }) }], NO_OUTLINE);
  }
  const kind = kindOf(sent);
  if (kind === undefined) {
    const detail =
      'The event has none of run, job and dataset: a RunEvent has run and job, a JobEvent job, a DatasetEvent dataset.';
    return refusedShape([{ pointer: '', ...coded('NO_EVENT', detail) }], eventOutline(sent));
  }
  const shape = shapeFaults(kind, sent);
  if (shape.length > 0) return refusedShape(shape, eventOutline(sent));

  const names = new NameCheck(json.validUtf8);
  const time = typeof sent['eventTime'] === 'string' ? parseEventTime(sent['eventTime']) : undefined;
  if (time === undefined) {
    const detail = 'eventTime is no time. Write it as RFC 3339 does: 2026-11-23T10:15:30.123Z.';
    names.fault('/eventTime', coded('NO_TIME', detail));
  } else if (time === 'OUT_OF_RANGE') {
    const detail = 'eventTime is outside of the years 1685 to 2254, which microseconds can represent exactly.';
    names.fault('/eventTime', coded('TIME_OUT_OF_RANGE', detail));
  }
  names.checkEvent(kind, sent);
  if (names.faults.length > 0 || time === undefined || time === 'OUT_OF_RANGE') {
    return refusedShape(names.faults, eventOutline(sent));
  }

  if (!time.hasZone) findings.add('TIME_WITHOUT_ZONE', '/eventTime');
  if (!time.isRfc3339) findings.add('TIME_NOT_RFC3339', '/eventTime');
  if (kind !== 'RUN' && (sent['eventType'] ?? null) !== null) findings.add('EVENT_TYPE_WITHOUT_RUN', '/eventType');
  addDeviations(kind, sent, findings);

  const { needsCleaning } = json;
  const producer = cleanString(sent['producer'], '/producer', needsCleaning, findings);
  const exactIntegers = new ExactIntegers(bytes);
  const context: FacetContext = { findings, producer, needsCleaning, exactIntegers };
  const event: LineageEvent = {
    kind,
    eventTime: time.at,
    eventType: kind === 'RUN' ? eventTypeOf(sent['eventType']) : null,
    producer,
    producerKey: producerKey(producer),
    schemaUrl: cleanString(sent['schemaURL'], '/schemaURL', needsCleaning, findings),
    run: kind === 'RUN' ? readRun(sent['run'], context) : null,
    job: kind === 'DATASET' ? null : readJob(sent['job'], context),
    inputs: kind === 'DATASET' ? [] : readDatasets(sent['inputs'], 'input', context),
    outputs: kind === 'DATASET' ? [] : readDatasets(sent['outputs'], 'output', context),
    dataset: kind === 'DATASET' ? readDataset(sent['dataset'], '/dataset', null, context) : null,
  };
  return { ok: true, event, findings: findings.all() };
}

function kindOf(event: Readonly<Record<string, unknown>>): LineageEvent['kind'] | undefined {
  // Serializers write absent members as null.
  if ((event['run'] ?? null) !== null) return 'RUN';
  if ((event['dataset'] ?? null) !== null) return 'DATASET';
  return (event['job'] ?? null) === null ? undefined : 'JOB';
}

function cleanString(value: unknown, pointer: string, needsCleaning: boolean, findings: FindingList): string | null {
  if (typeof value !== 'string' || value === '') return null;
  return needsCleaning ? String(cleanValue(value, pointer, findings)) : value;
}

function member(record: unknown, name: string): unknown {
  return isRecord(record) ? record[name] : undefined;
}

function readRun(run: unknown, context: FacetContext): LineageEvent['run'] {
  const originalRunId = text(run, 'runId');
  return {
    runId: runUuid(originalRunId),
    originalRunId,
    facets: readFacets(member(run, 'facets'), 'run', '/run/facets', context),
  };
}

function readJob(job: unknown, context: FacetContext): LineageEvent['job'] {
  return {
    namespace: text(job, 'namespace'),
    name: text(job, 'name'),
    facets: readFacets(member(job, 'facets'), 'job', '/job/facets', context),
  };
}

function readDatasets(list: unknown, side: 'input' | 'output', context: FacetContext): readonly DatasetMention[] {
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown, index) => readDataset(item, `/${side}s/${String(index)}`, side, context));
}

function readDataset(
  dataset: unknown,
  pointer: string,
  side: 'input' | 'output' | null,
  context: FacetContext,
): DatasetMention {
  const sideName = side === null ? null : `${side}Facets`;
  return {
    namespace: text(dataset, 'namespace'),
    name: text(dataset, 'name'),
    facets: readFacets(member(dataset, 'facets'), 'dataset', `${pointer}/facets`, context),
    sideFacets:
      side === null || sideName === null
        ? []
        : readFacets(member(dataset, sideName), side, `${pointer}/${sideName}`, context),
  };
}
