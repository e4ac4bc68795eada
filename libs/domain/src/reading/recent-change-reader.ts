import type { NamespaceRule } from '../access/namespace-rule.js';
import type { NodeId, NodeKey } from '../identifiers.js';
import type { Micros } from '../time.js';

/** EDIT: somebody edited the asset or one of its fields. SCHEMA: a producer stated another schema. */
export type RecentChangeKind = 'EDIT' | 'SCHEMA';

/** The latest change of a kind of one asset. */
export interface RecentChange {
  /** As it was edited or stated: any name of a merged asset. */
  readonly asset: NodeId;
  readonly kind: RecentChangeKind;
  /** When it was written to the log. */
  readonly at: Micros;
  /** Of an edit its place in the log; null for a schema. */
  readonly position: number | null;
  /** Of a schema who stated it; null where that is not known, and for an edit. */
  readonly producer: string | null;
  /** Of a schema the fields that it has and the one before had not; of the first schema all. Dots separate segments. */
  readonly fieldsAdded: readonly string[];
  readonly fieldsRemoved: readonly string[];
}

/** Where a change stands in the list: no two changes have one place. */
export type RecentChangePlace = Pick<RecentChange, 'at' | 'position' | 'asset' | 'kind'>;

export interface RecentChangeFilter {
  readonly kinds?: readonly RecentChangeKind[];
  /** Written to the log later than this. */
  readonly after: Micros;
  /** Behind this change in the list; absent: from the latest on. */
  readonly behind?: RecentChangePlace;
  /** Of these assets only. */
  readonly assets?: readonly NodeKey[];
}

export interface RecentChangeReader {
  /** The latest first, at most `most`: of each asset and kind the latest. */
  recentChanges(filter: RecentChangeFilter, most: number, within?: NamespaceRule): Promise<readonly RecentChange[]>;
}
