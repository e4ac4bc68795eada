import { kindOf, type NodeId } from '@headwater/domain/identifiers';
import { MICROS_PER_HOUR } from '@headwater/domain/time';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { checkPart, PartArgs } from '../arguments/edit-job-args.js';
import type { CatalogContext } from '../catalog-context.js';
import type { NeighborQuestion } from '../loaders/neighbors.js';
import { Dataset, toDataset } from '../types/asset.js';
import { SimilarDataset, TogetherDataset } from '../types/discovery.js';

const RECENT = 30 * 24 * MICROS_PER_HOUR;
/** Of a dataset that more jobs read, so many are looked at: the first by id. */
const MOST_JOBS = 1_000;
const MOST_READ = 10_000;

/** What else there is like a dataset. */
@Resolver(() => Dataset)
export class DiscoveryResolver {
  @ResolveField(() => [SimilarDataset], {
    description:
      'The datasets whose schemas have most in common with this one, as of now: names of fields, of concepts too, and types that fit. At most 100.',
  })
  async similar(
    @Parent() dataset: Dataset,
    @Args() args: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<SimilarDataset[]> {
    const { skip, most } = checkPart(args);
    const found = ((await context.loaders.similar.load(dataset.row.id)) ?? []).slice(skip, skip + most);
    const rows = await datasetsOf(
      context,
      found.map((one) => one.dataset),
    );
    return found.flatMap(({ dataset: id, score, shared, sharedFields }) => {
      const other = rows.get(id);
      return other === undefined ? [] : [{ dataset: other, score, shared, sharedFields: [...sharedFields] }];
    });
  }

  @ResolveField(() => [TogetherDataset], {
    description:
      'The datasets that the same jobs read now, those of most jobs first. Of more than 1,000 jobs the first by id are looked at.',
  })
  async usedTogether(
    @Parent() dataset: Dataset,
    @Args() args: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TogetherDataset[]> {
    const { skip, most } = checkPart(args);
    const { id } = dataset.row;
    const jobs = await neighborsOf(context, [id], 'DOWNSTREAM', MOST_JOBS);
    if (jobs.length === 0) return [];
    const counts = new Map<NodeId, number>();
    for (const other of await neighborsOf(context, jobs, 'UPSTREAM', MOST_READ))
      if (other !== id && kindOf(other) === 'DATASET') counts.set(other, (counts.get(other) ?? 0) + 1);
    const [runs, rows] = await Promise.all([
      context.loaders.runsReadTogether.load(id, context.now() - RECENT),
      datasetsOf(context, [...counts.keys()]),
    ]);
    return [...counts]
      .flatMap(([other, count]) => {
        const row = rows.get(other);
        return row === undefined ? [] : [{ dataset: row, jobs: count, recentRuns: runs?.get(other) ?? 0 }];
      })
      .sort((a, b) => b.jobs - a.jobs || b.recentRuns - a.recentRuns || (a.dataset.row.id < b.dataset.row.id ? -1 : 1))
      .slice(skip, skip + most);
  }
}

async function neighborsOf(
  context: CatalogContext,
  nodes: readonly NodeId[],
  direction: NeighborQuestion['direction'],
  first: number,
): Promise<readonly NodeId[]> {
  const question = { direction, kind: 'READ', time: context.readTime({}), page: { first, after: null } } as const;
  const pages = await Promise.all(nodes.map((node) => context.loaders.neighbors.load(node, question)));
  return pages.flatMap((page) => page?.items.map(({ item }) => item) ?? []);
}

/** Those that are there still. */
async function datasetsOf(context: CatalogContext, ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, Dataset>> {
  const rows = await context.loaders.assets.loadMany(ids);
  const found = new Map<NodeId, Dataset>();
  for (const [index, row] of rows.entries()) {
    if (row instanceof Error) throw row;
    const id = ids[index];
    if (id !== undefined && row?.kind === 'DATASET' && row.deletedAt === null) found.set(id, toDataset(row));
  }
  return found;
}
