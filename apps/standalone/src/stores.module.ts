import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { LineageGraph } from '@headwater/domain/ports';
import {
  CATALOG_READER,
  CATALOG_SEARCH,
  CHANGE_FEED,
  DECISIONS,
  EDIT_JOBS,
  EDIT_REQUESTS,
  EVENT_LOG,
  EXAMPLE,
  LINEAGE_GRAPH,
  LINEAGE_ROOTS,
  REPORTS,
  SAVED_SEARCHES,
  SUBJECT_KEYS,
  VIEWS,
} from '@headwater/platform/tokens';
import { PostgresLineageRoots } from '@headwater/store-postgres/catalog/lineage-roots';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { ProjectionDatabase } from '@headwater/store-postgres/catalog/projection-database';
import { PostgresCatalogSearch } from '@headwater/store-postgres/search/postgres-catalog-search';
import { PostgresEditJobStore } from '@headwater/store-postgres/edit-jobs/postgres-edit-job-store';
import { PostgresEditRequestStore } from '@headwater/store-postgres/edit-jobs/postgres-edit-request-store';
import { PostgresReportStore } from '@headwater/store-postgres/reports/postgres-report-store';
import { PostgresSavedSearchStore } from '@headwater/store-postgres/saved/postgres-saved-search-store';
import { PostgresDecisionReader } from '@headwater/store-postgres/decisions/decision-reader';
import { PostgresSubjectKeyStore } from '@headwater/store-postgres/decisions/postgres-subject-key-store';
import { PostgresViewStore } from '@headwater/store-postgres/saved/postgres-view-store';
import { Module, type DynamicModule } from '@nestjs/common';
import { exampleEdits } from './example/governance.js';
import { exampleEvents } from './example/insurance-claims.js';
import type { Stores } from './stores.js';

export interface StoreParts {
  readonly stores: Stores;
  readonly graph: LineageGraph;
  readonly feed: ChangeFeed;
  /** Schema of the generation that is current at each call. */
  readonly schema: () => string;
}

/** The ports of the whole process, each from the store that is configured. */
@Module({})
export class StoresModule {
  static around({ stores, graph, feed, schema }: StoreParts): DynamicModule {
    const database = new ProjectionDatabase(stores.readPool, schema);
    const roots = new PostgresLineageRoots(database);
    const provided = [
      { provide: EVENT_LOG, useValue: stores.log },
      { provide: LINEAGE_GRAPH, useValue: graph },
      { provide: CHANGE_FEED, useValue: feed },
      { provide: CATALOG_READER, useValue: postgresCatalogReader(database) },
      { provide: CATALOG_SEARCH, useValue: new PostgresCatalogSearch(database) },
      { provide: LINEAGE_ROOTS, useValue: roots },
      { provide: EDIT_JOBS, useValue: new PostgresEditJobStore(stores.pool) },
      { provide: EDIT_REQUESTS, useValue: new PostgresEditRequestStore(stores.pool) },
      { provide: REPORTS, useValue: new PostgresReportStore(stores.pool, stores.log) },
      { provide: SAVED_SEARCHES, useValue: new PostgresSavedSearchStore(stores.pool) },
      { provide: DECISIONS, useValue: new PostgresDecisionReader(database) },
      { provide: SUBJECT_KEYS, useValue: new PostgresSubjectKeyStore(stores.pool) },
      { provide: VIEWS, useValue: new PostgresViewStore(stores.pool) },
      { provide: EXAMPLE, useValue: { events: exampleEvents, edits: exampleEdits } },
    ];
    return {
      module: StoresModule,
      global: true,
      providers: provided,
      exports: provided.map((provider) => provider.provide),
    };
  }
}
