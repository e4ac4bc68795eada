import { createHash } from 'node:crypto';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { HeadwaterError } from '@headwater/domain/errors';
import { assetEditBytes } from '@headwater/domain/governance/asset-edit';
import {
  NOT_ALLOWED,
  type EditJob,
  type EditJobStore,
  type JobEdit,
  type PlannedEdit,
  type SettledEdit,
} from '@headwater/domain/governance/edit-job';
import { parseNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { EditRequestStore } from '@headwater/domain/governance/edit-requests';
import type { Clock, EventLog } from '@headwater/domain/ports';
import { formatPosition } from '@headwater/domain/position';
import { MICROS_PER_SECOND } from '@headwater/domain/time';
import type { CurrentRights } from '../../access/current-rights.js';
import { EditRights, type PlaceReader } from '../../access/edit-rights.js';
import type { AwaitPosition } from '../../status/await-position.js';

/** So many edits are in the log ahead of what the projection has: others who edit wait behind no more than these. */
const PORTION = 100;
const LOOK_EVERY_MS = 15_000;
/** A job of which nothing was settled for so long has lost the process that worked on it. */
const STALLED_AFTER = 60 * MICROS_PER_SECOND;
const KEPT = 90 * 24 * 3600 * MICROS_PER_SECOND;

export interface RunEditJobsPorts {
  readonly jobs: EditJobStore;
  readonly requests: Pick<EditRequestStore, 'sweep'>;
  readonly log: Pick<EventLog, 'append' | 'logId'>;
  readonly catalog: Pick<CatalogReader, 'findingsOfEvents'> & PlaceReader;
  readonly awaitPosition: Pick<AwaitPosition, 'execute'>;
  /** What those who asked may do by now. */
  readonly rights: Pick<CurrentRights, 'of'>;
  readonly clock: Clock;
  /** Of work that failed and will be tried again. */
  readonly onError: (error: unknown) => void;
}

/**
 * Carries out jobs of edits: appends them to the log, a portion at a time, and notes what became of each. The bytes of an
 * edit follow from its job, so that what two processes append, or one appends again after a crash, is one event. What who
 * asked may not edit by then is not appended, and noted as refused.
 */
export class RunEditJobs {
  readonly #running = new Map<string, Promise<void>>();
  /** What this process began and could not end so far. */
  readonly #unfinished = new Set<string>();
  #looking: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(private readonly ports: RunEditJobsPorts) {}

  /** Takes up what was left by a process that is gone, now and from time to time. */
  start(): void {
    void this.#look(0);
    this.#looking = setInterval(() => void this.#look(STALLED_AFTER), LOOK_EVERY_MS).unref();
  }

  /** Begins to work on a job, unless this process does so already. */
  take(id: string): void {
    if (this.#isClosed || this.#running.has(id)) return;
    this.#unfinished.add(id);
    const running = this.run(id)
      .then(() => void this.#unfinished.delete(id), this.ports.onError)
      .finally(() => this.#running.delete(id));
    this.#running.set(id, running);
  }

  /** Ends with the portion at hand; the rest waits for the next start, here or elsewhere. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#looking);
    await Promise.all(this.#running.values());
  }

  /** Resolves once nothing of the job is left to do, or this is closed. Throws UNAVAILABLE where a store is away. */
  async run(id: string): Promise<void> {
    const { jobs, clock } = this.ports;
    const job = await jobs.job(id);
    if (job === null || job.endedAt !== null) return;
    while (!this.#isClosed) {
      const edits = await jobs.edits(id, 'WAITING', 0, PORTION);
      const settled = edits.length === 0 ? [] : await this.#make(job, edits);
      if (settled === null) return;
      // Without edits too: two processes that settle the last ones at the same time both leave the end to this.
      await jobs.settle(id, settled, clock.now());
      if (edits.length === 0) return;
    }
  }

  /** Null where this was closed before the catalog had them. */
  async #make(job: EditJob, edits: readonly JobEdit[]): Promise<readonly SettledEdit[] | null> {
    const { log, catalog, rights, clock } = this.ports;
    const by = await rights.of(job.by.id, job.standing ?? null);
    const places = edits.map(({ asset }) => placeOf(asset));
    const allowing = by === null ? null : await new EditRights(by, catalog, clock).over(places);
    const mayEdit = ({ asset, changes }: PlannedEdit): boolean =>
      allowing === null || allowing.allows(placeOf(asset), changes);
    const allowed = edits.filter(mayEdit);
    const refused = edits
      .filter((edit) => !mayEdit(edit))
      .map(({ n }): SettledEdit => ({ n, position: null, verdict: NOT_ALLOWED }));
    if (allowed.length === 0) return refused;
    const receivedAt = clock.now();
    const events = allowed.map((edit) => ({ kind: 'EDIT' as const, bytes: bytesOf(job, edit), receivedAt }));
    const appended = await log.append(events);
    const positions = appended.map(({ position }) => position);
    if (!(await this.#isReadable(Math.max(...positions)))) return null;
    const findings = await catalog.findingsOfEvents(positions);
    const made = allowed.map(({ n }, index): SettledEdit => {
      const position = positions[index];
      if (position === undefined) throw new HeadwaterError('INTERNAL', 'the log took an edit and gave it no position');
      const refusal = (findings.get(position) ?? []).find(({ code }) => code.startsWith('EDIT_'));
      return { n, position, verdict: refusal?.code ?? null };
    });
    return [...made, ...refused];
  }

  /** However far the catalog is behind. False once this is closed. */
  async #isReadable(position: number): Promise<boolean> {
    const { log, awaitPosition } = this.ports;
    while (!this.#isClosed) {
      try {
        await awaitPosition.execute(formatPosition(log.logId, position), 'CATALOG');
        return true;
      } catch (error) {
        if (!(error instanceof HeadwaterError) || error.reason !== 'PROJECTION_BEHIND') throw error;
      }
    }
    return false;
  }

  async #look(stalledFor: number): Promise<void> {
    const { jobs, requests, clock, onError } = this.ports;
    for (const id of this.#unfinished) this.take(id);
    try {
      for (const id of await jobs.stalled(clock.now() - stalledFor)) this.take(id);
      await jobs.sweep(clock.now() - KEPT);
      await requests.sweep(clock.now() - KEPT);
    } catch (error) {
      onError(error);
    }
  }
}

/** An asset and the namespace that its id names. */
function placeOf(asset: NodeId): { readonly id: NodeId; readonly namespace: string } {
  return { id: asset, namespace: parseNodeId(asset)?.segments[0] ?? '' };
}

function bytesOf({ id, by, reason, startedAt }: EditJob, { asset, expected, changes }: PlannedEdit): Uint8Array {
  const editId = createHash('sha256')
    .update(JSON.stringify([id, startedAt, asset]))
    .digest('hex')
    .slice(0, 32);
  return assetEditBytes({ id: editId, by, reason, expected, asset, changes });
}
