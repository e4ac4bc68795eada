import { coded } from '@headwater/domain/errors';
import type { Micros } from '@headwater/domain/time';
import { diffLineage, type LineageDiff } from '@headwater/domain/traversal/diff-lineage';
import type {
  LineageDirection,
  LineageGranularity,
  TraversalBudget,
  TraversalPorts,
} from '@headwater/domain/traversal/lineage-answer';
import { InputFaults, readRoot } from './lineage-input.js';

/** Nodes compared on either side. */
const MAX_NODES = 5_000;

export interface DiffLineageRequest {
  /** A NodeId, or a run's bare UUID. */
  readonly root: string;
  readonly direction?: LineageDirection | null | undefined;
  readonly depth?: number | null | undefined;
  readonly granularity?: LineageGranularity | null | undefined;
  readonly from: Micros;
  readonly to: Micros;
  readonly knownAt?: Micros | null | undefined;
}

/** What came and what went between two moments. */
export class DiffLineage {
  readonly #ports: TraversalPorts;
  readonly #budget: TraversalBudget | undefined;

  constructor(ports: TraversalPorts, budget?: TraversalBudget) {
    this.#ports = ports;
    this.#budget = budget;
  }

  /** Null for an unknown root. Throws INVALID_INPUT, CONFLICT for an ambiguous run, UNAVAILABLE when the graph is away. */
  async execute(request: DiffLineageRequest): Promise<LineageDiff | null> {
    const depth = request.depth ?? 5;
    new InputFaults()
      .depth(depth)
      .require(request.from < request.to, '/to', coded('TIME_NOT_LATER', 'give a time later than from'))
      .throwIfAny();
    const root = await readRoot(this.#ports.roots, request.root);
    if (root === null) return null;
    return diffLineage(
      this.#ports,
      {
        root,
        direction: request.direction ?? 'BOTH',
        depth,
        granularity: request.granularity ?? 'JOB',
        from: request.from,
        to: request.to,
        knownAt: request.knownAt ?? undefined,
        maxNodes: MAX_NODES,
      },
      this.#budget,
    );
  }
}
