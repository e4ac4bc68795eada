import { HeadwaterError } from '@headwater/domain/errors';
import { datasetOf, kindOf, type NodeId } from '@headwater/domain/identifiers';
import type { CatalogContext } from '../catalog-context.js';

const PLACES = 5_000;
/** A tag that came to more says nothing of what is looked for. */
const MOST_DATASETS = 50_000;

/**
 * Every dataset that one of these tags came to along lineage, or whose fields it came to, as `whereIs` tells the caller of
 * now. Throws as that does, and LIMIT_EXCEEDED where they are too many for a filter.
 */
export async function carriedIn(context: CatalogContext, tags: readonly string[]): Promise<readonly NodeId[]> {
  await context.fresh('GRAPH');
  const found = new Set<NodeId>();
  for (const tag of new Set(tags)) {
    let after: string | null = null;
    do {
      const reach: Awaited<ReturnType<typeof context.view.lineage.tagReach>> = await context.view.lineage.tagReach({
        ...{ tag, after, maxNodes: PLACES },
      });
      for (const { node } of reach.places) {
        const kind = kindOf(node);
        if (kind === 'FIELD' || kind === 'DATASET') found.add(kind === 'FIELD' ? datasetOf(node) : node);
      }
      after = reach.endCursor;
      if (found.size > MOST_DATASETS)
        throw new HeadwaterError(
          'LIMIT_EXCEEDED',
          `${tag} came to more than ${String(MOST_DATASETS)} datasets: ask by a tag with a value, or without carriedTags`,
        );
    } while (after !== null);
  }
  return [...found];
}
