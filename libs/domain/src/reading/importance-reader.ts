import type { NamespaceRule } from '../access/namespace-rule.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';

/**
 * Who depends on some datasets taken together, in a stretch of time. A job is no consumer of them if a run or declaration of it
 * that reads one of them writes one of them, too.
 */
export interface Importance {
  /** Distinct jobs that read one of them. */
  readonly jobs: number;
  /** Distinct namespaces of these jobs. */
  readonly namespaces: number;
  /** Distinct other datasets that runs or declarations of these jobs write beside reading one of them. */
  readonly datasets: number;
  /** Runs of these jobs that read one of them. */
  readonly runs: number;
}

export interface ImportanceReader {
  /**
   * Of each group of datasets who read it in [from, to), by effective time of the latest that a run or declaration says,
   * among what may be seen: nothing else counts. In the order of the groups.
   */
  importance(
    groups: readonly (readonly NodeId[])[],
    period: { readonly from: Micros; readonly to: Micros },
    within?: NamespaceRule,
  ): Promise<readonly Importance[]>;
}
