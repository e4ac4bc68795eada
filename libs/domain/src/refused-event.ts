import type { EventOutline } from './events.js';
import { hash128 } from './identifiers.js';
import { cleanText } from './openlineage/clean-text.js';
import type { Page, PageRequest } from './page.js';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE, type Micros } from './time.js';

/** An event that was refused for what it said: who sent it, what was answered, and what of it could be read. */
export interface Refused {
  /** The principal's id and name; null where events of several were counted together. */
  readonly actor: string | null;
  readonly actorName: string | null;
  readonly address: string | null;
  /** Where it was sent to. */
  readonly path: string;
  /** The HTTP status; in a batch, the one that the event alone would have got. */
  readonly status: number;
  /** The reason, or where there is none below it the category. */
  readonly code: string;
  /** What the sender was told. */
  readonly message: string;
  /** RFC 6901 pointer to the first fault; null where the event as a whole is meant. */
  readonly pointer: string | null;
  /** Never the event itself, which may hold anything. */
  readonly outline: EventOutline;
}

/** All that one sender was refused for one reason within a minute; the outline is the latest event's. */
export interface RefusedEvent extends Refused {
  readonly count: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
}

export interface RefusedEventRow extends RefusedEvent {
  readonly id: string;
}

export interface RefusedEventFilter {
  readonly statuses?: readonly number[];
  readonly actor?: string;
  readonly address?: string;
  /** Those whose latest event came in [from, to). */
  readonly from?: Micros;
  readonly to?: Micros;
}

/** The latest lines that are kept, whoever sends how much. */
export const MAX_REFUSED_EVENTS = 1_000;
/** Older lines are removed. */
export const REFUSED_EVENTS_KEPT: Micros = 30 * 24 * MICROS_PER_HOUR;

/** Refused events of every process. No part of the log: nothing follows from them, and they do not stay. */
export interface RefusedEventStore {
  /** Adds each to the line of its minute, sender and reason, and removes what is too old or too much. */
  record(lines: readonly RefusedEvent[]): Promise<void>;
  /** The latest first. */
  list(filter: RefusedEventFilter, page: PageRequest): Promise<Page<RefusedEventRow>>;
  /** Removes what is too old. */
  sweep(): Promise<void>;
}

const MAX_MESSAGE = 500;
const MAX_TEXT = 200;

/** The same as it is kept: texts of sane lengths that can be stored and shown. */
export function briefRefused(refused: Refused): Refused {
  const { actor, actorName, path, message, pointer, outline } = refused;
  return {
    ...refused,
    actor: brief(actor),
    actorName: brief(actorName),
    path: cut(path, MAX_TEXT),
    message: cut(message, MAX_MESSAGE),
    pointer: brief(pointer),
    outline: {
      ...outline,
      producer: brief(outline.producer),
      jobNamespace: brief(outline.jobNamespace),
      jobName: brief(outline.jobName),
      datasetNamespace: brief(outline.datasetNamespace),
      datasetName: brief(outline.datasetName),
    },
  };
}

/** What refused events are counted together by. */
export function refusedKey({ actor, address, path, status, code, message, pointer }: Refused): string {
  return JSON.stringify([actor, address, path, status, code, message, pointer]);
}

/** The id of a line: the same in every process, so that each adds to what others counted. */
export function refusedLineId(line: RefusedEvent): string {
  return hash128(`${String(Math.floor(line.firstAt / MICROS_PER_MINUTE))} ${refusedKey(line)}`);
}

/** Rows with lines added to those of the same id: what two processes, or two moments, counted. */
export function withLines(
  rows: readonly RefusedEventRow[],
  lines: readonly RefusedEvent[],
): readonly RefusedEventRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const line of lines) {
    const id = refusedLineId(line);
    const held = byId.get(id);
    byId.set(id, {
      ...line,
      id,
      count: line.count + (held?.count ?? 0),
      firstAt: Math.min(line.firstAt, held?.firstAt ?? Infinity),
      lastAt: Math.max(line.lastAt, held?.lastAt ?? 0),
    });
  }
  return [...byId.values()];
}

function brief(text: string | null): string | null {
  return text === null ? null : cut(text, MAX_TEXT);
}

function cut(text: string, length: number): string {
  const short = cleanText(text.slice(0, length + 1));
  return short.length > length ? `${short.slice(0, length - 1).toWellFormed()}…` : short;
}
