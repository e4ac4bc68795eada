import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { CatalogContext } from '../catalog-context.js';
import { toCarriedAssignment, type TagAssignment } from '../types/facts.js';

/** The tags that came to a field or a dataset, by name, those left out that were put there. */
export async function carriedAssignments(
  node: NodeId,
  time: ReadTime,
  context: CatalogContext,
): Promise<TagAssignment[]> {
  const [put, carried] = await Promise.all([
    context.loaders.facts.load(node, { kind: 'TAG', time }),
    context.loaders.carriedTags.load(node, time),
  ]);
  const names = new Set((put ?? []).map(({ value }) => value));
  return (carried ?? []).filter(({ tag }) => !names.has(tag)).map((one) => toCarriedAssignment(one, context));
}
