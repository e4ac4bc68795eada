import type { SearchNews as DomainNews } from '@headwater/application/saved/search-news';
import { HeadwaterError } from '@headwater/domain/errors';
import type { NodeKind } from '@headwater/domain/identifiers';
import type { SavedSearch as DomainSearch } from '@headwater/domain/saved/saved-search';
import { boundText, type PropertyCondition } from '@headwater/domain/governance/property-conditions';
import type { SearchOrder } from '@headwater/domain/search';
import type { Micros } from '@headwater/domain/time';
import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { newsCursor } from '../arguments/saved-search-args.js';
import { AccessFault, isExpected } from './access-results.js';
import { SearchOrderEnum } from './discovery-enums.js';
import { NodeKindEnum } from './lineage-enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'What the hits of a saved search must have of a property.' })
export class SavedPropertyFilter {
  @Field(() => ID, { description: 'The property, by its id.' })
  property!: string;

  @Field({ description: 'False: they must have no value of it.' })
  has!: boolean;

  @Field(() => [String], { nullable: true, description: 'Any of these.' })
  values!: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'The least.' })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'The most.' })
  to!: string | null;
}

@ObjectType({
  description: 'What the hits of a saved search must have: each list that is not null, one of its values.',
})
export class SavedSearchFilter {
  @Field(() => [NodeKindEnum], { nullable: true, description: 'Of these kinds.' })
  kinds!: readonly NodeKind[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'In these namespaces; of a shared one those that you may see.',
  })
  namespaces!: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: 'With these tags.' })
  tags!: readonly string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether tags also fit what they came to along lineage.' })
  carriedTags!: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they have any tag.' })
  hasTag!: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'Owned by these agents.' })
  owners!: readonly string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether anyone owns it.' })
  hasOwner!: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'In these domains or their parts.' })
  domains!: readonly string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they are in any domain.' })
  hasDomain!: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'Output ports of these data products.' })
  dataProducts!: readonly string[] | null;

  @Field(() => [ID], { nullable: true, description: 'With these terms or narrower ones.' })
  terms!: readonly string[] | null;

  @Field(() => [SavedPropertyFilter], { nullable: true, description: 'With this of properties: all of it.' })
  properties!: readonly SavedPropertyFilter[] | null;

  @Field(() => DateTime, { nullable: true, description: 'Changed later than this.' })
  updatedAfter!: Micros | null;
}

@ObjectType({ description: 'A search that somebody keeps under a name.' })
export class SavedSearch {
  @Field(() => ID, { description: 'Identifies it.' })
  id!: string;

  @Field({ description: 'What its owner calls it.' })
  name!: string;

  @Field({ description: 'The words.' })
  query!: string;

  @Field(() => SavedSearchFilter, { description: 'What the hits must have.' })
  filter!: SavedSearchFilter;

  @Field(() => SearchOrderEnum, { description: 'How the hits are ordered.' })
  orderBy!: SearchOrder;

  @Field({ description: 'Whether everybody may read it.' })
  isShared!: boolean;

  @Field({ description: 'Whether it is yours: only then you may change it.' })
  isOwn!: boolean;

  @Field({ description: 'The name of who keeps it.' })
  ownerName!: string;

  @Field(() => DateTime, { description: 'When it was saved first.' })
  createdAt!: Micros;

  @Field(() => DateTime, { description: 'When it was changed last.' })
  updatedAt!: Micros;

  @Field({ description: 'Whether you follow it.' })
  isFollowed!: boolean;

  readonly search!: DomainSearch;
}

@ObjectType({
  description:
    'How what a saved search finds differs from what it found when you saw its news last: each follower is told of what they may see. Words count as written.',
})
export class SearchNews {
  @Field({ description: 'For `markSearchNewsSeen`, and as `since`: what is told then leaves these news out.' })
  cursor!: string;

  @Field(() => DateTime, { description: 'Since when these are the news.' })
  since!: Micros;

  @Field({
    description:
      'False while it finds more than 5,000 assets: what is new is told once it finds less. Also where more than 1,000 changes are new: the latest are told.',
  })
  isComplete!: boolean;

  @Field({ description: 'True where the words or the filter were changed: news begin with what it finds now.' })
  isRestarted!: boolean;

  @Field(() => Int, { description: 'How many assets it finds that it did not find.' })
  enteredCount!: number;

  @Field(() => Int, { description: 'How many it found and does not find any more.' })
  leftCount!: number;

  @Field(() => Int, { description: 'How many edits and schemas are new of what it found and finds, at most 1,000.' })
  changedCount!: number;

  readonly news!: DomainNews;
}

@ObjectType({ description: 'A saved search that was changed.' })
export class SavedSearchChanged {
  @Field(() => ID, { description: 'Which.' })
  id!: string;

  @Field(() => SavedSearch, { nullable: true, description: 'As it is now; null where it was deleted.' })
  savedSearch!: SavedSearch | null;
}

@ObjectType({ description: 'Why a saved search was not changed. Nothing was changed.' })
export class SavedSearchRefusal {
  @Field({
    description:
      'A stable upper-case code: INVALID_INPUT, NAME_TAKEN, NO_SUCH_SAVED_SEARCH, NOT_YOUR_SEARCH, TOO_MANY_SAVED_SEARCHES, TOO_MANY_FOLLOWED, SEARCH_TOO_BROAD, NEWS_NOT_KEPT; others may come.',
  })
  reason!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => [AccessFault], { description: 'What is wrong with the input; empty where it is not the input.' })
  faults!: readonly AccessFault[];
}

export const SavedSearchResult = createUnionType({
  name: 'SavedSearchResult',
  description: 'The saved search, or why nothing was changed.',
  types: () => [SavedSearchChanged, SavedSearchRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? SavedSearchRefusal : SavedSearchChanged),
});

export function toSavedSearch(search: DomainSearch, reader: string, isFollowed: boolean): SavedSearch {
  const { id, name, text, filter, order, isShared, owner, ownerName, createdAt, updatedAt } = search;
  const { kinds = null, namespaces = null, tags = null, owners = null, hasOwner = null } = filter;
  const { carriedTags = null, hasTag = null, hasDomain = null, products: dataProducts = null } = filter;
  const { domains = null, terms = null, updatedAfter = null } = filter;
  const properties = filter.properties?.map(toSavedProperty) ?? null;
  return {
    ...{ id, name, query: text, orderBy: order, isShared, ownerName, createdAt, updatedAt, isFollowed, search },
    filter: {
      ...{ kinds, namespaces, tags, carriedTags, hasTag, owners, hasOwner },
      ...{ domains, hasDomain, dataProducts, terms, properties, updatedAfter },
    },
    isOwn: owner === reader,
  };
}

function toSavedProperty({ property, type, isHad: has, values, from, to }: PropertyCondition): SavedPropertyFilter {
  return { property, has, values, from: boundText(type, from), to: boundText(type, to) };
}

export function toSearchNews(news: DomainNews): SearchNews {
  const { number, since, isComplete, isRestarted, entered, left, changed } = news;
  return {
    ...{ cursor: newsCursor(number), since, isComplete, isRestarted, news },
    ...{ enteredCount: entered.length, leftCount: left.length, changedCount: changed.length },
  };
}

/** An expected failure as the typed refusal that it is; every other error is thrown. */
export function toSavedSearchRefusal(error: unknown): SavedSearchRefusal {
  if (!(error instanceof HeadwaterError) || !isExpected(error)) throw error;
  const { category, reason, message, faults } = error;
  return { reason: reason ?? category, message, faults };
}
