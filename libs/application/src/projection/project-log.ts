import { HeadwaterError } from '@headwater/domain/errors';
import type { StoredEvent } from '@headwater/domain/events';
import type { EventLog } from '@headwater/domain/ports';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';
import type { ProjectionStore } from '@headwater/domain/projection/projection-store';
import { Projector } from '@headwater/domain/projection/projector';

/** Moves one generation of the catalog along the log, batch by batch. One instance a generation may run at a time. */
export class ProjectLog {
  readonly #log: EventLog;
  readonly #store: ProjectionStore;
  readonly #projector: Projector;
  readonly #onRejected: (position: number, error: unknown) => void;
  #position: number | undefined;

  /** `onRejected` is told of each event that became the finding EVENT_UNPROJECTABLE, and why. */
  constructor(
    log: EventLog,
    store: ProjectionStore,
    settings: ProjectionSettings,
    onRejected: (position: number, error: unknown) => void = () => undefined,
  ) {
    this.#log = log;
    this.#store = store;
    this.#projector = new Projector(store.source, settings);
    this.#onRejected = onRejected;
  }

  /**
   * Projects at most `limit` events behind the checkpoint and returns how many; 0 when the log has no more. An event that
   * cannot be projected becomes a finding. When the store is away nothing of the batch, or its first part, is stored, and
   * the next call takes up the rest.
   */
  async execute(limit: number): Promise<number> {
    try {
      this.#position ??= (await this.#store.checkpoint()).position;
      const events = await this.#log.readAfter(this.#position, limit);
      const last = events.at(-1);
      if (last === undefined) return 0;
      if (!(await this.#project(events))) for (const event of events) await this.#projectAlone(event);
      this.#position = last.position;
      return events.length;
    } catch (error) {
      this.#projector.reset();
      this.#position = undefined;
      throw error;
    }
  }

  /** Nothing is stored and false where an event of the batch cannot be projected. */
  async #project(events: readonly StoredEvent[], onFailure?: (error: unknown) => void): Promise<boolean> {
    try {
      await this.#store.save(await this.#projector.project(events));
      return true;
    } catch (error) {
      if (!isAboutEvents(error)) throw error;
      // What was applied in memory before the failure is not stored.
      this.#projector.reset();
      onFailure?.(error);
      return false;
    }
  }

  async #projectAlone(event: StoredEvent): Promise<void> {
    let cause: unknown;
    const isDone = await this.#project([event], (error) => {
      cause = error;
    });
    if (isDone) return;
    await this.#store.save(this.#projector.reject(event));
    this.#onRejected(event.position, cause);
  }
}

/** Whether an error comes from what the events hold, and not from a store that is away or not as it should be. */
function isAboutEvents(error: unknown): boolean {
  return (
    !(error instanceof HeadwaterError) || error.category === 'INVALID_INPUT' || error.reason === 'STORE_REFUSED_DATA'
  );
}
