import type { EdgeRow, Transformation } from '../graph.js';

/** How a tag goes along with the data that it is on. */
export interface Carriage {
  /** Whether it goes anywhere at all from where it was put. */
  readonly isCarried: boolean;
  /** Whether it goes along where values only decide about others: filters, joins, sorting. */
  readonly throughIndirect: boolean;
  /** Subtypes of transformations that end it, in upper case, whether they say that they mask or not. */
  readonly stopSubtypes: readonly string[];
  /** Whether it goes from dataset to dataset where it is put on one. Absent: it stays there. */
  readonly alongDatasets?: boolean;
}

/** Values carry their tags; what only decides about them does not. */
export const USUAL_CARRIAGE: Carriage = { isCarried: true, throughIndirect: false, stopSubtypes: [] };

/** Why a tag does not go along an edge, or does not hold where it arrives (NOT_HERE: somebody said so). */
export type StopReason = 'MASKING' | 'SUBTYPE' | 'INDIRECT' | 'NOT_HERE';

/**
 * What ends a tag on an edge; null where some way over it carries the tag. One unmasked DIRECT transformation is enough,
 * and so is a statement without any: what is not known to mask may pass everything.
 */
export function stopOn(
  rows: readonly Pick<EdgeRow, 'transformations'>[],
  carriage: Carriage,
): Exclude<StopReason, 'NOT_HERE'> | null {
  const reasons = new Set<Exclude<StopReason, 'NOT_HERE'>>();
  for (const { transformations } of rows) {
    if (transformations.length === 0) return null;
    for (const transformation of transformations) {
      const reason = reasonOf(transformation, carriage);
      if (reason === null) return null;
      reasons.add(reason);
    }
  }
  for (const reason of ['MASKING', 'SUBTYPE'] as const) if (reasons.has(reason)) return reason;
  return 'INDIRECT';
}

function reasonOf({ type, subtype, masking }: Transformation, { throughIndirect, stopSubtypes }: Carriage) {
  if (type.toUpperCase() === 'INDIRECT' && !throughIndirect) return 'INDIRECT';
  if (masking) return 'MASKING';
  return subtype !== null && stopSubtypes.includes(subtype.toUpperCase()) ? 'SUBTYPE' : null;
}
