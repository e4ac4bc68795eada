import { CurrentRights } from '@headwater/application/access/current-rights';
import { HandOverDefinitions } from '@headwater/application/governance/bulk/hand-over-definitions';
import { RunEditJobs } from '@headwater/application/governance/bulk/run-edit-jobs';
import { StartEdits } from '@headwater/application/governance/bulk/start-edits';
import { AwaitPosition } from '@headwater/application/status/await-position';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { EditJobStore } from '@headwater/domain/governance/edit-job';
import type { EditRequestStore } from '@headwater/domain/governance/edit-requests';
import type { EventLog } from '@headwater/domain/ports';
import type { AccessServices } from '@headwater/platform/access/access-services';
import type { Logger } from '@headwater/platform/logging/logger';
import { ACCESS, CATALOG_READER, EDIT_JOBS, EDIT_REQUESTS, EVENT_LOG, LOGGER } from '@headwater/platform/tokens';
import { Injectable, type FactoryProvider, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Edits of many assets. */
export const editJobUseCases: readonly FactoryProvider[] = [
  {
    provide: RunEditJobs,
    inject: [EDIT_JOBS, EDIT_REQUESTS, EVENT_LOG, CATALOG_READER, AwaitPosition, ACCESS, LOGGER],
    useFactory: (
      jobs: EditJobStore,
      requests: EditRequestStore,
      log: EventLog,
      catalog: CatalogReader,
      awaitPosition: AwaitPosition,
      { parts: { clock, directory } }: AccessServices,
      logger: Logger,
    ) =>
      new RunEditJobs({
        ...{ jobs, requests, log, catalog, awaitPosition, clock },
        rights: new CurrentRights(directory, clock),
        onError: (error) => {
          logger.warn({ err: error }, 'a job of edits could not go on and will be tried again');
        },
      }),
  },
  {
    provide: StartEdits,
    inject: [EDIT_JOBS, EDIT_REQUESTS, RunEditJobs, HandOverDefinitions, ACCESS],
    useFactory: (
      jobs: EditJobStore,
      requests: EditRequestStore,
      runner: RunEditJobs,
      definitions: HandOverDefinitions,
      { parts: { clock, ids } }: AccessServices,
    ) => new StartEdits({ jobs, requests, runner, definitions, clock, ids }),
  },
];

/** Jobs go on for as long as the process serves. */
@Injectable()
export class RunningEditJobs implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly runner: RunEditJobs) {}

  onApplicationBootstrap(): void {
    this.runner.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.runner.close();
  }
}
