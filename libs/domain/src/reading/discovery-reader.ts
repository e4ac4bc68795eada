import type { NamespaceRule } from '../access/namespace-rule.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';

/** A name that more fields have says nothing of what a dataset is about. */
export const MOST_BEARERS = 2_000;
/** So many names of a dataset are looked for elsewhere, in the order of its schema. */
export const MOST_NAMES = 100;
/** So many datasets are compared whole: those that share the most. */
export const MOST_COMPARED = 1_000;
export const MOST_SIMILAR = 100;
export const LEAST_SCORE = 0.1;
/** Of the runs that read a dataset of late, so many are looked at: the latest. */
export const MOST_READING_RUNS = 1_000;

/** A dataset whose schema has much in common with another's. */
export interface SimilarDataset {
  readonly dataset: NodeId;
  /** {@link LEAST_SCORE} to 1: what the shared names weigh, of what all names of both weigh. */
  readonly score: number;
  /** As the dataset asked for spells them, the rarest first, at most ten. */
  readonly sharedFields: readonly string[];
  readonly shared: number;
}

/** What else there is like a dataset, as of now, among what may be seen: nothing else counts for any figure. */
export interface DiscoveryReader {
  /** The most similar first, at most {@link MOST_SIMILAR}; deleted ones are left out. */
  similarDatasets(
    datasets: readonly NodeId[],
    within?: NamespaceRule,
  ): Promise<ReadonlyMap<NodeId, readonly SimilarDataset[]>>;
  /** By dataset: how many of the latest runs that read it since then read each other dataset too. */
  runsReadTogether(
    datasets: readonly NodeId[],
    since: Micros,
    within?: NamespaceRule,
  ): Promise<ReadonlyMap<NodeId, ReadonlyMap<NodeId, number>>>;
}
