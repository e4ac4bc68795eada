import type { CatalogStatusReader } from '@headwater/domain/catalog-reader';
import { HeadwaterError } from '@headwater/domain/errors';
import { formatPosition } from '@headwater/domain/position';
import type { Clock, EventLog, LineageGraph } from '@headwater/domain/ports';
import { MICROS_PER_SECOND } from '@headwater/domain/time';

/** How far a projection is behind the log. */
export interface ProjectionStatus {
  /** `<log id>.<n>`; null while its store is away. */
  readonly position: string | null;
  /** Null while its store is away. */
  readonly lagEvents: number | null;
  /** Age of the first event that it lacks; 0 when it has them all, null while its store is away. */
  readonly lagSeconds: number | null;
  readonly available: boolean;
}

export interface SystemStatus {
  readonly logId: string;
  /** The last event of the log, `<log id>.<n>`. */
  readonly position: string;
  /** Why events cannot be stored just now, such as `STORE_DISK_FULL`; null where they can. */
  readonly problem: string | null;
  readonly catalog: ProjectionStatus;
  /** Generation of the projection that answers. */
  readonly generation: number;
  readonly graph: ProjectionStatus;
  readonly engine: LineageGraph['engine'];
}

/** How the parts stand, also while the graph store is away. Throws UNAVAILABLE when the log itself is. */
export class ReadSystemStatus {
  constructor(
    private readonly log: EventLog,
    private readonly catalog: CatalogStatusReader,
    private readonly graph: LineageGraph,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<SystemStatus> {
    // Projections before the log's head: what is appended meanwhile is lag, and a projection is never ahead.
    const [catalog, graphPosition] = await Promise.all([this.catalog.status(), this.#graphPosition()]);
    const [head, problem] = await Promise.all([this.log.head(), this.log.problem()]);
    const [catalogStatus, graph] = await Promise.all([
      this.#statusAt(catalog.position, head.position),
      this.#statusAt(graphPosition, head.position),
    ]);
    const { logId } = this.log;
    return {
      logId,
      position: formatPosition(logId, head.position),
      problem,
      catalog: catalogStatus,
      generation: catalog.generation,
      graph,
      engine: this.graph.engine,
    };
  }

  async #graphPosition(): Promise<number | null> {
    try {
      return (await this.graph.checkpoint()).position;
    } catch (error) {
      // That the graph store is away is what this answer has to say.
      if (error instanceof HeadwaterError && error.category === 'UNAVAILABLE') return null;
      throw error;
    }
  }

  async #statusAt(position: number | null, head: number): Promise<ProjectionStatus> {
    if (position === null) return { position: null, lagEvents: null, lagSeconds: null, available: false };
    const since = position < head ? await this.catalog.recordedAtBehind(position) : null;
    return {
      position: formatPosition(this.log.logId, position),
      lagEvents: Math.max(0, head - position),
      lagSeconds: since === null ? 0 : Math.max(0, (this.clock.now() - since) / MICROS_PER_SECOND),
      available: true,
    };
  }
}
