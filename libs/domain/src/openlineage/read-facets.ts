import type { FacetStatement } from '../events.js';
import { cleanValue } from './clean-text.js';
import type { ExactIntegers } from './exact-integers.js';
import { pointerToken, type FindingList } from './findings.js';
import { facetCheck } from './known-facets.js';
import { producerKey } from './producer-key.js';
import type { FacetPlace } from './validator.js';

/** What all facets of one event share. */
export interface FacetContext {
  readonly findings: FindingList;
  /** The producer of the event, for facets that name none. */
  readonly producer: string | null;
  /** Whether strings may hold characters to replace; false spares the walk. */
  readonly needsCleaning: boolean;
  readonly exactIntegers: ExactIntegers;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that the relaxed schema has shown to be a string; '' where there is none. */
export function text(record: unknown, name: string): string {
  const value = isRecord(record) ? record[name] : undefined;
  return typeof value === 'string' ? value : '';
}

const NONE: readonly FacetStatement[] = [];

/** Reads a facets object; anything else is read as empty (the event's own schema reports it). */
export function readFacets(
  container: unknown,
  place: FacetPlace,
  pointer: string,
  context: FacetContext,
): readonly FacetStatement[] {
  if (!isRecord(container)) return NONE;
  const statements: FacetStatement[] = [];
  for (const [key, sent] of Object.entries(container)) {
    const raw = `${pointer}/${pointerToken(key)}`;
    const [name, body] = context.needsCleaning ? cleaned(key, sent, raw, context.findings) : [key, sent];
    // The event's own schema lists a facet that is no object among the findings.
    if (!isRecord(body)) continue;
    statements.push(readFacet(name, body, place, `${pointer}/${pointerToken(name)}`, context));
  }
  return statements;
}

function cleaned(key: string, value: unknown, pointer: string, findings: FindingList): readonly [string, unknown] {
  return [String(cleanValue(key, pointer, findings)), cleanValue(value, pointer, findings)];
}

function readFacet(
  name: string,
  body: Readonly<Record<string, unknown>>,
  place: FacetPlace,
  pointer: string,
  context: FacetContext,
): FacetStatement {
  const own = body['_producer'];
  const schemaUrl = body['_schemaURL'];
  const producer = typeof own === 'string' && own !== '' ? own : context.producer;
  // OpenLineage 2-0-2: JobFacet and DatasetFacet alone have `_deleted`, and a deleted facet has no other content.
  const deleted = body['_deleted'] === true && (place === 'job' || place === 'dataset');
  const check = facetCheck(place, name);
  let valid = true;
  if (check !== undefined && !deleted) {
    const verdict = check(body);
    valid = verdict.fit !== 'INVALID';
    if (verdict.fit !== 'PUBLISHED') {
      context.findings.add(
        valid ? 'FACET_DEVIATES' : 'FACET_INVALID',
        pointer + verdict.pointer,
        `${name}: ${verdict.message}`,
      );
    }
  }
  return {
    name,
    producer,
    producerKey: producerKey(producer),
    schemaUrl: typeof schemaUrl === 'string' ? schemaUrl : null,
    known: check !== undefined,
    valid,
    deleted,
    pointer,
    body: context.exactIntegers.of(body, pointer),
  };
}
