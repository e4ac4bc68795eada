import type { ProjectionStatus, ReadSystemStatus } from '@headwater/application/status/read-system-status';
import type { LineageGraph } from '@headwater/domain/ports';

export interface Dependency {
  readonly status: 'up' | 'down';
  /** Why events cannot be stored. */
  readonly problem?: string;
  /** How far it is behind the log; absent while it is down. */
  readonly lag?: { readonly events: number; readonly seconds: number };
}

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'unavailable';
  readonly log: Dependency;
  readonly catalog: Dependency;
  readonly graph: Dependency & { readonly engine: LineageGraph['engine'] };
}

const DOWN = { status: 'down' } as const;

/**
 * Where each dependency stands. Without the log nothing works (unavailable); without the graph events are still accepted
 * and the catalog answers (degraded).
 */
export class ReadReadiness {
  constructor(
    private readonly status: ReadSystemStatus,
    private readonly engine: () => LineageGraph['engine'],
  ) {}

  async execute(): Promise<Readiness> {
    const engine = this.engine();
    try {
      const { problem, catalog, graph } = await this.status.execute();
      const isWhole = catalog.available && graph.available;
      return {
        status: problem !== null ? 'unavailable' : isWhole ? 'ready' : 'degraded',
        log: problem === null ? { status: 'up' } : { status: 'down', problem },
        catalog: dependencyOf(catalog),
        graph: { ...dependencyOf(graph), engine },
      };
    } catch {
      // Whatever keeps the log from being read keeps events from being stored; the log's own errors tell why.
      return { status: 'unavailable', log: DOWN, catalog: DOWN, graph: { ...DOWN, engine } };
    }
  }
}

function dependencyOf({ available, lagEvents, lagSeconds }: ProjectionStatus): Dependency {
  if (!available) return DOWN;
  return { status: 'up', lag: { events: lagEvents ?? 0, seconds: lagSeconds ?? 0 } };
}
