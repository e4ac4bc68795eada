import { FeedGraph } from '@headwater/application/projection/feed-graph';
import { ProjectLog } from '@headwater/application/projection/project-log';
import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { EventLog, LineageGraph } from '@headwater/domain/ports';
import type { ProjectionStore } from '@headwater/domain/projection/projection-store';
import { Pump } from './pump.js';

/** Events a batch at most; the log's own limit of bytes holds besides. */
export const EVENTS_A_BATCH = 500;
/** Entries of the change feed a transaction of the graph store at most. */
export const ENTRIES_A_BATCH = 500;
const POLL_MS = 1_000;

export interface ProjectionWorkerParts {
  readonly log: EventLog;
  /** Calls back after appends; returns what ends that. */
  readonly onAppend: (wake: () => void) => () => void;
  readonly store: ProjectionStore;
  readonly feed: ChangeFeed;
  readonly graph: LineageGraph;
  /** Makes what the graph store needs before its first batch (constraints); may be repeated. */
  readonly prepareGraph: () => Promise<void>;
  /** Resolves to whether this process may project now; asked before each batch, since a standby takes over. */
  readonly mayProject: () => Promise<boolean>;
  /** Told of each event that became the finding EVENT_UNPROJECTABLE, and why. */
  readonly onRejected: (position: number, error: unknown) => void;
  /** Told how far the graph is after each look. */
  readonly onApplied?: (position: number) => void;
  readonly onError: (stage: 'catalog' | 'graph', error: unknown) => void;
}

/**
 * Moves the catalog along the log and the graph along the change feed, each at its own pace: a graph store that is away
 * holds up nothing but itself.
 */
export class ProjectionWorker {
  readonly #catalog: Pump;
  readonly #graph: Pump;
  readonly #unsubscribe: (() => void)[];

  constructor(parts: ProjectionWorkerParts) {
    let project: ProjectLog | undefined;
    const feed = new FeedGraph(parts.feed, parts.graph);
    const guarded = (step: () => Promise<number>) => async () => ((await parts.mayProject()) ? step() : 0);
    let isPrepared = false;
    this.#graph = new Pump({
      step: guarded(async () => {
        if (!isPrepared) await parts.prepareGraph();
        isPrepared = true;
        const done = await feed.execute(ENTRIES_A_BATCH);
        if (feed.position !== undefined) parts.onApplied?.(feed.position);
        return done;
      }),
      onError: (error) => {
        // It may come back as another server, or without its plans.
        isPrepared = false;
        parts.onError('graph', error);
      },
      pollMs: POLL_MS,
    });
    this.#catalog = new Pump({
      step: async () => {
        if (!(await parts.mayProject())) {
          // Another process goes on: what this one remembers of the projection is old by the time it is its turn again.
          project = undefined;
          return 0;
        }
        project ??= new ProjectLog(parts.log, parts.store, await parts.store.settings(), parts.onRejected);
        const done = await project.execute(EVENTS_A_BATCH);
        if (done > 0) this.#graph.wake();
        return done;
      },
      onError: (error) => {
        parts.onError('catalog', error);
      },
      pollMs: POLL_MS,
    });
    this.#unsubscribe = [
      parts.onAppend(() => {
        this.#catalog.wake();
      }),
      parts.feed.subscribe(() => {
        this.#graph.wake();
      }),
    ];
  }

  start(): void {
    this.#catalog.start();
    this.#graph.start();
  }

  async stop(): Promise<void> {
    for (const end of this.#unsubscribe) end();
    await Promise.all([this.#catalog.stop(), this.#graph.stop()]);
  }
}
