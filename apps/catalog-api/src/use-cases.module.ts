import { FindRun } from '@headwater/application/catalog/find-run';
import { WatchAssets } from '@headwater/application/changes/watch-assets';
import { WatchLineage } from '@headwater/application/changes/watch-lineage';
import { AssessImpact } from '@headwater/application/lineage/assess-impact';
import { DiffLineage } from '@headwater/application/lineage/diff-lineage';
import { FindPaths } from '@headwater/application/lineage/find-paths';
import { TraceLineage } from '@headwater/application/lineage/trace-lineage';
import { AwaitPosition } from '@headwater/application/status/await-position';
import { ReadSystemStatus } from '@headwater/application/status/read-system-status';
import { StoreCheckpoints } from '@headwater/application/status/store-checkpoints';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { LineageRoots, OwnersOf } from '@headwater/domain/lineage-roots';
import type { Clock, EventLog, LineageGraph } from '@headwater/domain/ports';
import type { Config } from '@headwater/platform/config';
import {
  CATALOG_READER,
  CHANGE_FEED,
  CLOCK,
  CONFIG,
  EVENT_LOG,
  LINEAGE_GRAPH,
  LINEAGE_ROOTS,
  OWNERS_OF,
} from '@headwater/platform/tokens';
import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { accessUseCases } from './access-use-cases.js';
import { CATALOG_API_OPTIONS, resolveSettings, type CatalogApiSettings } from './catalog-api.options.js';

const TRAVERSAL = [LINEAGE_GRAPH, LINEAGE_ROOTS, CLOCK];

const useCases: readonly FactoryProvider[] = [
  {
    provide: AwaitPosition,
    inject: [EVENT_LOG, CHANGE_FEED, LINEAGE_GRAPH, CLOCK, CATALOG_API_OPTIONS],
    useFactory: (log: EventLog, feed: ChangeFeed, graph: LineageGraph, clock: Clock, settings: CatalogApiSettings) =>
      new AwaitPosition(log, new StoreCheckpoints(feed, graph), clock, { timeoutMs: settings.awaitTimeoutMs }),
  },
  {
    provide: ReadSystemStatus,
    inject: [EVENT_LOG, CATALOG_READER, LINEAGE_GRAPH, CLOCK],
    useFactory: (log: EventLog, catalog: CatalogReader, graph: LineageGraph, clock: Clock) =>
      new ReadSystemStatus(log, catalog, graph, clock),
  },
  { provide: FindRun, inject: [CATALOG_READER], useFactory: (catalog: CatalogReader) => new FindRun(catalog) },
  {
    provide: TraceLineage,
    inject: TRAVERSAL,
    useFactory: (graph: LineageGraph, roots: LineageRoots, clock: Clock) => new TraceLineage({ graph, roots, clock }),
  },
  {
    provide: DiffLineage,
    inject: TRAVERSAL,
    useFactory: (graph: LineageGraph, roots: LineageRoots, clock: Clock) => new DiffLineage({ graph, roots, clock }),
  },
  {
    provide: FindPaths,
    inject: TRAVERSAL,
    useFactory: (graph: LineageGraph, roots: LineageRoots, clock: Clock) => new FindPaths({ graph, roots, clock }),
  },
  {
    provide: AssessImpact,
    inject: [...TRAVERSAL, OWNERS_OF],
    useFactory: (graph: LineageGraph, roots: LineageRoots, clock: Clock, owners: OwnersOf) =>
      new AssessImpact({ graph, roots, clock, owners }),
  },
  {
    provide: WatchAssets,
    inject: [CHANGE_FEED, CATALOG_READER, EVENT_LOG],
    useFactory: (feed: ChangeFeed, catalog: CatalogReader, log: EventLog) => new WatchAssets({ feed, catalog, log }),
  },
  {
    provide: WatchLineage,
    inject: [...TRAVERSAL, CHANGE_FEED, EVENT_LOG, CATALOG_READER],
    useFactory: (
      graph: LineageGraph,
      roots: LineageRoots,
      clock: Clock,
      feed: ChangeFeed,
      log: EventLog,
      events: CatalogReader,
    ) => new WatchLineage({ graph, roots, clock, feed, log, events }),
  },
];

/** The use cases behind the resolvers, over the ports that a global module provides. */
@Module({})
export class UseCasesModule {
  static register(settings: Partial<CatalogApiSettings>): DynamicModule {
    const options = {
      provide: CATALOG_API_OPTIONS,
      inject: [CONFIG],
      useFactory: (config: Config) => resolveSettings(config, settings),
    };
    const providers = [options, ...useCases, ...accessUseCases];
    return { module: UseCasesModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
