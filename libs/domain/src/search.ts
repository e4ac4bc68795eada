import type { NamespaceRule } from './access/namespace-rule.js';
import type { CoverageOfDomain } from './governance/coverage.js';
import type { PropertyCondition } from './governance/property-conditions.js';
import type { NodeId, NodeKey, NodeKind } from './identifiers.js';
import type { PageRequest } from './page.js';
import type { Micros } from './time.js';

/** Every given member must hold, within one list any does; an absent or empty list excludes nothing. */
export interface SearchFilter {
  /** Assets are found: DATASET and JOB; other kinds match none. */
  readonly kinds?: readonly NodeKind[];
  readonly namespaces?: readonly string[];
  /** Of the asset or of one of its fields: `key` or `key=value`. A bare key matches every value. */
  readonly tags?: readonly string[];
  /** Whether `tags` also fit what a tag came to along lineage; `carriedTo` then says what that is. */
  readonly carriedTags?: boolean;
  /** Assets that one of `tags` came to, as whoever asks found them. */
  readonly carriedTo?: readonly NodeId[];
  /** Whether it or one of its fields has any tag. */
  readonly hasTag?: boolean;
  readonly owners?: readonly NodeId[];
  readonly hasOwner?: boolean;
  /** Exactly these: whoever asks names the domains below them too. */
  readonly domains?: readonly NodeId[];
  readonly hasDomain?: boolean;
  /** It is an output port of one of them. */
  readonly products?: readonly NodeId[];
  /** Of the asset or of one of its fields; exactly these, as with domains. */
  readonly terms?: readonly NodeId[];
  /** All of these. */
  readonly properties?: readonly PropertyCondition[];
  readonly updatedAfter?: Micros;
}

export type SearchOrder = 'RELEVANCE' | 'POPULARITY' | 'UPDATED_AT' | 'NAME';

export interface SearchRequest {
  /**
   * Up to 500 characters; empty finds everything that the filter leaves. What has a term matches by the names and synonyms
   * of that term and of those above it, too.
   */
  readonly text: string;
  readonly filter: SearchFilter;
  readonly order: SearchOrder;
  readonly page: PageRequest;
  /** Only assets whose canonical name is in these namespaces: for all else there is nothing in the catalog. */
  readonly within?: NamespaceRule;
}

/** Where a hit matched; `ranges` are [start, end) in UTF-16 units of `text`. */
export interface Highlight {
  readonly field: 'NAME' | 'FIELD' | 'DESCRIPTION' | 'TAG' | 'PROPERTY';
  readonly text: string;
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

export interface SearchHit {
  /** Canonical id. */
  readonly id: NodeId;
  readonly kind: 'DATASET' | 'JOB';
  readonly displayName: string;
  readonly namespace: string;
  /** Higher is better; comparable within one answer only. By relevance: how well it matches, then its standing. */
  readonly score: number;
  /** How often anybody looked at it within the days that views are kept for. It adds a little to its standing. */
  readonly views: number;
  readonly highlights: readonly Highlight[];
  readonly cursor: string;
}

export interface SearchMatch {
  /** Canonical id. */
  readonly id: NodeId;
  /** Of the asset under all of its names. */
  readonly memberKeys: readonly NodeKey[];
}

export interface SearchFacet {
  /** There is one PROPERTY for each ENUM and each BOOLEAN of which hits have values, by the id of the property. */
  readonly name: 'KIND' | 'NAMESPACE' | 'TAG' | 'OWNER' | 'DOMAIN' | 'TERM' | 'PROPERTY';
  /** Of a PROPERTY which; else null. */
  readonly property: NodeId | null;
  /** Most frequent first, at most 20, of domains all. A term counts what has a narrower one too. `value` is what the filter takes. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
  readonly hasNextPage: boolean;
  /** Of all that match, whatever the page. */
  readonly totalCount: number;
  /** A facet that is filtered by is counted as if it were not. */
  readonly facets: readonly SearchFacet[];
  /** False where so many match that not all were counted: `totalCount` and facets are then lower bounds. */
  readonly isExact: boolean;
  /** Whether nothing had all words as written, and similar ones or most of them were taken. */
  readonly isFuzzy: boolean;
}

export interface PropertyUse {
  /** Null: however many there are of the kind at all. */
  readonly property: NodeId | null;
  readonly kind: 'DATASET' | 'JOB';
  readonly assets: number;
}

/** Full-text search over assets. Merged assets appear once, deleted ones never. */
export interface CatalogSearch {
  /**
   * Pages join into one list: an asset that stays as it is appears once, whatever events come in between. Throws
   * INVALID_INPUT for a malformed cursor, a page size beyond 1 to 100 or a text beyond 500 characters.
   */
  search(request: SearchRequest): Promise<SearchAnswer>;
  /**
   * All assets that have every word as written and fit the filter, in no order that means anything: at most `most` and
   * one more, which tells that there are others.
   */
  matching(request: Omit<SearchRequest, 'order' | 'page'>, most: number): Promise<readonly SearchMatch[]>;
  /** The best assets for what is being typed: names first, popular ones first. `limit` is 1 to 50. */
  suggest(prefix: string, limit: number, within?: NamespaceRule): Promise<readonly SearchHit[]>;
  /** Of each property, by kind of asset, how many have a value of it; properties that nothing has are left out. */
  propertyUses(within?: NamespaceRule): Promise<readonly PropertyUse[]>;
  /** Of what is in each domain itself, those without assets left out; `tagged` by any of the tags, none given: by any at all. */
  coverage(tags: readonly string[], within?: NamespaceRule): Promise<readonly CoverageOfDomain[]>;
}
