import type { AliasCatalogRow } from '../catalog.js';
import type { FactKind } from '../facts.js';
import type { AgentStatement } from '../governance/agents/agent-identity.js';
import type { DefinitionRow } from '../governance/definition.js';
import type { NodeId, NodeKey } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { AliasStatement } from './changes.js';
import type { MentionDocument, NodeDocument, RunDocument } from './documents.js';
import type { HistoryEntry } from './job-cycles.js';
import type { SiblingPlace } from './sibling-runs.js';
import type { Reader, Writer } from './version-history.js';

export interface MentionKey {
  readonly subjectKey: NodeKey;
  readonly nodeKey: NodeKey;
  readonly side: MentionDocument['side'];
}

/**
 * Where the projector finds what earlier batches left, all at the checkpoint. Every method takes many keys and costs one
 * statement; what does not exist is absent.
 */
export interface ProjectionSource {
  nodes(ids: readonly NodeId[]): Promise<readonly NodeDocument[]>;
  runs(ids: readonly NodeId[]): Promise<readonly RunDocument[]>;
  /** For each of these UUIDs one run with events of its own that has it, whatever its job. */
  runsByUuid(runIds: readonly string[]): Promise<readonly { readonly runId: string; readonly run: NodeId }[]>;
  mentions(keys: readonly MentionKey[]): Promise<readonly MentionDocument[]>;
  /** Every mention of a node, for a timeline that must be told again. */
  mentionsOf(node: NodeId): Promise<readonly MentionDocument[]>;
  /** Slot bodies, contributions and timeline values by content hash. */
  bodies(hashes: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** All entries of a job's history, in no particular order. */
  history(job: NodeId): Promise<readonly HistoryEntry[]>;
  /** Jobs, and datasets with lineage of their own, whose lineage ever named a dataset. */
  subjectsOf(dataset: NodeId): Promise<readonly NodeId[]>;
  /**
   * Of each dataset the writers with lastAt >= from, and those of the cycle that holds the latest generating time
   * before `from` (for parent groups: every writer under that parent run).
   */
  writers(windows: readonly { readonly dataset: NodeId; readonly from: Micros }[]): Promise<readonly Writer[]>;
  /** Of each dataset the readers with lastAt >= from. */
  readers(windows: readonly { readonly dataset: NodeId; readonly from: Micros }[]): Promise<readonly Reader[]>;
  /** All runs of a job under a parent run that say anything outside of windows. */
  siblings(groups: readonly { readonly job: NodeId; readonly parentRun: NodeId }[]): Promise<readonly SiblingPlace[]>;
  /** Every alias statement in the components that hold one of these ids. */
  aliasStatements(ids: readonly NodeId[]): Promise<readonly AliasStatement[]>;
  /** Alias rows of these members that are open in record time. */
  openAliases(members: readonly NodeId[]): Promise<readonly AliasCatalogRow[]>;
  /** Every statement about agents that holds and has to do with one of these keys of agents or values, directly or by others. */
  agentStatements(keys: readonly NodeKey[]): Promise<readonly AgentStatement[]>;
  /** Every definition that holds. */
  definitions(): Promise<readonly DefinitionRow[]>;
  /** Nodes of which a fact with this value holds. */
  nodesWithFact(kind: FactKind, value: string): Promise<readonly NodeId[]>;
  /** The same with what else each of the facts says. */
  detailsOfFact(
    kind: FactKind,
    value: string,
  ): Promise<readonly { readonly node: NodeId; readonly detail: string | null }[]>;
}
