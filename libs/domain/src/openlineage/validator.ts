/** One error of a generated validator, as Ajv reports it. */
export interface ValidationError {
  /** RFC 6901 pointer into the validated value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A validator compiled ahead of time; after a refusal `errors` tells why, until the next call. */
export interface GeneratedValidator {
  (value: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}

/** Where in an event a facet stands: `facets` of run, job or dataset, `inputFacets`, `outputFacets`. */
export type FacetPlace = 'run' | 'job' | 'dataset' | 'input' | 'output';

/** One facet of OpenLineage 2-0-2 or of its registry. */
export interface PublishedFacet {
  readonly name: string;
  readonly place: FacetPlace;
  /** The definition inside the schema file; `strict_` or `relaxed_` before it names the generated validator. */
  readonly definition: string;
  /** Path below `generated/schemas`. */
  readonly file: string;
  readonly schemaUrl: string;
}
