import type { NodeId, NodeKey } from '../identifiers.js';
import type { ReadTime } from './read-time.js';

/** A dataset or job that there was at a moment, under the id that it was known by then. */
export interface AssetThen {
  readonly id: NodeId;
  readonly kind: 'DATASET' | 'JOB';
  readonly namespace: string;
  readonly name: string;
  readonly displayName: string;
}

export interface CensusPage {
  /** In no order that means anything to people. */
  readonly assets: readonly AssetThen[];
  /** Where to go on; null at the end. Keys are spread evenly, so that it also says how far this is. */
  readonly next: NodeKey | null;
}

/** Every asset of a moment, for what goes through all of them. */
export interface CensusReader {
  /**
   * Of the assets behind a key, those that there were at `time`, as known then: at most `most`. An event that comes later
   * changes nothing about it, whatever time it speaks of.
   */
  assetsThen(time: ReadTime, after: NodeKey | null, most: number): Promise<CensusPage>;
}
