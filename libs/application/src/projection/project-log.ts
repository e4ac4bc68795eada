import { HeadwaterError } from '@headwater/domain/errors';
import type { FacetMemory } from '@headwater/domain/openlineage/facet-memory';
import type { EventLog } from '@headwater/domain/ports';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';
import type { ReadStored } from '@headwater/domain/projection/changes';
import type { ProjectionStore } from '@headwater/domain/projection/projection-store';
import { Projector } from '@headwater/domain/projection/projector';

/** What of a log is projected. */
export type ProjectedLog = Pick<EventLog, 'readAfter'>;

const EVENTS_A_TURN = 8;
/** So many assets are looked at beside a batch of events. */
const ASSETS_BESIDE = 50;

/** Moves one generation of the catalog along the log, batch by batch. One instance a generation may run at a time. */
export class ProjectLog {
  readonly #log: ProjectedLog;
  readonly #store: ProjectionStore;
  readonly #projector: Projector;
  readonly #onRejected: (position: number, error: unknown) => void;
  #position: number | undefined;
  /** The events behind the batch that is being saved. */
  #ahead: Promise<readonly ReadStored[]> | undefined;

  /** `onRejected` is told of each event that became the finding EVENT_UNPROJECTABLE, and why. */
  constructor(
    log: ProjectedLog,
    store: ProjectionStore,
    settings: ProjectionSettings,
    onRejected: (position: number, error: unknown) => void = () => undefined,
    facets?: FacetMemory,
  ) {
    this.#log = log;
    this.#store = store;
    this.#projector = new Projector(store.source, settings, facets);
    this.#onRejected = onRejected;
  }

  /**
   * Projects at most `limit` events behind the checkpoint, or looks at as many assets that search may tell wrong of, and
   * returns how many; 0 when nothing is left to do. An event that cannot be projected becomes a finding. When the store is away nothing of the batch, or its first part, is stored, and
   * the next call takes up the rest.
   */
  async execute(limit: number): Promise<number> {
    try {
      this.#position ??= (await this.#store.checkpoint()).position;
      const events = await (this.#ahead ?? this.#readAfter(this.#position, limit));
      this.#ahead = undefined;
      const last = events.at(-1)?.stored;
      if (last === undefined) return await this.#store.refreshSearch(limit);
      if (!(await this.#project(events, limit))) for (const event of events) await this.#projectAlone(event);
      this.#position = last.position;
      // A log that never ends would keep it from its turn.
      await this.#store.refreshSearch(ASSETS_BESIDE);
      return events.length;
    } catch (error) {
      this.#forget();
      this.#position = undefined;
      throw error;
    }
  }

  /** The next events and what they say, a few at a time, so that a save under way goes on meanwhile. */
  async #readAfter(position: number, limit: number): Promise<readonly ReadStored[]> {
    const read: ReadStored[] = [];
    for (const [index, stored] of (await this.#log.readAfter(position, limit)).entries()) {
      if (index % EVENTS_A_TURN === EVENTS_A_TURN - 1) await nextTurn();
      read.push(this.#projector.read(stored));
    }
    return read;
  }

  /** Nothing is stored and false where an event of the batch cannot be projected. */
  async #project(events: readonly ReadStored[], limit: number): Promise<boolean> {
    try {
      const changes = await this.#projector.project(events);
      const saving = this.#store.save(changes);
      // While the store works on this batch, the next one is read; a failure shows when it is asked for.
      this.#ahead = this.#readAfter(changes.position, limit);
      this.#ahead.catch(() => undefined);
      await saving;
    } catch (error) {
      if (!isAboutEvents(error)) throw error;
      this.#forget();
      return false;
    }
    // An empty answer may be old by the time of the next call. A failure to read is none of the batch, which is saved.
    if ((await this.#ahead).length === 0) this.#ahead = undefined;
    return true;
  }

  async #projectAlone(event: ReadStored): Promise<void> {
    try {
      await this.#store.save(await this.#projector.project([event]));
    } catch (error) {
      if (!isAboutEvents(error)) throw error;
      this.#forget();
      await this.#store.save(this.#projector.reject(event.stored));
      this.#onRejected(event.stored.position, error);
    }
  }

  /** What was applied in memory, or read ahead, before a failure is not stored. */
  #forget(): void {
    this.#projector.reset();
    this.#ahead = undefined;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Whether an error comes from what the events hold, and not from a store that is away or not as it should be. */
function isAboutEvents(error: unknown): boolean {
  return (
    !(error instanceof HeadwaterError) || error.category === 'INVALID_INPUT' || error.reason === 'STORE_REFUSED_DATA'
  );
}
