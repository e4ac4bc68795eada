import type { EventLog } from '@headwater/domain/ports';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';
import type { ProjectionStore } from '@headwater/domain/projection/projection-store';
import { Projector } from '@headwater/domain/projection/projector';

/** Moves one generation of the catalog along the log, batch by batch. One instance a generation may run at a time. */
export class ProjectLog {
  readonly #log: EventLog;
  readonly #store: ProjectionStore;
  readonly #projector: Projector;
  #position: number | undefined;

  constructor(log: EventLog, store: ProjectionStore, settings: ProjectionSettings) {
    this.#log = log;
    this.#store = store;
    this.#projector = new Projector(store.source, settings);
  }

  /**
   * Projects at most `limit` events behind the checkpoint and returns how many; 0 when the log has no more. After an
   * error nothing of the batch is stored, and the next call takes it up again.
   */
  async execute(limit: number): Promise<number> {
    try {
      this.#position ??= (await this.#store.checkpoint()).position;
      const events = await this.#log.readAfter(this.#position, limit);
      const last = events.at(-1);
      if (last === undefined) return 0;
      const changes = await this.#projector.project(events);
      await this.#store.save(changes);
      this.#position = last.position;
      return events.length;
    } catch (error) {
      this.#projector.reset();
      this.#position = undefined;
      throw error;
    }
  }
}
