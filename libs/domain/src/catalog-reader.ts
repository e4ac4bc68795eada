import type { NamespaceRule } from './access/namespace-rule.js';
import type { AliasCatalogRow, AssetRow } from './catalog.js';
import type { NodeId, NodeKey } from './identifiers.js';
import type { Page, PageRequest } from './page.js';
import type { AgentReader } from './reading/agent-reader.js';
import type { CensusReader } from './reading/census-reader.js';
import type { ComponentReader } from './reading/component-reader.js';
import type { DiscoveryReader } from './reading/discovery-reader.js';
import type { EdgeProofReader } from './reading/edge-proof-reader.js';
import type { EventReader, ProducerReader } from './reading/event-reader.js';
import type { ImportanceReader } from './reading/importance-reader.js';
import type { LogicalReader } from './reading/logical-reader.js';
import type { RecentChangeReader } from './reading/recent-change-reader.js';
import type { MetricReader } from './reading/metric-reader.js';
import type { OwnershipReader } from './reading/ownership-reader.js';
import type { RunReader, VersionReader } from './reading/run-reader.js';
import type {
  DefinitionReader,
  FacetReader,
  FactHistoryReader,
  FactReader,
  SchemaReader,
} from './reading/schema-reader.js';
import type { SuggestionReader } from './reading/suggestion-reader.js';
import type { Micros } from './time.js';

/*
 * The read side of the catalog, one port a capability. Every method is batched: its cost in statements does not depend
 * on how many ids it is given. Results are keyed by the id asked for; what is absent is not in the map. Ids may be
 * members of an alias component: they stand for the whole component as known at `knownAt`.
 */

export interface AssetReader {
  /**
   * Datasets and jobs. `id`, `key`, `namespace` and `name` of the answer are the canonical ones as known at `knownAt`;
   * the rest is of the whole component as it is now (earliest creation, latest update).
   */
  assets(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, AssetRow>>;
  /** Alias rows that hold at `knownAt` in the component of each id, by member. */
  aliases(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, readonly AliasCatalogRow[]>>;
  /** Jobs whose parent is that job, by id. */
  childJobs(jobs: readonly NodeId[], page: PageRequest): Promise<ReadonlyMap<NodeId, Page<AssetRow>>>;
  /** Ids behind keys of assets, runs, fields and versions. */
  idsOfKeys(keys: readonly NodeKey[]): Promise<ReadonlyMap<NodeKey, NodeId>>;
  /** Namespaces (of `within` only) by name, with how many datasets and jobs (deleted ones left out) each has. */
  namespaces(page: PageRequest, within?: NamespaceRule): Promise<Page<NamespaceView>>;
}

export interface NamespaceView {
  readonly name: string;
  readonly datasets: number;
  readonly jobs: number;
}

/** How far the catalog is. */
export interface CatalogStatus {
  readonly generation: number;
  readonly position: number;
  /** recordedAt of the event at `position`; 0 before the first. */
  readonly recordedAt: Micros;
  /** The oldest position that the change feed still holds; null while it is empty. */
  readonly oldestChange: number | null;
}

export interface CatalogStatusReader {
  status(): Promise<CatalogStatus>;
  /** recordedAt of the first event behind `position`; null where there is none. */
  recordedAtBehind(position: number): Promise<Micros | null>;
  /** The last position that was recorded by then; 0 where none was. */
  positionAt(knownAt: Micros): Promise<number>;
}

/** The whole read side, as composition roots hand it on. */
export interface CatalogReader
  extends
    AgentReader,
    AssetReader,
    CensusReader,
    ComponentReader,
    RunReader,
    VersionReader,
    SchemaReader,
    FacetReader,
    FactReader,
    FactHistoryReader,
    DefinitionReader,
    OwnershipReader,
    LogicalReader,
    ImportanceReader,
    SuggestionReader,
    DiscoveryReader,
    RecentChangeReader,
    MetricReader,
    EdgeProofReader,
    EventReader,
    ProducerReader,
    CatalogStatusReader {}
