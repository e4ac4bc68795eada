import type { AssetRow, FactRow } from '../catalog.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { LogicalDatasetRow } from './definition.js';
import type { LogicalMatch } from './logical-rules.js';

/** That a dataset is a member of a logical dataset at one moment, and which edit or rule makes it one. */
export interface LogicalMembership {
  readonly logical: LogicalDatasetRow;
  /** Since when all of it is so. */
  readonly since: Micros;
  readonly by: { readonly fact: FactRow } | { readonly rule: LogicalMatch };
}

interface Subject {
  readonly asset: AssetRow;
  /** LOGICAL and NOT_LOGICAL facts that hold then, under all names of the dataset. */
  readonly facts: readonly FactRow[];
  /** The rule that decides about its names. */
  readonly match: LogicalMatch | undefined;
}

/**
 * The one logical dataset that a dataset is in at a moment: the one that an edit put it into, else the one that the deciding
 * rule names, unless an edit took it out of that. Where names that edits put into different ones were merged, the latest
 * edit decides. Undefined for what is no dataset, is not there then, or is deleted by then.
 */
export function logicalMembership(
  { asset, facts, match }: Subject,
  defined: ReadonlyMap<NodeId, LogicalDatasetRow>,
  at: Micros,
): LogicalMembership | undefined {
  const isThere =
    asset.kind === 'DATASET' && asset.createdAt <= at && !(asset.deletedAt !== null && asset.deletedAt <= at);
  if (!isThere) return undefined;
  const [fact] = facts
    .filter(({ kind, value }) => kind === 'LOGICAL' && defined.has(value as NodeId))
    .sort((a, b) => b.position - a.position || (a.rowId < b.rowId ? -1 : 1));
  const stated = fact === undefined ? undefined : defined.get(fact.value as NodeId);
  if (fact !== undefined && stated !== undefined) return { logical: stated, since: fact.validFrom, by: { fact } };
  const logical = match === undefined ? undefined : defined.get(match.logical);
  if (match === undefined || logical === undefined) return undefined;
  if (facts.some(({ kind, value }) => kind === 'NOT_LOGICAL' && value === logical.id)) return undefined;
  const since = Math.max(match.rule.since, logical.body.definedSince, asset.createdAt);
  return { logical, since, by: { rule: match } };
}
