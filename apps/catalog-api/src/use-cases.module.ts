import { GrantRole } from '@headwater/application/access/grant-role';
import { DecisionViews } from '@headwater/application/decisions/decision-views';
import { PersonalKeys } from '@headwater/application/decisions/personal-keys';
import { SealPersonalParts } from '@headwater/application/decisions/seal-personal-parts';
import { AcceptEvents } from '@headwater/application/ingest/accept-events';
import { LineageIntake } from '@headwater/application/ingest/lineage-intake';
import { LoadExample, type Example } from '@headwater/application/ingest/load-example';
import { AcceptFinding } from '@headwater/application/governance/accept-finding';
import { AnswerOwnership } from '@headwater/application/governance/answer-ownership';
import { EditAgent } from '@headwater/application/governance/edit-agent';
import { EditAsset } from '@headwater/application/governance/edit-asset';
import { EditDataProduct } from '@headwater/application/governance/edit-data-product';
import { EditDomain } from '@headwater/application/governance/edit-domain';
import { EditFieldConcepts } from '@headwater/application/governance/edit-field-concepts';
import { EditLogicalDataset } from '@headwater/application/governance/edit-logical-dataset';
import { EditLogicalRules } from '@headwater/application/governance/edit-logical-rules';
import { EditOwnershipRules } from '@headwater/application/governance/edit-ownership-rules';
import { EditProperty } from '@headwater/application/governance/edit-property';
import { PreviewOwnershipRules } from '@headwater/application/governance/preview-ownership-rules';
import { EditSuggestionRules } from '@headwater/application/governance/edit-suggestion-rules';
import { EditTagRules } from '@headwater/application/governance/edit-tag-rules';
import { EditTerm } from '@headwater/application/governance/edit-term';
import { HandOverDefinitions } from '@headwater/application/governance/bulk/hand-over-definitions';
import { ImportTerms } from '@headwater/application/governance/import-terms';
import { MergeAgents } from '@headwater/application/governance/merge-agents';
import type { EditPorts } from '@headwater/application/governance/record-edit';
import { RecordSignIn } from '@headwater/application/governance/record-sign-in';
import { SettleSuggestions } from '@headwater/application/governance/settle-suggestions';
import { AwaitPosition } from '@headwater/application/status/await-position';
import { ReadSystemStatus } from '@headwater/application/status/read-system-status';
import { StoreCheckpoints } from '@headwater/application/status/store-checkpoints';
import { CatalogViews } from '@headwater/application/visibility/catalog-views';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { EditRequestStore } from '@headwater/domain/governance/edit-requests';
import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { LineageRoots } from '@headwater/domain/lineage-roots';
import type { DecisionReader } from '@headwater/domain/reading/decision-reader';
import type { SubjectKeyStore } from '@headwater/domain/decisions/subject-key-store';
import type { Clock, EventLog, LineageGraph } from '@headwater/domain/ports';
import type { CatalogSearch } from '@headwater/domain/search';
import type { AccessServices } from '@headwater/platform/access/access-services';
import type { Config } from '@headwater/platform/config';
import {
  ACCESS,
  CATALOG_READER,
  CATALOG_SEARCH,
  CHANGE_FEED,
  CLOCK,
  CONFIG,
  EDIT_REQUESTS,
  EVENT_LOG,
  EXAMPLE,
  LINEAGE_GRAPH,
  LINEAGE_ROOTS,
  SUBJECT_KEYS,
  DECISIONS,
} from '@headwater/platform/tokens';
import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { accessUseCases } from './access-use-cases.js';
import { editJobUseCases, RunningEditJobs } from './edit-job-use-cases.js';
import { reportUseCases, RunningReports } from './report-use-cases.js';
import { savedUseCases } from './saved-use-cases.js';
import { CATALOG_API_OPTIONS, resolveSettings, type CatalogApiSettings } from './catalog-api.options.js';

/** What edits the catalog has the same ports. */
const editUseCase = (UseCase: new (ports: EditPorts) => object): FactoryProvider => ({
  provide: UseCase,
  inject: [EVENT_LOG, CATALOG_READER, AwaitPosition, EDIT_REQUESTS, ACCESS],
  useFactory: (
    log: EventLog,
    catalog: CatalogReader,
    awaitPosition: AwaitPosition,
    requests: EditRequestStore,
    { parts }: AccessServices,
  ) => new UseCase({ log, catalog, awaitPosition, requests, clock: parts.clock, ids: parts.ids }),
});

const useCases: readonly FactoryProvider[] = [
  {
    provide: PersonalKeys,
    inject: [SUBJECT_KEYS, ACCESS],
    useFactory: (store: SubjectKeyStore, { secrets, parts }: AccessServices) =>
      new PersonalKeys({ store, secrets, ids: parts.ids }),
  },
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
  ...[
    ...[
      AcceptFinding,
      AnswerOwnership,
      EditAgent,
      MergeAgents,
      EditAsset,
      EditDataProduct,
      EditDomain,
      EditLogicalDataset,
      EditLogicalRules,
      EditOwnershipRules,
      EditProperty,
      EditSuggestionRules,
      EditTagRules,
    ],
    ...[EditTerm, RecordSignIn, EditFieldConcepts, HandOverDefinitions, ImportTerms, SettleSuggestions],
  ].map(editUseCase),
  {
    provide: GrantRole,
    inject: [ACCESS, CATALOG_READER],
    useFactory: ({ parts }: AccessServices, catalog: CatalogReader) => new GrantRole(parts, catalog),
  },
  { provide: PreviewOwnershipRules, inject: [CLOCK], useFactory: (clock: Clock) => new PreviewOwnershipRules(clock) },
  ...editJobUseCases,
  ...savedUseCases,
  ...reportUseCases,
  {
    provide: LoadExample,
    inject: [EVENT_LOG, CLOCK, CONFIG, PersonalKeys, { token: EXAMPLE, optional: true }],
    useFactory: (log: EventLog, clock: Clock, { ingest }: Config, keys: PersonalKeys, example?: Example) => {
      const intake = new LineageIntake(new SealPersonalParts(keys), ingest.maxEventBytes);
      return new LoadExample({ accept: new AcceptEvents(log, clock, intake), log, clock, example: example ?? null });
    },
  },
  {
    provide: DecisionViews,
    inject: [DECISIONS, EVENT_LOG, PersonalKeys, ACCESS],
    useFactory: (reader: DecisionReader, log: EventLog, keys: PersonalKeys, { parts }: AccessServices) =>
      new DecisionViews({ reader, log, keys, audit: parts.store, clock: parts.clock, ids: parts.ids }),
  },
  {
    provide: CatalogViews,
    inject: [
      ...[CATALOG_READER, CATALOG_SEARCH, LINEAGE_GRAPH, LINEAGE_ROOTS],
      ...[EVENT_LOG, CHANGE_FEED, CLOCK, ACCESS],
    ],
    useFactory: (
      catalog: CatalogReader,
      search: CatalogSearch,
      graph: LineageGraph,
      roots: LineageRoots,
      log: EventLog,
      feed: ChangeFeed,
      clock: Clock,
      access: AccessServices,
    ) => {
      const secret = () => access.secrets.of('hidden-ids');
      return new CatalogViews({ catalog, search, graph, roots, log, feed, clock, secret });
    },
  },
];

/**
 * The use cases behind the resolvers, over the ports that a global module provides. The one place of this app where
 * stores are injected: all else reads the catalog through a caller's view.
 */
@Module({})
export class UseCasesModule {
  static register(settings: Partial<CatalogApiSettings>): DynamicModule {
    const options = {
      provide: CATALOG_API_OPTIONS,
      inject: [CONFIG],
      useFactory: (config: Config) => resolveSettings(config, settings),
    };
    const providers = [options, ...useCases, ...accessUseCases];
    return {
      module: UseCasesModule,
      providers: [...providers, RunningEditJobs, RunningReports],
      exports: providers.map(({ provide }) => provide),
    };
  }
}
