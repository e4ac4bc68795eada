import type { Micros } from '@headwater/domain/time';
import { findPaths, type LineagePaths } from '@headwater/domain/traversal/find-paths';
import type { LineageGranularity, TraversalBudget, TraversalPorts } from '@headwater/domain/traversal/lineage-answer';
import { InputFaults, readRoot } from './lineage-input.js';

export interface FindPathsRequest {
  /** NodeIds, or bare UUIDs of runs. */
  readonly from: string;
  readonly to: string;
  readonly granularity?: LineageGranularity | null | undefined;
  readonly asOf?: Micros | null | undefined;
  readonly knownAt?: Micros | null | undefined;
  readonly limit?: number | null | undefined;
}

/** How data gets from one place to another. */
export class FindPaths {
  readonly #ports: TraversalPorts;
  readonly #budget: TraversalBudget | undefined;

  constructor(ports: TraversalPorts, budget?: TraversalBudget) {
    this.#ports = ports;
    this.#budget = budget;
  }

  /** Null when an end is unknown; no paths where data does not flow that way. Throws INVALID_INPUT, CONFLICT and UNAVAILABLE. */
  async execute(request: FindPathsRequest): Promise<LineagePaths | null> {
    const limit = request.limit ?? 5;
    new InputFaults().limit(limit).throwIfAny();
    const from = await readRoot(this.#ports.roots, request.from, '/from');
    const to = await readRoot(this.#ports.roots, request.to, '/to');
    if (from === null || to === null) return null;
    return findPaths(
      this.#ports,
      {
        from,
        to,
        granularity: request.granularity ?? 'JOB',
        asOf: request.asOf ?? undefined,
        knownAt: request.knownAt ?? undefined,
        limit,
      },
      this.#budget,
    );
  }
}
