import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import { readEvent } from '@headwater/domain/openlineage/read-event';
import { laterPosition } from '@headwater/domain/position';
import type { Clock, EventLog } from '@headwater/domain/ports';
import type { SealPersonalParts } from '../../decisions/seal-personal-parts.js';
import { AcceptEvents } from '../accept-events.js';
import type { WritableNamespaces } from '../intake.js';
import { LineageIntake, type IncomingLineage } from '../lineage-intake.js';
import { dbtEvents, type DbtEvents, type DbtOptions } from './dbt-events.js';
import { readCatalog, readManifest } from './read-artifacts.js';

/** They share a durable insert. */
const EVENTS_AT_ONCE = 100;
const MOST_FAULTS = 20;

export interface DbtArtifacts {
  /** The text of manifest.json. */
  readonly manifest: string;
  /** The text of catalog.json; null where there is none: columns are then as documented, without those that are not. */
  readonly catalog: string | null;
}

export interface ImportedDbt extends Omit<DbtEvents, 'events'> {
  readonly events: number;
  /** How many of the events were in the log before. */
  readonly duplicates: number;
  /** Of the latest event, as an ingest answer gives it; null where there is none. */
  readonly position: string | null;
}

/** The events that artifacts of dbt come to. Throws INVALID_INPUT with faults. */
export function translateDbt({ manifest, catalog }: DbtArtifacts, options: DbtOptions): DbtEvents {
  const faults = (['namespace', 'jobNamespace'] as const)
    .filter((option) => options[option].trim() === '')
    .map((option): InputFault => ({ pointer: `/${option}`, ...coded('EMPTY', 'must not be empty') }));
  if (faults.length > 0) throw new HeadwaterError('INVALID_INPUT', 'Say where the datasets of dbt are', { faults });
  return dbtEvents(readManifest(manifest), catalog === null ? null : readCatalog(catalog), options);
}

/** dbt tells of no decisions. */
const NOTHING_PERSONAL: Pick<SealPersonalParts, 'execute'> = {
  execute: () => Promise.reject(new HeadwaterError('INTERNAL', 'An event of dbt carries a decision')),
};

/** Takes in what dbt declares as if it had sent it. The same artifacts again change nothing. */
export class ImportDbt {
  readonly #accept: AcceptEvents<IncomingLineage>;

  constructor(
    log: EventLog,
    clock: Clock,
    private readonly options: { readonly maxEventBytes: number },
  ) {
    this.#accept = new AcceptEvents(log, clock, new LineageIntake(NOTHING_PERSONAL, options.maxEventBytes));
  }

  /**
   * Throws INVALID_INPUT with faults before anything is stored, FORBIDDEN for a namespace that the caller may not write,
   * UNAVAILABLE where the log is away: what it has by then stays, and the rest comes with the next try.
   */
  async execute(artifacts: DbtArtifacts, options: DbtOptions, writes: WritableNamespaces): Promise<ImportedDbt> {
    const { events, ...told } = translateDbt(artifacts, options);
    const encoder = new TextEncoder();
    const bytes = events.map((event) => encoder.encode(JSON.stringify(event)));
    this.#check(bytes);
    requireWritable(options, writes);
    let position = '';
    let duplicates = 0;
    for (let from = 0; from < bytes.length; from += EVENTS_AT_ONCE) {
      const taken = await Promise.all(
        bytes
          .slice(from, from + EVENTS_AT_ONCE)
          .map((event) => this.#accept.one(event, { lineage: writes, decisions: NamespaceRule.NONE })),
      );
      duplicates += taken.filter(({ duplicate }) => duplicate).length;
      position = taken.map((one) => one.position).reduce(laterPosition, position);
    }
    return { ...told, events: events.length, duplicates, position: position === '' ? null : position };
  }

  #check(events: readonly Uint8Array[]): void {
    const faults = events.flatMap((bytes): readonly InputFault[] => {
      const read = readEvent(bytes);
      const name = read.ok ? (read.event.job?.name ?? read.event.dataset?.name ?? '') : '';
      if (bytes.byteLength > this.options.maxEventBytes)
        return [
          {
            pointer: '/manifest',
            ...coded('TOO_MANY_BYTES', `${name} comes to more than ${String(this.options.maxEventBytes)} bytes`, {
              most: this.options.maxEventBytes,
            }),
          },
        ];
      return read.ok ? [] : [{ pointer: '/manifest', ...coded('WRONG_SHAPE', read.detail, { problem: read.detail }) }];
    });
    if (faults.length === 0) return;
    throw new HeadwaterError('INVALID_INPUT', 'The artifacts of dbt cannot be imported', {
      faults: faults.slice(0, MOST_FAULTS),
    });
  }
}

/** Before anything is stored: events are judged one by one. */
function requireWritable({ namespace, jobNamespace }: DbtOptions, writes: WritableNamespaces): void {
  const foreign = [namespace, jobNamespace].find((one) => !writes.allows(one));
  if (foreign === undefined) return;
  throw new HeadwaterError('FORBIDDEN', `These credentials may not write what is in the namespace ${foreign}.`, {
    reason: 'FOREIGN_NAMESPACE',
  });
}
