import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { Clock, EventLog, LineageGraph } from '@headwater/domain/ports';

export interface ProjectionLag {
  /** Events of the log that the projection does not show yet. */
  readonly events: number;
  /** How old the oldest of them may be; 0 where there is none. */
  readonly seconds: number;
}

export interface Dependency {
  readonly status: 'up' | 'down';
  readonly lag?: ProjectionLag;
}

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'unavailable';
  readonly log: Dependency;
  readonly catalog: Dependency;
  readonly graph: Dependency & { readonly engine: LineageGraph['engine'] };
}

const DOWN = { status: 'down' } as const;

/**
 * Asks each dependency where it stands. Without the log nothing works (unavailable); without the graph events are still
 * accepted and the catalog answers (degraded).
 */
export class ReadReadiness {
  constructor(
    private readonly log: EventLog,
    private readonly feed: Pick<ChangeFeed, 'head'>,
    private readonly graph: Pick<LineageGraph, 'checkpoint' | 'engine'>,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Readiness> {
    const [head, catalog, graph] = await Promise.all([
      this.log.head().catch(() => undefined),
      this.feed.head().catch(() => undefined),
      this.graph.checkpoint().catch(() => undefined),
    ]);
    const { engine } = this.graph;
    if (head === undefined) return { status: 'unavailable', log: DOWN, catalog: DOWN, graph: { ...DOWN, engine } };
    const lagOf = (checkpoint: { readonly position: number; readonly recordedAt: number }): ProjectionLag => {
      const events = Math.max(0, head.position - checkpoint.position);
      const since = checkpoint.recordedAt === 0 ? head.recordedAt : checkpoint.recordedAt;
      return { events, seconds: events === 0 ? 0 : Math.max(0, (this.clock.now() - since) / 1_000_000) };
    };
    const of = (checkpoint: typeof catalog): Dependency =>
      checkpoint === undefined ? DOWN : { status: 'up', lag: lagOf(checkpoint) };
    const isWhole = catalog !== undefined && graph !== undefined;
    return {
      status: isWhole ? 'ready' : 'degraded',
      log: { status: 'up' },
      catalog: of(catalog),
      graph: { ...of(graph), engine },
    };
  }
}
