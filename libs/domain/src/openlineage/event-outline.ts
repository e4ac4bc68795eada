import type { EventOutline, LineageEvent, RunEventType } from '../events.js';
import { isRecord, text } from './read-facets.js';
import { runUuid } from './run-uuid.js';

export const NO_OUTLINE: EventOutline = {
  producer: null,
  eventType: null,
  jobNamespace: null,
  jobName: null,
  runId: null,
  datasetNamespace: null,
  datasetName: null,
};

const EVENT_TYPES: ReadonlySet<unknown> = new Set<RunEventType>([
  'START',
  'RUNNING',
  'COMPLETE',
  'ABORT',
  'FAIL',
  'OTHER',
]);

/** The event's type where it is one that OpenLineage has. */
export function eventTypeOf(sent: unknown): RunEventType | null {
  return EVENT_TYPES.has(sent) ? (sent as RunEventType) : null;
}

/** The outline of any parsed document, also of one that is no event: total, and never throws. */
export function eventOutline(document: unknown): EventOutline {
  if (!isRecord(document)) return NO_OUTLINE;
  const { run, job, dataset, eventType } = document;
  const runId = text(run, 'runId');
  return {
    producer: given(document, 'producer'),
    eventType: eventTypeOf(eventType),
    jobNamespace: given(job, 'namespace'),
    jobName: given(job, 'name'),
    runId: runId === '' ? null : runUuid(runId),
    datasetNamespace: given(dataset, 'namespace'),
    datasetName: given(dataset, 'name'),
  };
}

function given(record: unknown, name: string): string | null {
  const value = isRecord(record) ? record[name] : undefined;
  return typeof value === 'string' ? value : null;
}

/** The outline of an event that was read whole. */
export function outlineOf({ producer, eventType, job, run, dataset }: LineageEvent): EventOutline {
  return {
    producer,
    eventType,
    jobNamespace: job?.namespace ?? null,
    jobName: job?.name ?? null,
    runId: run?.runId ?? null,
    datasetNamespace: dataset?.namespace ?? null,
    datasetName: dataset?.name ?? null,
  };
}
