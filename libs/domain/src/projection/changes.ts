import type {
  AliasCatalogRow,
  AssetRow,
  DatasetVersionRow,
  EventReferenceRow,
  FacetRow,
  FactRow,
  FieldRow,
  FindingRow,
  MetricRow,
  MetricSeriesRow,
  RunRow,
  SchemaVersionRow,
  SightingRow,
  VersionLinkRow,
} from '../catalog.js';
import type { RecordedStatement } from '../decisions/decision-row.js';
import type { DecisionStatement } from '../decisions/decision-statement.js';
import type { StoredEvent } from '../events.js';
import type { AgentStatement } from '../governance/agents/agent-identity.js';
import type { AgentsEdit } from '../governance/agents/agents-edit.js';
import type { AssetEdit } from '../governance/asset-edit.js';
import type { DefinitionRow } from '../governance/definition.js';
import type { DefinitionEdit } from '../governance/definition-edit.js';
import type { TermBatch } from '../governance/term-batch.js';
import type { GraphBatch } from '../graph.js';
import type { NodeId, NodeKey } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { MentionDocument, NodeDocument, RunDocument } from './documents.js';
import type { ProducerTally } from './tally-producers.js';
import type { Writer } from './version-history.js';
import type { EventStatements } from './statements.js';

/** A row closed in record time. */
export interface Closing {
  readonly rowId: string;
  readonly recordedTo: Micros;
}

/**
 * Everything that a batch of events changes, for one transaction: documents of the projection itself, catalog rows and
 * the change feed. Upserts carry the last state of their key; bitemporal rows are opened and closed.
 */
export interface ProjectionChanges {
  readonly position: number;
  readonly recordedAt: Micros;
  /** EDIT events of the batch, oldest first. */
  readonly edits: readonly Uint8Array[];
  readonly nodeDocuments: readonly NodeDocument[];
  /** Of these nodes the detail changed as well. */
  readonly detailed: readonly NodeDocument[];
  readonly runs: readonly { readonly row: RunRow; readonly document: RunDocument }[];
  readonly mentions: readonly (MentionDocument & { readonly firstAt: Micros; readonly lastAt: Micros })[];
  readonly bodies: ReadonlyMap<string, unknown>;
  readonly assets: readonly AssetRow[];
  /** Assets whose search document may have changed. */
  readonly searchable: readonly NodeKey[];
  readonly facets: readonly FacetRow[];
  readonly removedFacets: readonly { readonly nodeKey: NodeKey; readonly name: string; readonly producerKey: string }[];
  readonly openedFacts: readonly FactRow[];
  readonly closedFacts: readonly Closing[];
  readonly openedDefinitions: readonly DefinitionRow[];
  readonly closedDefinitions: readonly Closing[];
  readonly openedSchemas: readonly SchemaVersionRow[];
  readonly closedSchemas: readonly Closing[];
  readonly fields: readonly FieldRow[];
  readonly versions: readonly DatasetVersionRow[];
  readonly writers: readonly Writer[];
  /** Taken out with the versions that stood for their runs. */
  readonly removedWriters: readonly Writer[];
  readonly openedLinks: readonly VersionLinkRow[];
  readonly closedLinks: readonly Closing[];
  readonly aliasStatements: readonly AliasStatement[];
  readonly openedAliases: readonly AliasCatalogRow[];
  readonly closedAliases: readonly Closing[];
  readonly openedAgentStatements: readonly AgentStatement[];
  readonly closedAgentStatements: readonly Closing[];
  /** Whether some id of an agent stands for another one than before, so that search has to look at owners anew. */
  readonly areAgentsOther: boolean;
  readonly metricSeries: readonly MetricSeriesRow[];
  readonly metrics: readonly MetricRow[];
  readonly references: readonly EventReferenceRow[];
  readonly sightings: readonly SightingRow[];
  readonly contributionEdges: readonly {
    readonly edgeKey: string;
    readonly contribution: string;
    readonly jobKey: NodeKey;
  }[];
  readonly neighbors: readonly { readonly datasetKey: NodeKey; readonly jobKey: NodeKey; readonly job: NodeId }[];
  readonly findings: readonly FindingRow[];
  /** What the batch says about decisions. */
  readonly decisions: readonly RecordedStatement[];
  /** What this batch adds to what is known of each producer. */
  readonly producers: readonly ProducerTally[];
  /** One entry an event that changed the graph; `touched` are the keys of assets, runs and versions it speaks of. */
  readonly feed: readonly { readonly batch: GraphBatch; readonly touched: readonly NodeKey[] }[];
}

/** Two ids for one node. RULE is directed: `a` is a name as sent that never becomes canonical. */
export interface AliasStatement {
  readonly a: NodeId;
  readonly b: NodeId;
  readonly cause: 'SYMLINK' | 'RULE' | 'EDIT';
}

/** An event with what it says; null where it says nothing that can be read (it is kept, and a finding tells). */
export interface ReadStored {
  readonly stored: StoredEvent;
  readonly statements: EventStatements | null;
  /** Of an EDIT event about an asset. */
  readonly edit: AssetEdit | null;
  /** Of an EDIT event about a definition. */
  readonly definition: DefinitionEdit | null;
  /** Of an EDIT event about many terms. */
  readonly terms: TermBatch | null;
  /** Of an EDIT event about the owners of several definitions: the edits that it consists of. */
  readonly owners: readonly DefinitionEdit[] | null;
  /** Of an EDIT event about which ids are one agent. */
  readonly agents: AgentsEdit | null;
  /** As the event names it; null also where the event cannot be read. */
  readonly producer: string | null;
  /** What it says about a decision: one that was posted, or that a run facet carries. */
  readonly decision: DecisionStatement | null;
  readonly problem: { readonly code: string; readonly message: string } | null;
}
