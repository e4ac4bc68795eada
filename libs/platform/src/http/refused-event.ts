import { EventRefused } from '@headwater/application/ingest/event-refused';
import type { HeadwaterError } from '@headwater/domain/errors';
import { NO_OUTLINE } from '@headwater/domain/openlineage/event-outline';
import type { Refused } from '@headwater/domain/refused-event';
import type { FastifyRequest } from 'fastify';
import { pathOf, toProblem } from './problem.js';

/** Told of each event that is refused for what it says. */
export interface RefusedEventSink {
  add(refused: Refused): void;
}

/** What an event can be refused with for what it says; the audit of access and the metrics have the rest. */
const STATUSES: ReadonlySet<number> = new Set([400, 413, 415, 422]);

// V8 quotes what stands around the fault; it may be anything, and differs from event to event.
const QUOTED = /, (?:\.{3})?"[^]*"(?:\.{3})? is not valid JSON/;

/** The refusal as it is kept; undefined where it is not about what the event says. */
export function refusedEventOf(request: FastifyRequest, error: HeadwaterError): Refused | undefined {
  const path = pathOf(request.url);
  const { status, detail, errors } = toProblem(error, path, request.id).problem;
  if (!STATUSES.has(status) && error.reason !== 'FOREIGN_NAMESPACE') return undefined;
  const { principal, ip } = request;
  const pointer = errors?.[0]?.pointer ?? '';
  return {
    ...{ actor: principal?.id ?? null, actorName: principal?.name ?? null, address: ip, path, status },
    code: error.reason ?? error.category,
    message: detail.replace(QUOTED, ''),
    pointer: pointer === '' ? null : pointer,
    outline: error instanceof EventRefused ? error.outline : NO_OUTLINE,
  };
}
