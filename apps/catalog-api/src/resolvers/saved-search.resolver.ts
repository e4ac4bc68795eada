import { FollowSearches } from '@headwater/application/saved/search-news';
import { KeepSearches } from '@headwater/application/saved/keep-searches';
import type { Principal } from '@headwater/domain/access/principal';
import type { NodeId } from '@headwater/domain/identifiers';
import type { SavedSearch as DomainSearch } from '@headwater/domain/saved/saved-search';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { checkPart } from '../arguments/edit-job-args.js';
import {
  ChangeSavedSearchInput,
  SavedResultsArgs,
  SavedSearchListArgs,
  SaveSearchInput,
  snapshotOf,
  toWantedChange,
  toWantedSearch,
} from '../arguments/saved-search-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { withDomainSums } from '../loaders/domains.js';
import { expandIn, newsViewIn, propertiesIn, signedIn } from '../loaders/saved-searches.js';
import { Operation } from '../operation.guard.js';
import { Viewer } from '../types/access.js';
import {
  SavedSearch,
  SavedSearchResult,
  SearchNews,
  toSavedSearch,
  toSavedSearchRefusal,
  toSearchNews,
  type SavedSearchChanged,
  type SavedSearchRefusal,
} from '../types/saved-search.js';
import { SearchConnection, toSearchConnection } from '../types/search.js';

const READS = { scope: 'catalog:read' } as const;
type Result = SavedSearchChanged | SavedSearchRefusal;

/** Searches that users keep, and what is new of them. */
@Resolver(() => SavedSearch)
export class SavedSearchResolver {
  constructor(
    private readonly kept: KeepSearches,
    private readonly follows: FollowSearches,
  ) {}

  @Query(() => SavedSearch, {
    nullable: true,
    description: 'A saved search: your own, or one that is shared; null for others.',
  })
  @Operation({ ...READS, reads: ['CATALOG'] })
  async savedSearch(
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<SavedSearch | null> {
    const by = signedIn(context);
    const search = await this.kept.read(by, id);
    return search === null ? null : this.#shown(by, search);
  }

  @ResolveField(() => SearchConnection, { description: 'What it finds now, of what you may see.' })
  async results(
    @Parent() { search }: SavedSearch,
    @Args() args: SavedResultsArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<SearchConnection> {
    const { most } = checkPart({ skip: 0, most: args.most });
    const page = { first: most, after: args.after ?? null };
    const { text, order, filter } = search;
    const answer = await context.view.search.search({ text, order, page, filter: await expandIn(context, filter) });
    return toSearchConnection({ ...answer, facets: await withDomainSums(context, answer.facets) }, page.after);
  }

  @ResolveField(() => [ID], {
    description:
      'Domains, terms, data products and properties that its filter names and that are there no more: nothing has them.',
  })
  async missing(@Parent() { search }: SavedSearch, @Context('catalog') context: CatalogContext): Promise<string[]> {
    const { domains = [], terms = [], products = [], properties = [] } = search.filter;
    const named: readonly NodeId[] = [...domains, ...terms, ...products, ...properties.map(({ property }) => property)];
    const time = context.readTime({});
    const found = await Promise.all(named.map((id) => context.loaders.definitions.load(id, time)));
    return named.filter((_, index) => found[index] === undefined);
  }

  @ResolveField(() => SearchNews, {
    nullable: true,
    description: 'What is new since you saw its news last; null where you do not follow it.',
  })
  async news(
    @Parent() { search, isFollowed }: SavedSearch,
    @Args('since', { type: () => String, nullable: true, description: 'Instead: since the news of this cursor.' })
    since: string | null | undefined,
    @Context('catalog') context: CatalogContext,
  ): Promise<SearchNews | null> {
    if (!isFollowed) return null;
    const from = since === null || since === undefined ? null : snapshotOf(since, 'since');
    const news = await this.follows.news(signedIn(context), newsViewIn(context), search, from);
    return news === null ? null : toSearchNews(news);
  }

  @Mutation(() => SavedSearchResult, { description: 'Keeps a search under a name: at most 200 a user.' })
  @Operation(READS)
  saveSearch(
    @Args('input', { description: 'The search.' }) input: SaveSearchInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<Result> {
    return this.#do(context, async (by) => this.kept.save(by, toWantedSearch(input, await propertiesIn(context))));
  }

  @Mutation(() => SavedSearchResult, { description: 'Changes one of your saved searches.' })
  @Operation(READS)
  changeSavedSearch(
    @Args('input', { description: 'Which, and what is to be otherwise.' }) input: ChangeSavedSearchInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<Result> {
    return this.#do(context, async (by) =>
      this.kept.change(by, input.id, toWantedChange(input, await propertiesIn(context))),
    );
  }

  @Mutation(() => SavedSearchResult, { description: 'Deletes one of your saved searches; nobody follows it any more.' })
  @Operation(READS)
  deleteSavedSearch(
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Result> {
    return this.#do(context, async (by) => {
      await this.kept.remove(by, id);
      return { id };
    });
  }

  @Mutation(() => SavedSearchResult, {
    description: 'Follows a saved search, or no more: news are told from now on. At most 20 a user.',
  })
  @Operation({ ...READS, reads: ['CATALOG'] })
  followSavedSearch(
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
    @Args('follow', { defaultValue: true, description: 'False: you follow it no more.' }) follow: boolean,
    @Context('catalog') context: CatalogContext,
  ): Promise<Result> {
    return this.#do(context, async (by) => {
      const search = await this.kept.get(by, id);
      if (follow) await this.follows.follow(by, newsViewIn(context), search);
      else await this.follows.unfollow(by, id);
      return search;
    });
  }

  @Mutation(() => SavedSearchResult, { description: 'Says that you have seen news: the next ones leave them out.' })
  @Operation(READS)
  markSearchNewsSeen(
    @Args('id', { type: () => ID, description: 'Of which saved search.' }) id: string,
    @Args('cursor', { description: 'The cursor of the news that you have seen.' }) cursor: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Result> {
    return this.#do(context, async (by) => {
      const search = await this.kept.get(by, id);
      await this.follows.see(by, id, snapshotOf(cursor, 'cursor'));
      return search;
    });
  }

  async #do(
    context: CatalogContext,
    work: (by: Principal) => Promise<DomainSearch | { readonly id: string }>,
  ): Promise<Result> {
    const by = signedIn(context);
    try {
      const search = await work(by);
      return { id: search.id, savedSearch: 'text' in search ? await this.#shown(by, search) : null };
    } catch (error) {
      return toSavedSearchRefusal(error);
    }
  }

  async #shown(by: Principal, search: DomainSearch): Promise<SavedSearch> {
    const followed = await this.follows.followed(by, [search.id]);
    return toSavedSearch(search, by.id, followed.has(search.id));
  }
}

@Resolver(() => Viewer)
export class ViewerSavedSearchesResolver {
  constructor(
    private readonly kept: KeepSearches,
    private readonly follows: FollowSearches,
  ) {}

  @ResolveField(() => [SavedSearch], {
    description: 'Saved searches that the caller may read, the own ones first, then by name.',
  })
  async savedSearches(
    @Args() args: SavedSearchListArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<SavedSearch[]> {
    const by = signedIn(context);
    const { skip, most } = checkPart(args);
    if (!by.may('catalog:read')) return [];
    const found = await this.kept.list(by, args.scope, skip, most);
    const followed = await this.follows.followed(
      by,
      found.map(({ id }) => id),
    );
    return found.map((search) => toSavedSearch(search, by.id, followed.has(search.id)));
  }
}
