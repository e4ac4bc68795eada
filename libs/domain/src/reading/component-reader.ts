import type { NamespaceRule } from '../access/namespace-rule.js';
import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import type { SearchFilter } from '../search.js';
import type { Micros } from '../time.js';

/**
 * What became of a dataset or a job. LINEAGE: a run of the job read, wrote or derived something that none had before, or runs of it
 * do so no more with something;
 * SCHEMA: whoever writes the dataset, or it itself, states another schema than before.
 */
export type ComponentChangeKind = 'CREATED' | 'DELETED' | 'LINEAGE' | 'SCHEMA';

/** One dataset or job with what became of it. */
export interface ComponentChange {
  /** Canonical id. */
  readonly id: NodeId;
  readonly kind: 'DATASET' | 'JOB';
  /** By kind, each with when it first was so in the period. */
  readonly changes: readonly { readonly kind: ComponentChangeKind; readonly at: Micros }[];
}

export interface ComponentCounts {
  readonly created: number;
  /** Those that were there before. */
  readonly changed: number;
}

export interface ComponentChanges {
  /** By id. */
  readonly page: Page<ComponentChange>;
  readonly datasets: ComponentCounts;
  readonly jobs: ComponentCounts;
}

/** Effective times, [from, to). */
export interface ComponentPeriod {
  readonly from: Micros;
  readonly to: Micros;
}

export interface ComponentReader {
  /**
   * Datasets and jobs that came, changed or went in a period, by all that is known now; merged ones once. Those that are
   * gone have the tags, owners and domains of nothing. `within`: of these namespaces only.
   */
  componentChanges(
    period: ComponentPeriod,
    filter: SearchFilter,
    page: PageRequest,
    within?: NamespaceRule,
  ): Promise<ComponentChanges>;
}
