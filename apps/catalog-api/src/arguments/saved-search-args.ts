import type { PropertyRow } from '@headwater/domain/governance/definition';
import type { WantedSearch } from '@headwater/application/saved/keep-searches';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { decodeCursor, encodeCursor } from '@headwater/domain/page';
import type { SavedSearchScope } from '@headwater/domain/saved/saved-search';
import type { SearchFilter as DomainFilter, SearchOrder } from '@headwater/domain/search';
import type { RecentChangeKind, RecentChangePlace } from '@headwater/domain/reading/recent-change-reader';
import type { Micros } from '@headwater/domain/time';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { DateTime } from '../types/scalars.js';
import { RecentChangeKindEnum, SavedSearchScopeEnum, SearchOrderEnum } from '../types/discovery-enums.js';
import { PartArgs } from './edit-job-args.js';
import { present, SearchFilter, toConditions } from './filters.js';
import { idOf } from './ids.js';

@InputType({ description: 'A search to keep.' })
export class SaveSearchInput {
  @Field({ description: 'What you call it: 1 to 100 characters, yours alone.' })
  name!: string;

  @Field({ defaultValue: '', description: 'What `search` takes as `query`.' })
  query!: string;

  @Field(() => SearchFilter, { nullable: true, description: 'What `search` takes as `filter`.' })
  filter?: SearchFilter | null;

  @Field(() => SearchOrderEnum, { defaultValue: 'RELEVANCE', description: 'How the hits are ordered.' })
  orderBy!: SearchOrder;

  @Field({
    defaultValue: false,
    description:
      'Whether everybody who reads the catalog may read and follow it, each finding what they may see. Its name and words are told to them, of its namespaces those that they may see.',
  })
  isShared!: boolean;
}

@InputType({ description: 'What is to be otherwise of a saved search; what is absent or null stays.' })
export class ChangeSavedSearchInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A new name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New words.' })
  query?: string | null;

  @Field(() => SearchFilter, { nullable: true, description: 'A new filter in place of the whole old one.' })
  filter?: SearchFilter | null;

  @Field(() => SearchOrderEnum, { nullable: true, description: 'Another order.' })
  orderBy?: SearchOrder | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is shared.' })
  isShared?: boolean | null;
}

@ArgsType()
export class SavedSearchListArgs extends PartArgs {
  @Field(() => SavedSearchScopeEnum, { defaultValue: 'ALL', description: 'Whose.' })
  scope!: SavedSearchScope;
}

@ArgsType()
export class SavedResultsArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many at most: 1 to 100.' })
  most!: number;

  @Field(() => String, { nullable: true, description: 'Cursor behind which to continue: an `endCursor`.' })
  after?: string | null;
}

@ArgsType()
export class SearchNewsArgs {
  @Field(() => ID, { description: 'The id of a saved search that you follow.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A cursor of news: what is new since then comes first.' })
  since?: string | null;
}

@ArgsType()
export class RecentChangesArgs {
  @Field(() => [RecentChangeKindEnum], { nullable: true, description: 'Changes of these kinds; none: of all.' })
  kinds?: RecentChangeKind[] | null;

  @Field(() => DateTime, { nullable: true, description: 'Written to the log later than this.' })
  since?: Micros | null;

  @Field(() => String, { nullable: true, description: 'Behind the change with this `cursor`: there the list goes on.' })
  after?: string | null;

  @Field(() => Int, { defaultValue: 20, description: 'How many at most: 1 to 100.' })
  most!: number;
}

/** As it is kept, by the properties that are `known`: without what is null, ids in the catalog's spelling. */
export function toKeptFilter(filter: SearchFilter | null | undefined, known: readonly PropertyRow[]): DomainFilter {
  const { owners, domains, terms, dataProducts, properties, ...rest } = present(filter ?? {});
  return {
    ...rest,
    ...(owners === undefined ? {} : { owners: owners.map(idOf) }),
    ...(domains === undefined ? {} : { domains: domains.map(idOf) }),
    ...(terms === undefined ? {} : { terms: terms.map(idOf) }),
    ...(dataProducts === undefined ? {} : { products: dataProducts.map(idOf) }),
    ...(properties === undefined ? {} : { properties: toConditions(properties, known) }),
  };
}

export function toWantedSearch(
  { name, query, filter, orderBy, isShared }: SaveSearchInput,
  known: readonly PropertyRow[],
): WantedSearch {
  return { name, text: query, filter: toKeptFilter(filter, known), order: orderBy, isShared };
}

export function toWantedChange(input: ChangeSavedSearchInput, known: readonly PropertyRow[]): Partial<WantedSearch> {
  const { name, query, filter, orderBy, isShared } = input;
  return present({
    ...{ name, text: query, order: orderBy, isShared },
    filter: filter === null || filter === undefined ? null : toKeptFilter(filter, known),
  });
}

const CHANGES = 'recent-changes';

export function changeCursor({ at, position, asset, kind }: RecentChangePlace): string {
  return encodeCursor(CHANGES, [at, position, asset, kind]);
}

/** The place that a cursor of a change names. Throws INVALID_INPUT for what is no such cursor. */
export function changePlaceOf(cursor: string): RecentChangePlace {
  const [at, position, asset, kind] = decodeCursor(CHANGES, cursor, ['number', 'number', 'string', 'string']);
  return {
    at: wholeOf(at),
    position: typeof position === 'number' ? wholeOf(position) : null,
    asset: idOf(String(asset)),
    kind: kind === 'EDIT' ? 'EDIT' : 'SCHEMA',
  };
}

/** As PostgreSQL's bigint and JavaScript hold it alike. */
function wholeOf(part: unknown): number {
  return Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, Math.trunc(Number(part))));
}

const CURSOR = 'search-news';

export function newsCursor(number: number): string {
  return encodeCursor(CURSOR, [number]);
}

/** The snapshot that a cursor of news names. Throws INVALID_INPUT for what is no such cursor. */
export function snapshotOf(cursor: string, argument: 'cursor' | 'since'): number {
  try {
    const [number] = decodeCursor(CURSOR, cursor, ['number']);
    return Math.max(0, Math.min(2_147_483_647, Math.trunc(Number(number))));
  } catch (error) {
    if (!(error instanceof HeadwaterError)) throw error;
    throw new HeadwaterError(
      'INVALID_INPUT',
      `\`${argument}\` is no cursor of news: pass the one that news came with`,
      {
        ...{
          reason: 'CURSOR',
          faults: [{ pointer: `/${argument}`, ...coded('NO_CURSOR', 'must be the cursor of news') }],
        },
      },
    );
  }
}
