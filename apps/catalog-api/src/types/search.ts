import type {
  Highlight as DomainHighlight,
  SearchAnswer,
  SearchFacet as DomainFacet,
  SearchHit as DomainHit,
} from '@headwater/domain/search';
import type { NodeId, NodeKind } from '@headwater/domain/identifiers';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo, pageInfo } from './connection.js';
import { HighlightFieldEnum, SearchFacetNameEnum } from './discovery-enums.js';
import { NodeKindEnum } from './lineage-enums.js';

@ObjectType({ description: 'A stretch of a text, in UTF-16 code units.' })
export class TextRange {
  @Field(() => Int, { description: 'Where it begins, from 0.' })
  start!: number;

  @Field(() => Int, { description: 'Where it ends; the unit there is not part of it.' })
  end!: number;
}

@ObjectType({ description: 'A text of the asset that matched, and where.' })
export class Highlight {
  @Field(() => HighlightFieldEnum, { description: 'Which text.' })
  field!: DomainHighlight['field'];

  @Field({ description: 'The text, or the part of it around the match.' })
  text!: string;

  @Field(() => [TextRange], { description: 'What matched within it.' })
  ranges!: readonly TextRange[];
}

@ObjectType({ description: 'An asset that a search found.' })
export class SearchHit {
  @Field(() => ID, { description: 'Its NodeId.' })
  id!: string;

  @Field(() => NodeKindEnum, { description: 'DATASET or JOB.' })
  kind!: NodeKind;

  @Field({ description: 'The last part of its name, as people say it.' })
  displayName!: string;

  @Field(() => String, { nullable: true, description: 'Its namespace.' })
  namespace!: string | null;

  @Field(() => Float, { description: 'Higher is better; comparable within one answer only.' })
  score!: number;

  @Field(() => Int, {
    description:
      'How often anybody looked at it within the days that views are kept for, each person once in half an hour. Among equal matches that counts for rank, at most as much as one job that reads it.',
  })
  views!: number;

  @Field(() => [Highlight], { description: 'Why it was found.' })
  highlights!: readonly Highlight[];
}

@ObjectType({ description: 'One hit of a page.' })
export class SearchEdge {
  @Field({ description: 'Opaque position of this hit: as `after` it continues behind it.' })
  cursor!: string;

  @Field(() => SearchHit, { description: 'The hit.' })
  node!: SearchHit;
}

@ObjectType({ description: 'How many hits have one value.' })
export class SearchFacetValue {
  @Field({ description: 'The value as the filter takes it.' })
  value!: string;

  @Field(() => Int, { description: 'How many of all hits have it, whatever the page.' })
  count!: number;

  readonly facet!: DomainFacet['name'];
}

@ObjectType({ description: 'How many hits have which value of one property.' })
export class SearchFacet {
  @Field(() => SearchFacetNameEnum, { description: 'The property.' })
  name!: DomainFacet['name'];

  readonly propertyId!: NodeId | null;

  @Field(() => [SearchFacetValue], { description: 'The most frequent values first, at most 20.' })
  values!: readonly SearchFacetValue[];
}

@ObjectType({ description: 'A page of hits with counts (Relay connections).' })
export class SearchConnection {
  @Field(() => [SearchEdge], { description: 'The hits with their cursors, best first.' })
  edges!: readonly SearchEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many assets match, whatever the page.' })
  totalCount!: number;

  @Field({ description: 'False where so many match that not all were counted; the counts are then lower bounds.' })
  isExact!: boolean;

  @Field({ description: 'Whether nothing had all words as written, and similar ones or most of them were taken.' })
  isFuzzy!: boolean;

  @Field(() => [SearchFacet], {
    description:
      'Counts by kind, namespace, tag, owner, domain, term and by each property of few values. Values of a property that is filtered by are counted as if it were not, so that others can be chosen too.',
  })
  facets!: readonly SearchFacet[];
}

export function toSearchHit(hit: DomainHit): SearchHit {
  const { id, kind, displayName, namespace, score, views } = hit;
  const highlights = hit.highlights.map(({ field, text, ranges }) => ({
    field,
    text,
    ranges: ranges.map(([start, end]) => ({ start, end })),
  }));
  return { id, kind, displayName, namespace, score, views, highlights };
}

export function toSearchConnection(answer: SearchAnswer, after: string | null): SearchConnection {
  const { hits, hasNextPage, totalCount, isExact, isFuzzy, facets } = answer;
  return {
    edges: hits.map((hit) => ({ cursor: hit.cursor, node: toSearchHit(hit) })),
    pageInfo: pageInfo(
      hits.map((hit) => hit.cursor),
      hasNextPage,
      after,
    ),
    ...{ totalCount, isExact, isFuzzy },
    facets: facets.map(({ name, property: propertyId, values }) => ({
      name,
      propertyId,
      values: values.map((value) => ({ ...value, facet: name })),
    })),
  };
}
