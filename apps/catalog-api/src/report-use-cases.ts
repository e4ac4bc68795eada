import { CurrentRights } from '@headwater/application/access/current-rights';
import { AskReports } from '@headwater/application/reports/ask-reports';
import { RunReports } from '@headwater/application/reports/run-reports';
import { CatalogViews } from '@headwater/application/visibility/catalog-views';
import type { ReportStore } from '@headwater/domain/reports/report';
import { MICROS_PER_HOUR } from '@headwater/domain/time';
import type { AccessServices } from '@headwater/platform/access/access-services';
import type { Config } from '@headwater/platform/config';
import type { Logger } from '@headwater/platform/logging/logger';
import { ACCESS, CONFIG, LOGGER, REPORTS } from '@headwater/platform/tokens';
import { Injectable, type FactoryProvider, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Reports: asked for, made, handed over. */
export const reportUseCases: readonly FactoryProvider[] = [
  {
    provide: RunReports,
    inject: [REPORTS, CatalogViews, ACCESS, CONFIG, LOGGER],
    useFactory: (
      reports: ReportStore,
      views: CatalogViews,
      { parts: { clock, ids, directory, store } }: AccessServices,
      { catalog }: Config,
      logger: Logger,
    ) =>
      new RunReports({
        ...{ reports, clock, ids },
        sourcesOf: (by) => ({ catalog: views.of(by).catalog, access: store }),
        rights: new CurrentRights(directory, clock),
        retention: catalog.reportRetentionDays * 24 * MICROS_PER_HOUR,
        onError: (error) => {
          logger.warn({ err: error }, 'a report could not be made; the list of reports says whether it is tried again');
        },
      }),
  },
  {
    provide: AskReports,
    inject: [REPORTS, RunReports, ACCESS],
    useFactory: (reports: ReportStore, runner: RunReports, { parts: { clock, ids } }: AccessServices) =>
      new AskReports({ reports, runner, clock, ids }),
  },
];

/** Reports are made for as long as the process serves. */
@Injectable()
export class RunningReports implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly runner: RunReports) {}

  onApplicationBootstrap(): void {
    this.runner.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.runner.close();
  }
}
