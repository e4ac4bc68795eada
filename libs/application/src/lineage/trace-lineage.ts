import type {
  LineageAnswer,
  LineageDirection,
  LineageGranularity,
  Side,
  TraversalBudget,
  TraversalPorts,
} from '@headwater/domain/traversal/lineage-answer';
import type { Micros } from '@headwater/domain/time';
import { walkLineage } from '@headwater/domain/traversal/walk-lineage';
import { InputFaults, readRoot } from './lineage-input.js';

export interface TraceLineageRequest {
  /** A NodeId, or a run's bare UUID. */
  readonly root: string;
  readonly direction?: LineageDirection | null | undefined;
  readonly depth?: number | null | undefined;
  readonly granularity?: LineageGranularity | null | undefined;
  readonly asOf?: Micros | null | undefined;
  readonly between?: { readonly from: Micros; readonly to: Micros } | null | undefined;
  readonly knownAt?: Micros | null | undefined;
  readonly maxNodes?: number | null | undefined;
  readonly after?: string | null | undefined;
  /** Sides to count beyond what is shown; default both. */
  readonly counts?: readonly Side[] | undefined;
  /** Whether hasMoreUpstream and hasMoreDownstream are of interest; default true. */
  readonly openEnds?: boolean | undefined;
  /** Whether neighborsUpstream and neighborsDownstream are; default false. */
  readonly neighbors?: boolean | undefined;
  /** Whether CONTROL edges between shown nodes are part of the answer; default false. */
  readonly control?: boolean | null | undefined;
}

/** Where data came from and where it goes. */
export class TraceLineage {
  readonly #ports: TraversalPorts;
  readonly #budget: TraversalBudget | undefined;

  constructor(ports: TraversalPorts, budget?: TraversalBudget) {
    this.#ports = ports;
    this.#budget = budget;
  }

  /** Null for an unknown root. Throws INVALID_INPUT, CONFLICT for an ambiguous run, UNAVAILABLE when the graph is away. */
  async execute(request: TraceLineageRequest): Promise<LineageAnswer | null> {
    const depth = request.depth ?? 5;
    const maxNodes = request.maxNodes ?? 1000;
    new InputFaults().depth(depth).maxNodes(maxNodes).times(request).throwIfAny();
    const root = await readRoot(this.#ports.roots, request.root);
    if (root === null) return null;
    return walkLineage(
      this.#ports,
      {
        root,
        direction: request.direction ?? 'BOTH',
        depth,
        granularity: request.granularity ?? 'JOB',
        asOf: request.asOf ?? undefined,
        between: request.between ?? undefined,
        knownAt: request.knownAt ?? undefined,
        maxNodes,
        after: request.after ?? undefined,
        counts: request.counts,
        openEnds: request.openEnds,
        neighbors: request.neighbors,
        control: request.control ?? undefined,
      },
      this.#budget,
    );
  }
}
