import { coded, HeadwaterError } from '../errors.js';
import { hash128 } from '../identifiers.js';
import type { ValidTime } from '../graph.js';
import type { LineageRequest, Moment } from './lineage-answer.js';

/** Where an answer stopped: everything that the next one needs to go on in the same state of the graph. */
export interface LineageCursor {
  readonly moment: Moment;
  /** Nodes given so far, in the walk's order. */
  readonly given: number;
  /** Edges from nodes at a lesser depth were given wherever both ends were. */
  readonly edgeDepth: number;
}

const VERSION = 1;

/** Opaque text for clients: base64url, self-contained, bound to root, direction and granularity. */
export function encodeCursor(cursor: LineageCursor, request: LineageRequest): string {
  const { valid, knownAt, position } = cursor.moment;
  const time = 'at' in valid ? [valid.at] : [valid.from, valid.to];
  const parts = [
    VERSION,
    fingerprint(request),
    time,
    knownAt,
    position,
    cursor.given,
    Math.min(cursor.edgeDepth, Number.MAX_SAFE_INTEGER),
  ];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Throws INVALID_INPUT for text that is no cursor, or that belongs to another request. */
export function decodeCursor(text: string, request: LineageRequest): LineageCursor {
  const parts = parse(text);
  if (!Array.isArray(parts) || parts.length !== 7 || parts[0] !== VERSION) throw refused('is no cursor of lineage');
  const [, print, time, knownAt, position, given, edgeDepth] = parts as readonly unknown[];
  const valid = validTime(time);
  if (valid === undefined || !isTime(knownAt) || !isCount(position) || !isCount(given) || !isCount(edgeDepth)) {
    throw refused('is no cursor of lineage');
  }
  if (print !== fingerprint(request)) throw refused('belongs to another root, direction or granularity');
  const cursor = { moment: { valid, knownAt, position }, given, edgeDepth };
  if (!isSameTime(request, cursor.moment)) throw refused('belongs to another asOf, between or knownAt');
  return cursor;
}

function parse(text: string): unknown {
  if (!/^[A-Za-z0-9_-]{1,2000}$/.test(text)) return undefined;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
  } catch {
    // Text that decodes to no JSON is no cursor; the caller says so.
    return undefined;
  }
}

function validTime(value: unknown): ValidTime | undefined {
  if (!Array.isArray(value) || !value.every(isTime)) return undefined;
  const [from, to] = value;
  if (from === undefined || value.length > 2) return undefined;
  return to === undefined ? { at: from } : { from, to };
}

/** A continuation may leave the times out; where it gives them they must be those of the first answer. */
function isSameTime(request: LineageRequest, { valid, knownAt }: Moment): boolean {
  const { asOf, between } = request;
  if (asOf !== undefined && !('at' in valid && valid.at === asOf)) return false;
  if (between !== undefined && !('from' in valid && valid.from === between.from && valid.to === between.to))
    return false;
  return request.knownAt === undefined || request.knownAt >= knownAt;
}

function fingerprint({ root, direction, granularity }: LineageRequest): string {
  return hash128([root, direction, granularity].join(' ')).slice(0, 16);
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isCount(value: unknown): value is number {
  return isTime(value) && value >= 0;
}

function refused(why: string): HeadwaterError {
  return new HeadwaterError(
    'INVALID_INPUT',
    `The cursor ${why}: pass the endCursor of an answer to the same request, or leave it out to begin anew.`,
    {
      faults: [{ pointer: '/after', ...coded('NO_CURSOR', why) }],
    },
  );
}
