import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { LineageGraph } from '@headwater/domain/ports';
import type { Logger } from '@headwater/platform/logging/logger';
import { MICROS_PER_HOUR } from '@headwater/domain/time';
import { PostgresChangeFeed } from '@headwater/store-postgres/catalog/postgres-change-feed';
import { generationSchema } from '@headwater/store-postgres/migrate/generations';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { ProjectorLease } from '@headwater/store-postgres/projection/projector-lease';
import { ProjectionWorker } from '@headwater/worker/projection-worker';
import { GenerationTracker } from './generation-tracker.js';
import { rebuild } from './rebuild.js';
import { warmUp } from './warm-up.js';
import { ensureGeneration, graphOf, isCurrentTemplate, prepareGraph, type Stores } from './stores.js';

const PRUNE_EVERY_MS = 10 * 60_000;

export interface ProjectionOptions {
  /** Whether this process projects, or only reads. */
  readonly projects: boolean;
  /** How long graph changes stay readable for subscriptions. */
  readonly retentionHours: number;
  readonly onProgress: (message: string) => void;
}

/** Tables of another version's template cannot be read: such a generation is replaced before anything is served. */
async function currentOrRebuilt(stores: Stores, logger: Logger, options: ProjectionOptions): Promise<number> {
  const generation = await ensureGeneration(stores);
  if (!options.projects || (await isCurrentTemplate(stores))) return generation;
  options.onProgress('the projection was made by another version: rebuilding it from the log');
  return rebuild(stores, logger, {
    onProgress: (done, total) => {
      options.onProgress(`rebuilt ${String(done)} of ${String(total)} events`);
    },
  });
}

/** Follows the current generation: its schema, its graph, and, where this process projects, its worker. */
export class ProjectionService {
  readonly feed: PostgresChangeFeed;
  readonly #stores: Stores;
  readonly #logger: Logger;
  readonly #tracker: GenerationTracker;
  readonly #options: ProjectionOptions;
  #pruning: NodeJS.Timeout | undefined;
  #graph: LineageGraph;
  /** How far this process's worker has brought the graph; undefined where it has not been there yet. */
  #applied: number | undefined;
  #worker: { readonly worker: ProjectionWorker; readonly lease: ProjectorLease } | undefined;

  private constructor(stores: Stores, logger: Logger, generation: number, options: ProjectionOptions) {
    this.#stores = stores;
    this.#logger = logger;
    this.#options = options;
    this.#graph = graphOf(stores, generation);
    this.#tracker = new GenerationTracker(stores.pool, generation, (next) => this.#switchTo(next));
    this.feed = new PostgresChangeFeed({ pool: stores.pool, url: stores.url, schema: () => this.schema() });
  }

  static async start(stores: Stores, logger: Logger, options: ProjectionOptions): Promise<ProjectionService> {
    const generation = await currentOrRebuilt(stores, logger, options);
    const service = new ProjectionService(stores, logger, generation, options);
    service.#startWorker(generation);
    service.#tracker.start();
    void warmUp(service.#graph);
    service.#schedulePruning();
    return service;
  }

  schema(): string {
    return generationSchema(this.#tracker.current);
  }

  graph(): LineageGraph {
    return this.#graph;
  }

  /** The position up to which this process itself has filled the current graph. */
  applied(): number | undefined {
    return this.#applied;
  }

  async stop(): Promise<void> {
    clearInterval(this.#pruning);
    await this.#tracker.stop();
    await this.#stopWorker();
    await this.feed.close();
  }

  /** Graph changes stay for their retention after every store has them. */
  #schedulePruning(): void {
    if (!this.#options.projects) return;
    this.#pruning = setInterval(() => {
      void this.#prune().catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'old graph changes could not be removed and will be tried again');
      });
    }, PRUNE_EVERY_MS).unref();
  }

  async #prune(): Promise<void> {
    const [{ recordedAt }, { position }] = await Promise.all([this.feed.head(), this.#graph.checkpoint()]);
    await this.feed.pruneBefore(recordedAt - this.#options.retentionHours * MICROS_PER_HOUR, position);
  }

  async #switchTo(generation: number): Promise<void> {
    this.#logger.info({ generation }, 'the projection was switched to another generation');
    this.#graph = graphOf(this.#stores, generation);
    this.#applied = undefined;
    await this.#stopWorker();
    this.#startWorker(generation);
    void warmUp(this.#graph);
  }

  #startWorker(generation: number): void {
    if (!this.#options.projects) return;
    const { pool, url, log } = this.#stores;
    const lease = new ProjectorLease(url, generation);
    const graph = this.#graph;
    const worker = new ProjectionWorker({
      log,
      onAppend: (wake) => log.subscribe(wake),
      store: new PostgresProjection(pool, generationSchema(generation)),
      feed: this.#feedOf(generation),
      graph,
      prepareGraph: async () => {
        await prepareGraph(this.#stores, generation);
        // A server that comes back has its plans to make anew.
        void warmUp(graph);
      },
      onApplied: (position) => {
        if (graph === this.#graph) this.#applied = position;
      },
      mayProject: () => lease.hold(),
      onRejected: (position, error) => {
        this.#logger.error({ err: error, position }, 'an event could not be projected and became a finding');
      },
      onError: (stage, error) => {
        this.#logger.error({ err: error, stage }, 'projection failed and will be tried again');
      },
    });
    worker.start();
    this.#worker = { worker, lease };
  }

  /** A worker that is being stopped must not carry the next generation's changes into its own graph. */
  #feedOf(generation: number): ChangeFeed {
    const { pool, url } = this.#stores;
    // It never listens: wake-ups are the same for every generation.
    const own = new PostgresChangeFeed({ pool, url, schema: () => generationSchema(generation) });
    return {
      read: (after, limit) => own.read(after, limit),
      at: (positions) => own.at(positions),
      oldest: () => own.oldest(),
      head: () => own.head(),
      subscribe: (wake) => this.feed.subscribe(wake),
    };
  }

  async #stopWorker(): Promise<void> {
    const held = this.#worker;
    this.#worker = undefined;
    await held?.worker.stop();
    await held?.lease.release();
  }
}
