import { coded, HeadwaterError } from '@headwater/domain/errors';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { AffectedComponentArgs } from '../arguments/collection-args.js';
import { toSearchFilter } from '../arguments/filters.js';
import { toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { partsIn } from '../loaders/terms.js';
import { Operation } from '../operation.guard.js';
import { AffectedComponents, type AffectedComponentEdge } from '../types/affected-components.js';
import { toAsset } from '../types/asset.js';
import { pageInfo } from '../types/connection.js';

/** What came, changed and went. */
@Resolver()
export class AffectedComponentsResolver {
  @Query(() => AffectedComponents, {
    description:
      'Datasets and jobs that came, changed or went between two moments of valid time, by all that is known now.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async affectedComponents(
    @Args() args: AffectedComponentArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<AffectedComponents> {
    const { from, to } = args;
    if (to <= from)
      throw new HeadwaterError('INVALID_INPUT', '`to` must be later than `from`', {
        reason: 'PERIOD',
        faults: [{ pointer: '/to', ...coded('TIME_NOT_LATER', 'give a time later than from: a period is [from, to)') }],
      });
    const request = toPageRequest(args, 100);
    const filter = await toSearchFilter(args.filter, partsIn(context));
    const { datasets, jobs, page } = await context.view.catalog.componentChanges({ from, to }, filter, request);
    const edges = await Promise.all(
      page.items.map(async ({ cursor, item }): Promise<AffectedComponentEdge[]> => {
        const row = await context.loaders.assets.load(item.id);
        return row === undefined ? [] : [{ cursor, node: { asset: toAsset(row), changes: [...item.changes] } }];
      }),
    );
    const cursors = page.items.map(({ cursor }) => cursor);
    return { datasets, jobs, edges: edges.flat(), pageInfo: pageInfo(cursors, page.hasNextPage, request.after) };
  }
}
