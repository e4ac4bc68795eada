import { AwaitPosition } from '@headwater/application/status/await-position';
import { DecisionViews } from '@headwater/application/decisions/decision-views';
import { CatalogViews } from '@headwater/application/visibility/catalog-views';
import type { Clock } from '@headwater/domain/ports';
import type { AccessServices } from '@headwater/platform/access/access-services';
import type { Logger } from '@headwater/platform/logging/logger';
import { ACCESS, CLOCK, LOGGER } from '@headwater/platform/tokens';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, DiscoveryModule } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import { CATALOG_API_OPTIONS, type CatalogApiSettings } from './catalog-api.options.js';
import { graphqlSettings } from './graphql-settings.js';
import { IdeController } from './ide/ide.controller.js';
import { OperationGuard } from './operation.guard.js';
import { OperationInventory } from './operation-inventory.js';
import { NotFoundFilter } from './pages/not-found.filter.js';
import { resolvers } from './resolvers/resolvers.js';
import { ReportController } from './reports/report.controller.js';
import { SignInModule } from './sign-in/sign-in.module.js';
import { OpenSubscriptions } from './subscriptions/open-subscriptions.js';
import { UiController } from './ui/ui.controller.js';
import { UseCasesModule } from './use-cases.module.js';

/**
 * GraphQL at /graphql: queries, subscriptions over WebSocket, and the editor for browsers. A global module must provide
 * EVENT_LOG, LINEAGE_GRAPH, LINEAGE_ROOTS, CATALOG_READER, CATALOG_SEARCH, CHANGE_FEED, EDIT_JOBS, EDIT_REQUESTS, REPORTS,
 * SAVED_SEARCHES and VIEWS; PlatformModule gives the rest. Needs a FastifyAdapter.
 */
@Module({})
export class CatalogApiModule {
  static register(settings: Partial<CatalogApiSettings> = {}): DynamicModule {
    const useCases = UseCasesModule.register(settings);
    return {
      module: CatalogApiModule,
      imports: [
        DiscoveryModule,
        useCases,
        SignInModule.register(useCases),
        GraphQLModule.forRootAsync<MercuriusDriverConfig>({
          driver: MercuriusDriver,
          imports: [useCases],
          inject: [CatalogViews, DecisionViews, CLOCK, AwaitPosition, CATALOG_API_OPTIONS, LOGGER, ACCESS],
          useFactory: (
            views: CatalogViews,
            decisions: DecisionViews,
            clock: Clock,
            awaitPosition: AwaitPosition,
            options: CatalogApiSettings,
            logger: Logger,
            access: AccessServices,
          ) => graphqlSettings({ views, decisions, clock, awaitPosition }, options, logger, access.gate),
        }),
      ],
      controllers: [IdeController, ReportController, UiController],
      providers: [
        { provide: APP_FILTER, useClass: NotFoundFilter },
        OperationGuard,
        OperationInventory,
        OpenSubscriptions,
        ...resolvers,
      ],
    };
  }
}
