import { coded, type InputFault } from '../errors.js';
import type { LineageEvent } from '../events.js';
import { pointerToken, type FindingList, type ReaderFindingCode } from './findings.js';
import { eventValidators } from './generated/event-validators.js';
import type { GeneratedValidator, ValidationError } from './validator.js';

const DEFINITION = { RUN: 'RunEvent', JOB: 'JobEvent', DATASET: 'DatasetEvent' } as const satisfies Record<
  LineageEvent['kind'],
  string
>;

const MAX_FAULTS = 50;

function validator(level: 'strict' | 'relaxed', kind: LineageEvent['kind']): GeneratedValidator {
  const found = eventValidators[`${level}${DEFINITION[kind]}`];
  if (found === undefined) throw new Error('No generated event validator: run scripts/generate-openlineage.mjs');
  return found;
}

const VALIDATORS = {
  strict: { RUN: validator('strict', 'RUN'), JOB: validator('strict', 'JOB'), DATASET: validator('strict', 'DATASET') },
  relaxed: {
    RUN: validator('relaxed', 'RUN'),
    JOB: validator('relaxed', 'JOB'),
    DATASET: validator('relaxed', 'DATASET'),
  },
} as const;

/** Why the relaxed schema refuses the event: missing or wrong names, ids and time. Empty when it accepts it. */
export function shapeFaults(kind: LineageEvent['kind'], event: unknown): readonly InputFault[] {
  const validate = VALIDATORS.relaxed[kind];
  if (validate(event)) return [];
  const faults = new Map<string, InputFault>();
  for (const error of validate.errors ?? []) {
    const fault = toFault(error);
    if (fault !== undefined && faults.size < MAX_FAULTS) faults.set(`${fault.pointer} ${fault.detail}`, fault);
  }
  return [...faults.values()];
}

function toFault(error: ValidationError): InputFault | undefined {
  if (error.keyword === 'required') {
    const missing = String(error.params['missingProperty']);
    const pointer = `${error.instancePath}/${pointerToken(missing)}`;
    return { pointer, ...coded('MISSING', `${missing} is missing.`) };
  }
  if (error.keyword === 'type') {
    const name = error.instancePath.slice(error.instancePath.lastIndexOf('/') + 1);
    const type = String(error.params['type']);
    const detail = `${name} must be ${type === 'object' ? 'an object' : `a ${type}`}.`;
    return { pointer: error.instancePath, ...coded('WRONG_TYPE', detail, { type }) };
  }
  return undefined;
}

/** Lists what the published schema refuses in an event that is accepted all the same. */
export function addDeviations(kind: LineageEvent['kind'], event: unknown, findings: FindingList): void {
  const validate = VALIDATORS.strict[kind];
  if (validate(event)) return;
  const seen = new Set<string>();
  for (const error of validate.errors ?? []) {
    const found = classify(error);
    if (found === undefined) continue;
    const key = `${found.code} ${found.pointer}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (found.code === 'SCHEMA_DEVIATION')
      findings.add(found.code, found.pointer, `The published schema says: ${found.message}.`);
    else findings.add(found.code, found.pointer);
  }
}

interface Deviation {
  readonly code: ReaderFindingCode;
  readonly pointer: string;
  readonly message: string;
}

const CONTAINER = /\/(?:facets|inputFacets|outputFacets)$/;
const FACET = /\/(?:facets|inputFacets|outputFacets)\/[^/]*$/;

function classify(error: ValidationError): Deviation | undefined {
  const { instancePath: path, keyword } = error;
  // eventTime is judged by its own parser, and anyOf only repeats what the error inside it says.
  if (path === '/eventTime' || keyword === 'anyOf' || keyword === 'oneOf') return undefined;
  const missing = keyword === 'required' ? String(error.params['missingProperty']) : '';
  const pointer = missing === '' ? path : `${path}/${pointerToken(missing)}`;
  return { code: codeOf(path, keyword, missing), pointer, message: error.message ?? keyword };
}

function codeOf(path: string, keyword: string, missing: string): ReaderFindingCode {
  const isAbsent = keyword === 'required' || keyword === 'type';
  const place = keyword === 'required' ? `${path}/${missing}` : path;
  if (place === '/producer' && isAbsent) return 'PRODUCER_MISSING';
  if (place === '/schemaURL' && isAbsent) return 'SCHEMA_URL_MISSING';
  if (place === '/eventType') return 'EVENT_TYPE_UNKNOWN';
  if (place === '/run/runId') return 'RUN_ID_NOT_UUID';
  if ((place === '/inputs' || place === '/outputs') && keyword === 'type') return 'DATASET_LIST_IGNORED';
  if (keyword === 'type' && CONTAINER.test(path)) return 'FACETS_IGNORED';
  if (keyword === 'type' && FACET.test(path)) return 'FACET_NOT_AN_OBJECT';
  if (isAbsent && place.endsWith('/_producer')) return 'FACET_PRODUCER_MISSING';
  if (isAbsent && place.endsWith('/_schemaURL')) return 'FACET_SCHEMA_URL_MISSING';
  return 'SCHEMA_DEVIATION';
}
