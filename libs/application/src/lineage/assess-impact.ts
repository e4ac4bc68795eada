import type { Micros } from '@headwater/domain/time';
import { impactOf, type Impact, type ImpactPorts } from '@headwater/domain/traversal/impact-of';
import type { Side, TraversalBudget } from '@headwater/domain/traversal/lineage-answer';
import { InputFaults, readRoot } from './lineage-input.js';

export interface AssessImpactRequest {
  /** A NodeId, or a run's bare UUID, which stands for its job. */
  readonly root: string;
  /** None: downstream, what a change would reach. */
  readonly side?: Side | null | undefined;
  readonly asOf?: Micros | null | undefined;
  readonly knownAt?: Micros | null | undefined;
  readonly maxNodes?: number | null | undefined;
}

/** What a change would affect, or what a fault may come from, and who must hear of it. */
export class AssessImpact {
  readonly #ports: ImpactPorts;
  readonly #budget: TraversalBudget | undefined;

  constructor(ports: ImpactPorts, budget?: TraversalBudget) {
    this.#ports = ports;
    this.#budget = budget;
  }

  /** Null for an unknown root. Throws INVALID_INPUT, CONFLICT for an ambiguous run, UNAVAILABLE when a store is away. */
  async execute(request: AssessImpactRequest): Promise<Impact | null> {
    const maxNodes = request.maxNodes ?? 5000;
    new InputFaults().maxNodes(maxNodes).throwIfAny();
    const root = await readRoot(this.#ports.roots, request.root);
    if (root === null) return null;
    const { asOf, knownAt, side } = request;
    return impactOf(
      this.#ports,
      { root, side: side ?? 'DOWNSTREAM', asOf: asOf ?? undefined, knownAt: knownAt ?? undefined, maxNodes },
      this.#budget,
    );
  }
}
