import type { Principal } from '@headwater/domain/access/principal';
import { ReadDecisions, type ReadDecisionsPorts } from './read-decisions.js';

/** The decisions that each caller may read. */
export class DecisionViews {
  constructor(private readonly ports: ReadDecisionsPorts) {}

  /** Null reads nothing. */
  of(principal: Principal | null, address: string | null): ReadDecisions {
    return new ReadDecisions(this.ports, principal, address);
  }
}
