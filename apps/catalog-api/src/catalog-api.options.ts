import { fileURLToPath } from 'node:url';
import type { RunClock } from '@headwater/domain/run-state';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';
import type { Config } from '@headwater/platform/config';
import { DEFAULT_LIMITS, type QueryLimits } from '@headwater/platform/graphql/query-limits';

/** What a composition root may set beside the configuration; everything has a default. */
export interface CatalogApiSettings {
  readonly limits: QueryLimits;
  /** How long a query waits for the position that its caller asks for. */
  readonly awaitTimeoutMs: number;
  /** Hours of silence after which a run without an end is shown as UNFINISHED. */
  readonly staleRunHours: number;
  /** The most subscriptions that may run on one WebSocket. */
  readonly subscriptionsPerConnection: number;
  /** The most WebSockets that one caller may hold open. */
  readonly connectionsPerCaller: number;
  /** Milliseconds within which a WebSocket has to begin with `connection_init`. */
  readonly connectionInitTimeoutMs: number;
  /** Folder of the built GraphQL editor; null serves none. */
  readonly ideFolder: string | null;
  /** Folder of the built catalog pages; null serves none. */
  readonly uiFolder: string | null;
}

export const CATALOG_API_OPTIONS = Symbol('CatalogApiSettings');

export function resolveSettings(
  config: Pick<Config, 'catalog'>,
  settings: Partial<CatalogApiSettings>,
): CatalogApiSettings {
  return {
    limits: DEFAULT_LIMITS,
    awaitTimeoutMs: 5_000,
    staleRunHours: config.catalog.staleRunHours,
    subscriptionsPerConnection: config.catalog.subscriptionsPerConnection,
    connectionsPerCaller: config.catalog.connectionsPerCaller,
    connectionInitTimeoutMs: 10_000,
    // Beside this file in dist as in src, so that tests and the built app find the same editor.
    ideFolder: fileURLToPath(new URL('../dist/editor/', import.meta.url)),
    uiFolder: fileURLToPath(new URL('../../catalog-ui/dist/app/', import.meta.url)),
    ...settings,
  };
}

/** What tells states of runs at a moment. */
export function runClock({ staleRunHours }: Pick<CatalogApiSettings, 'staleRunHours'>, at: Micros): RunClock {
  return { at, unfinishedAfter: staleRunHours * MICROS_PER_HOUR };
}
