import {
  DecisionInputResolver,
  DecisionOverrideResolver,
  DecisionResolver,
  DecisionSubjectResolver,
} from './decision.resolver.js';
import { AccessMutationResolver } from './access.mutation.resolver.js';
import { AccessQueryResolver, RoleBindingResolver } from './access.query.resolver.js';
import { AffectedComponentsResolver } from './affected-components.resolver.js';
import { ArchitectureMutationResolver } from './architecture.mutation.resolver.js';
import {
  ArchitectureFindingCountResolver,
  ArchitectureResolver,
  DomainArchitectureResolver,
} from './architecture.resolver.js';
import { AgentMutationResolver } from './agent.mutation.resolver.js';
import { AgentDisplayNameResolver, AgentProfileResolver, AgentQueryResolver } from './agent.resolver.js';
import { AssetFileResolver, ImportedAssetsResolver } from './asset-file.resolver.js';
import { AssetResolver } from './asset.resolver.js';
import { CatalogQueryResolver } from './catalog.query.resolver.js';
import { ChangesResolver } from './changes.resolver.js';
import { CoverageResolver } from './coverage.resolver.js';
import {
  CollectedDatasetResolver,
  CollectedFieldResolver,
  CollectionPlanResolver,
} from './collection-plan.resolver.js';
import { DataProductMutationResolver } from './data-product.mutation.resolver.js';
import { AssetDataProductResolver, DataProductQueryResolver, DataProductResolver } from './data-product.resolver.js';
import { DatasetVersionResolver } from './dataset-version.resolver.js';
import { DatasetResolver } from './dataset.resolver.js';
import { DiscoveryResolver } from './discovery.resolver.js';
import { DomainMutationResolver } from './domain.mutation.resolver.js';
import { DomainQueryResolver, DomainResolver, ImpactDomainGroupResolver } from './domain.resolver.js';
import {
  EditJobEditsResolver,
  EditJobResolver,
  EditPreviewResolver,
  HandOverPreviewResolver,
} from './edit-job.resolver.js';
import { EditMutationResolver } from './edit.mutation.resolver.js';
import { EventChangesResolver, EventResolver, FindingResolver } from './event.resolver.js';
import { ExampleMutationResolver } from './example.mutation.resolver.js';
import { FacetResolver } from './facet.resolver.js';
import { FieldConceptsResolver } from './field-concepts.resolver.js';
import { FieldResolver } from './field.resolver.js';
import { JobResolver } from './job.resolver.js';
import { EdgeAssertionResolver, LineageEdgeResolver } from './lineage-edge.resolver.js';
import { LineageDiffNodeResolver, LineageNodeResolver, LineagePathNodeResolver } from './lineage-node.resolver.js';
import { LineageQueryResolver } from './lineage.query.resolver.js';
import { CustomPropertyMutationResolver } from './custom-property.mutation.resolver.js';
import { AssetPropertyResolver, CustomPropertyResolver } from './custom-property.resolver.js';
import { LogicalDatasetMutationResolver } from './logical-dataset.mutation.resolver.js';
import {
  DatasetLogicalResolver,
  LogicalDatasetQueryResolver,
  LogicalDatasetResolver,
} from './logical-dataset.resolver.js';
import { LogicalRulesResolver } from './logical-rules.resolver.js';
import { MetricResolver } from './metric.resolver.js';
import { OperationsQueryResolver } from './operations.query.resolver.js';
import { RefusedEventQueryResolver } from './refused-event.query.resolver.js';
import { AssetOwnersResolver, OwnershipResolver, OwnershipRulesPreviewResolver } from './ownership.resolver.js';
import { OwnershipAnswerResolver } from './ownership-answer.resolver.js';
import { RecentChangeResolver, ViewsResolver } from './recent.resolver.js';
import { NeedResolver, ViewerNeedsResolver } from './needs.resolver.js';
import { ReportResolver } from './report.resolver.js';
import { SavedSearchResolver, ViewerSavedSearchesResolver } from './saved-search.resolver.js';
import { SearchNewsResolver } from './search-news.resolver.js';
import { ResponsibilityCountResolver, ResponsibilityResolver } from './responsibility.resolver.js';
import { DatasetGapResolver, RunResolver } from './run.resolver.js';
import { SearchFacetResolver, SearchFacetValueResolver, SearchHitResolver } from './search-hit.resolver.js';
import { SuggestionRulesResolver } from './suggestion-rules.resolver.js';
import { SystemStatusResolver } from './status.resolver.js';
import { TagFlowsResolver } from './tag-flows.resolver.js';
import { TagReachResolver, TagReachStopsResolver } from './tag-reach.resolver.js';
import { TagRulesResolver } from './tag-rules.resolver.js';
import { FieldSuggestionResolver, TagSuggestionsResolver } from './tag-suggestions.resolver.js';
import { AssetTermResolver, DomainHistoryResolver, FieldTermResolver } from './term-assignment.resolver.js';
import { TermFileResolver } from './term-file.resolver.js';
import { TermMutationResolver } from './term.mutation.resolver.js';
import { TermQueryResolver, TermResolver } from './term.resolver.js';

/** Every resolver: what the schema is built of. */
export const resolvers = [
  AccessMutationResolver,
  AccessQueryResolver,
  RoleBindingResolver,
  AffectedComponentsResolver,
  ArchitectureFindingCountResolver,
  ArchitectureMutationResolver,
  ArchitectureResolver,
  AgentMutationResolver,
  AgentDisplayNameResolver,
  AgentProfileResolver,
  AgentQueryResolver,
  AssetDataProductResolver,
  AssetOwnersResolver,
  AssetPropertyResolver,
  AssetFileResolver,
  ImportedAssetsResolver,
  AssetResolver,
  AssetTermResolver,
  CatalogQueryResolver,
  ChangesResolver,
  CoverageResolver,
  CollectedDatasetResolver,
  CollectedFieldResolver,
  CollectionPlanResolver,
  CustomPropertyMutationResolver,
  CustomPropertyResolver,
  DataProductMutationResolver,
  DataProductQueryResolver,
  DataProductResolver,
  DatasetGapResolver,
  DatasetLogicalResolver,
  DatasetResolver,
  DatasetVersionResolver,
  DiscoveryResolver,
  DomainArchitectureResolver,
  DomainHistoryResolver,
  DecisionInputResolver,
  DecisionOverrideResolver,
  DecisionResolver,
  DecisionSubjectResolver,
  DomainMutationResolver,
  DomainQueryResolver,
  DomainResolver,
  EdgeAssertionResolver,
  EditJobEditsResolver,
  EditJobResolver,
  EditMutationResolver,
  EditPreviewResolver,
  EventChangesResolver,
  EventResolver,
  ExampleMutationResolver,
  FacetResolver,
  FieldConceptsResolver,
  FieldResolver,
  FieldSuggestionResolver,
  FieldTermResolver,
  FindingResolver,
  HandOverPreviewResolver,
  ImpactDomainGroupResolver,
  JobResolver,
  LineageDiffNodeResolver,
  LineageEdgeResolver,
  LineageNodeResolver,
  LineagePathNodeResolver,
  LineageQueryResolver,
  LogicalDatasetMutationResolver,
  LogicalDatasetQueryResolver,
  LogicalDatasetResolver,
  LogicalRulesResolver,
  MetricResolver,
  OperationsQueryResolver,
  OwnershipResolver,
  OwnershipRulesPreviewResolver,
  RefusedEventQueryResolver,
  OwnershipAnswerResolver,
  ReportResolver,
  ResponsibilityCountResolver,
  ResponsibilityResolver,
  RunResolver,
  SearchFacetResolver,
  SearchFacetValueResolver,
  NeedResolver,
  RecentChangeResolver,
  SavedSearchResolver,
  SearchNewsResolver,
  ViewerNeedsResolver,
  ViewerSavedSearchesResolver,
  ViewsResolver,
  SearchHitResolver,
  SuggestionRulesResolver,
  SystemStatusResolver,
  TagFlowsResolver,
  TagReachResolver,
  TagReachStopsResolver,
  TagRulesResolver,
  TagSuggestionsResolver,
  TermFileResolver,
  TermMutationResolver,
  TermQueryResolver,
  TermResolver,
];
