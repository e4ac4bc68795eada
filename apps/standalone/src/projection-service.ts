import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { LineageGraph } from '@headwater/domain/ports';
import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';
import type { Logger } from '@headwater/platform/logging/logger';
import { PostgresChangeFeed } from '@headwater/store-postgres/catalog/postgres-change-feed';
import { generationSchema } from '@headwater/store-postgres/migrate/generations';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { ProjectorLease } from '@headwater/store-postgres/projection/projector-lease';
import { ProjectionWorker } from '@headwater/worker/projection-worker';
import { GenerationTracker } from './generation-tracker.js';
import { ensureGeneration, graphOf, prepareGraph, type Stores } from './stores.js';

/** K of rule 16 and the name rules as shipped. */
export const PROJECTION_SETTINGS: ProjectionSettings = { missTolerance: 10, nameRules: DEFAULT_NAME_RULES };

/** Follows the current generation: its schema, its graph, and, where this process projects, its worker. */
export class ProjectionService {
  readonly feed: ChangeFeed & { close(): Promise<void> };
  readonly #stores: Stores;
  readonly #logger: Logger;
  readonly #tracker: GenerationTracker;
  readonly #projects: boolean;
  #graph: LineageGraph;
  #worker: { readonly worker: ProjectionWorker; readonly lease: ProjectorLease } | undefined;

  private constructor(stores: Stores, logger: Logger, generation: number, projects: boolean) {
    this.#stores = stores;
    this.#logger = logger;
    this.#projects = projects;
    this.#graph = graphOf(stores, generation);
    this.#tracker = new GenerationTracker(stores.pool, generation, (next) => this.#switchTo(next));
    this.feed = new PostgresChangeFeed({ pool: stores.pool, url: stores.url, schema: () => this.schema() });
  }

  static async start(stores: Stores, logger: Logger, projects: boolean): Promise<ProjectionService> {
    const generation = await ensureGeneration(stores);
    const service = new ProjectionService(stores, logger, generation, projects);
    service.#startWorker(generation);
    service.#tracker.start();
    return service;
  }

  schema(): string {
    return generationSchema(this.#tracker.current);
  }

  graph(): LineageGraph {
    return this.#graph;
  }

  async stop(): Promise<void> {
    await this.#tracker.stop();
    await this.#stopWorker();
    await this.feed.close();
  }

  async #switchTo(generation: number): Promise<void> {
    this.#logger.info({ generation }, 'the projection was switched to another generation');
    this.#graph = graphOf(this.#stores, generation);
    await this.#stopWorker();
    this.#startWorker(generation);
  }

  #startWorker(generation: number): void {
    if (!this.#projects) return;
    const { pool, url, log } = this.#stores;
    const lease = new ProjectorLease(url, generation);
    const worker = new ProjectionWorker({
      log,
      onAppend: (wake) => log.subscribe(wake),
      store: new PostgresProjection(pool, generationSchema(generation)),
      feed: this.feed,
      graph: this.#graph,
      prepareGraph: () => prepareGraph(this.#stores, generation),
      settings: PROJECTION_SETTINGS,
      mayProject: () => lease.hold(),
      onError: (stage, error) => {
        this.#logger.error({ err: error, stage }, 'projection failed and will be tried again');
      },
    });
    worker.start();
    this.#worker = { worker, lease };
  }

  async #stopWorker(): Promise<void> {
    const held = this.#worker;
    this.#worker = undefined;
    await held?.worker.stop();
    await held?.lease.release();
  }
}
