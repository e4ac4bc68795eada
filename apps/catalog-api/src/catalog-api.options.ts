import type { QueryLimits } from '@headwater/platform/graphql/query-limits';

/** What a composition root may set; the rest has defaults. */
export interface CatalogApiSettings {
  readonly limits: QueryLimits;
  /** How long a query waits for the position that its caller asks for. */
  readonly awaitTimeoutMs: number;
  /** Hours of silence after which a run without an end is shown as UNFINISHED. */
  readonly staleRunHours: number;
  /** Folder of the built GraphQL editor; null serves none. */
  readonly ideFolder: string | null;
}

export const CATALOG_API_OPTIONS = Symbol('CatalogApiSettings');
