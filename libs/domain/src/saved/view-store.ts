import type { NodeId, NodeKey } from '../identifiers.js';
import type { Micros } from '../time.js';

/** An asset that somebody looked at. */
export interface RecentView {
  readonly id: NodeId;
  readonly at: Micros;
}

/** Assets that one person looks at again within this time were looked at once. */
export const SAME_VISIT: Micros = 30 * 60 * 1_000_000;

/** What people looked at, and how often things were looked at by anybody. No part of the log. */
export interface ViewStore {
  /** Counts each asset once a visit ({@link SAME_VISIT}) of the viewer. */
  record(viewer: string, assets: readonly { readonly key: NodeKey; readonly id: NodeId }[], at: Micros): Promise<void>;
  /** What the viewer looked at behind `since`, the latest first. */
  recent(viewer: string, since: Micros, most: number): Promise<readonly RecentView[]>;
  /** Removes what is older, and counts anew. */
  sweep(before: Micros): Promise<void>;
}
