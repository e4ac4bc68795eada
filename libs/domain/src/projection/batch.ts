import type {
  AliasCatalogRow,
  DatasetVersionRow,
  EventReferenceRow,
  FacetRow,
  FactRow,
  FieldRow,
  FindingRow,
  MetricRow,
  MetricSeriesRow,
  SchemaVersionRow,
  SightingRow,
  VersionLinkRow,
} from '../catalog.js';
import type { Finding } from '../events.js';
import type { AgentStatement } from '../governance/agents/agent-identity.js';
import type { DefinitionRow } from '../governance/definition.js';
import type { GraphChange } from '../graph.js';
import { nodeKey, type NodeId, type NodeKey } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { AgentWorld, KnownAgents } from './agent-world.js';
import type { AliasStatement, Closing, ProjectionChanges } from './changes.js';
import type { MentionDocument, NodeDocument, RunDocument } from './documents.js';
import type { HistoryEntry } from './job-cycles.js';
import type { BodyStore } from './body-store.js';
import type { NameRules } from './name-rules.js';
import type { ProjectionSource } from './projection-source.js';
import type { SiblingRuns } from './sibling-runs.js';
import type { EventStatements } from './statements.js';
import type { Reader, Writer } from './version-history.js';

/** Settings of the log that the projection depends on; changing one takes a rebuild. */
export interface ProjectionSettings {
  /** K of rule 16: how many misses in a row end an edge. */
  readonly missTolerance: number;
  readonly nameRules: NameRules;
  /** Derives after every event, also where a run only repeats its job: slower, and the same rows. For tests. */
  readonly derivesAlways?: boolean;
}

/** An entry of the log being applied, and what it changes in the graph. */
export interface CurrentEntry {
  readonly position: number;
  readonly recordedAt: Micros;
  readonly graph: GraphChange[];
  readonly touched: Set<NodeKey>;
}

/** The producer's event being applied. */
export interface CurrentEvent extends CurrentEntry {
  readonly statements: EventStatements;
  /** Subjects whose edges may no longer follow; each is derived once, when all else of the event is known. */
  readonly derive: Set<NodeId>;
  /** Findings of the projection itself, beside the event's own. */
  readonly findings: Finding[];
  nextFinding: number;
}

/** What has to be written, collected while events are applied one after the other. */
export class BatchOutput {
  readonly facets = new Map<string, FacetRow>();
  readonly removedFacets = new Map<string, ProjectionChanges['removedFacets'][number]>();
  readonly openedFacts: FactRow[] = [];
  readonly closedFacts: Closing[] = [];
  readonly openedDefinitions: DefinitionRow[] = [];
  readonly closedDefinitions: Closing[] = [];
  readonly openedSchemas: SchemaVersionRow[] = [];
  readonly closedSchemas: Closing[] = [];
  readonly fields = new Map<NodeId, FieldRow>();
  readonly versions = new Map<NodeId, DatasetVersionRow>();
  /** Writers that are none any more, by writerKey, and with them the versions that stood for their runs. */
  readonly removedWriters = new Map<NodeId, Writer>();
  readonly openedLinks: VersionLinkRow[] = [];
  readonly closedLinks: Closing[] = [];
  readonly aliasStatements: AliasStatement[] = [];
  readonly openedAliases: AliasCatalogRow[] = [];
  readonly openedAgentStatements: AgentStatement[] = [];
  readonly closedAgentStatements: Closing[] = [];
  /** Whether some id of an agent stands for another one than before. */
  areAgentsOther = false;
  readonly closedAliases: Closing[] = [];
  readonly metricSeries = new Map<string, MetricSeriesRow>();
  readonly metrics = new Map<string, MetricRow>();
  readonly references: EventReferenceRow[] = [];
  readonly sightings = new Map<string, SightingRow>();
  readonly contributionEdges: ProjectionChanges['contributionEdges'][number][] = [];
  readonly neighbors = new Map<string, ProjectionChanges['neighbors'][number]>();
  readonly findings: FindingRow[] = [];
  readonly feed: ProjectionChanges['feed'][number][] = [];
}

/** State of one batch: documents that its events touch, loaded before the first is applied. */
export interface Batch {
  readonly settings: ProjectionSettings;
  readonly source: ProjectionSource;
  readonly bodies: BodyStore;
  readonly nodes: Map<NodeId, NodeDocument>;
  readonly dirtyNodes: Set<NodeId>;
  /** Nodes whose open rows or fields changed ({@link NodeDetail}). */
  readonly dirtyDetails: Set<NodeId>;
  readonly runs: Map<NodeId, RunDocument>;
  readonly dirtyRuns: Set<NodeId>;
  /** One run with events of its own for each UUID that a run of the batch has. */
  readonly uuids: Map<string, NodeId>;
  readonly mentions: Map<string, MentionDocument>;
  readonly dirtyMentions: Set<string>;
  /** Histories by job, sorted; loaded when first needed and kept current from then on. */
  readonly histories: Map<NodeId, HistoryEntry[]>;
  readonly writers: Map<NodeId, Map<NodeId, Writer>>;
  /** Datasets of which a run may have made a version that is among the writers. */
  readonly written: Map<NodeId, Set<NodeId>>;
  readonly dirtyWriters: Map<NodeId, Writer>;
  readonly readers: Map<NodeId, Map<NodeId, Reader>>;
  /** By siblingKey: of every run of the batch, and wherever several runs of one write a dataset. */
  readonly siblings: Map<string, SiblingRuns>;
  /** `${job}|${contribution}` whose edges are written. */
  readonly registered: Set<string>;
  /** Alias statements known to be written, by aliasKey. */
  readonly aliases: Set<string>;
  /** Every definition that holds now; empty unless an edit of the batch needs them. */
  readonly definitions: Map<NodeId, DefinitionRow>;
  readonly agents: AgentWorld;
  readonly knownAgents: KnownAgents;
  readonly out: BatchOutput;
}

/** Puts a writer among those of its dataset, in place of the one that has the key. */
export function putWriter(batch: Batch, key: NodeId, writer: Writer): void {
  const ofDataset = batch.writers.get(writer.dataset) ?? new Map<NodeId, Writer>();
  batch.writers.set(writer.dataset, ofDataset.set(key, writer));
  batch.written.set(writer.run, (batch.written.get(writer.run) ?? new Set()).add(writer.dataset));
}

export function mentionKey(subjectKey: NodeKey, key: NodeKey, side: MentionDocument['side']): string {
  return `${subjectKey}|${key}|${side}`;
}

const KEYS = new Map<NodeId, NodeKey>();
const KEYS_KEPT = 20_000;

/** {@link nodeKey} of ids that come up again and again, remembered within bounds. */
export function keyOf(id: NodeId): NodeKey {
  const known = KEYS.get(id);
  if (known !== undefined) return known;
  const key = nodeKey(id);
  if (KEYS.size >= KEYS_KEPT) KEYS.clear();
  KEYS.set(id, key);
  return key;
}

/** The document of a node that the batch has loaded or made. Every node that an event names has one. */
export function nodeOf(batch: Batch, id: NodeId): NodeDocument {
  const document = batch.nodes.get(id);
  if (document === undefined) throw new Error(`projection: no document of ${id.slice(0, 200)}`);
  return document;
}

/** Loads documents that no event of the batch named beforehand (the other side of an alias, a neighbor of a DROP). */
export async function loadNodes(batch: Batch, ids: readonly NodeId[]): Promise<void> {
  const missing = ids.filter((id) => !batch.nodes.has(id));
  if (missing.length === 0) return;
  for (const document of await batch.source.nodes(missing)) batch.nodes.set(document.id, document);
}
