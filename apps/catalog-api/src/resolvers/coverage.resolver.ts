import { coverageWithParts, sumOf } from '@headwater/domain/governance/coverage';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { domainsAt } from '../loaders/domains.js';
import { Operation } from '../operation.guard.js';
import { Coverage } from '../types/coverage.js';
import { toDomain } from '../types/domain.js';

const MOST_TAGS = 100;

/** How much of the catalog is governed. */
@Resolver()
export class CoverageResolver {
  @Query(() => Coverage, {
    description: 'How many assets have an owner and are classified, by domain. It goes by search, as of now.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async coverage(
    @Args('tags', {
      type: () => [String],
      nullable: true,
      description: 'What counts as classified: one of these, `key=value` or `key` for any value; none: any tag.',
    })
    tags: string[] | null,
    @Context('catalog') context: CatalogContext,
  ): Promise<Coverage> {
    if ((tags?.length ?? 0) > MOST_TAGS)
      throw new HeadwaterError('INVALID_INPUT', 'Ask for fewer tags', {
        faults: [
          {
            pointer: '/tags',
            ...coded('TOO_MANY', `must have at most ${String(MOST_TAGS)} tags`, { most: MOST_TAGS }),
          },
        ],
      });
    const time = context.readTime({});
    const [rows, all] = await Promise.all([context.view.search.coverage(tags ?? []), domainsAt(context, time)]);
    const known = new Map(all.map((row) => [row.id, row]));
    const domains = coverageWithParts(rows, all).map(({ domain: id, ...counts }) => {
      const row = id === null ? undefined : known.get(id);
      return { domain: row === undefined ? null : toDomain(row, time), counts };
    });
    return { total: sumOf(rows), domains };
  }
}
