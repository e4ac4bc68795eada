import type { AliasCatalogRow } from '@headwater/domain/catalog';
import type { FactKind } from '@headwater/domain/facts';
import type { DefinitionRow } from '@headwater/domain/governance/definition';
import { nodeKey, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import type { AgentStatement } from '@headwater/domain/governance/agents/agent-identity';
import type { AliasStatement } from '@headwater/domain/projection/changes';
import type { MentionDocument, NodeDetail, NodeDocument, RunDocument } from '@headwater/domain/projection/documents';
import type { HistoryEntry } from '@headwater/domain/projection/job-cycles';
import type { MentionKey, ProjectionSource } from '@headwater/domain/projection/projection-source';
import type { SiblingPlace } from '@headwater/domain/projection/sibling-runs';
import type { Reader, Writer } from '@headwater/domain/projection/version-history';
import { facetVersionId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import type { ProjectionDatabase } from '../catalog/projection-database.js';
import * as statements from './source-statements.js';

interface StoredMention {
  readonly subject_key: string;
  readonly dataset_key: string;
  readonly side: MentionDocument['side'];
  readonly node_id: NodeId;
  readonly run_id: NodeId | null;
  readonly versions: string[];
  readonly timelines: MentionDocument['timelines'];
}

interface StoredWriter {
  readonly dataset_id: NodeId;
  readonly version_id: NodeId;
  readonly run_id: NodeId;
  readonly job_id: NodeId;
  readonly parent_run_id: NodeId | null;
  readonly first_at: Micros;
  readonly last_at: Micros;
  readonly generated_at: (string | number)[];
}

/** What earlier batches left, from the tables of one generation. */
export class PostgresProjectionSource implements ProjectionSource {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async nodes(ids: readonly NodeId[]): Promise<readonly NodeDocument[]> {
    if (ids.length === 0) return [];
    const rows = await this.#database.rows<{ body: NodeDocument; detail: NodeDetail }>(statements.AGGREGATES, [
      ids.map(nodeKey),
    ]);
    return rows.map((row) => ({ ...row.body, ...row.detail }));
  }

  async runs(ids: readonly NodeId[]): Promise<readonly RunDocument[]> {
    if (ids.length === 0) return [];
    const rows = await this.#database.rows<{ record: RunDocument }>(statements.RUN_RECORDS, [ids.map(nodeKey)]);
    return rows.map((row) => row.record);
  }

  async runsByUuid(runIds: readonly string[]): Promise<readonly { readonly runId: string; readonly run: NodeId }[]> {
    if (runIds.length === 0) return [];
    const rows = await this.#database.rows<{ run_id: string; id: NodeId }>(statements.RUNS_BY_UUID, [runIds]);
    return rows.map((row) => ({ runId: row.run_id, run: row.id }));
  }

  async mentions(keys: readonly MentionKey[]): Promise<readonly MentionDocument[]> {
    if (keys.length === 0) return [];
    const rows = await this.#database.rows<StoredMention>(statements.MENTIONS, [
      keys.map((key) => key.subjectKey),
      keys.map((key) => key.nodeKey),
      keys.map((key) => key.side),
    ]);
    return rows.map(mentionOf);
  }

  async mentionsOf(node: NodeId): Promise<readonly MentionDocument[]> {
    const rows = await this.#database.rows<StoredMention>(statements.MENTIONS_OF, [nodeKey(node)]);
    return rows.map(mentionOf);
  }

  async bodies(hashes: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    if (hashes.length === 0) return new Map();
    const rows = await this.#database.rows<{ hash: string; body: unknown }>(statements.BODIES, [hashes]);
    return new Map(rows.map((row) => [undashed(row.hash), row.body]));
  }

  async history(job: NodeId): Promise<readonly HistoryEntry[]> {
    const rows = await this.#database.rows<{ history: HistoryEntry[] }>(statements.HISTORY, [nodeKey(job)]);
    return rows.flatMap((row) => row.history);
  }

  async subjectsOf(dataset: NodeId): Promise<readonly NodeId[]> {
    const rows = await this.#database.rows<{ job_id: NodeId }>(statements.NEIGHBORS, [nodeKey(dataset)]);
    return rows.map((row) => row.job_id);
  }

  async writers(windows: readonly { readonly dataset: NodeId; readonly from: Micros }[]): Promise<readonly Writer[]> {
    if (windows.length === 0) return [];
    const rows = await this.#database.rows<StoredWriter>(statements.WRITERS, boundsOf(windows));
    return rows.map((row) => ({
      dataset: row.dataset_id,
      version: row.version_id,
      run: row.run_id,
      job: row.job_id,
      parentRun: row.parent_run_id,
      firstAt: row.first_at,
      lastAt: row.last_at,
      generatedAt: row.generated_at.map(Number),
    }));
  }

  async readers(windows: readonly { readonly dataset: NodeId; readonly from: Micros }[]): Promise<readonly Reader[]> {
    if (windows.length === 0) return [];
    const rows = await this.#database.rows<StoredMention & { first_at: Micros; last_at: Micros }>(
      statements.READERS,
      boundsOf(windows),
    );
    return rows.flatMap((row) =>
      row.run_id === null
        ? []
        : [
            {
              dataset: row.node_id,
              run: row.run_id,
              firstAt: row.first_at,
              lastAt: row.last_at,
              versions: row.versions.map((value) => facetVersionId(row.node_id, value)),
            },
          ],
    );
  }

  async siblings(
    groups: readonly { readonly job: NodeId; readonly parentRun: NodeId }[],
  ): Promise<readonly SiblingPlace[]> {
    if (groups.length === 0) return [];
    const rows = await this.#database.rows<{ job_id: NodeId; parent_id: NodeId; id: NodeId; first_at: Micros }>(
      statements.SIBLINGS,
      [groups.map(({ job }) => nodeKey(job)), groups.map(({ parentRun }) => nodeKey(parentRun))],
    );
    return rows.map((row) => ({ job: row.job_id, parentRun: row.parent_id, run: row.id, firstAt: row.first_at }));
  }

  async aliasStatements(ids: readonly NodeId[]): Promise<readonly AliasStatement[]> {
    if (ids.length === 0) return [];
    const rows = await this.#database.rows<{ a_id: NodeId; b_id: NodeId; cause: AliasStatement['cause'] }>(
      statements.ALIAS_COMPONENTS,
      [ids.map(nodeKey)],
    );
    return rows.map((row) => ({ a: row.a_id, b: row.b_id, cause: row.cause }));
  }

  async openAliases(members: readonly NodeId[]): Promise<readonly AliasCatalogRow[]> {
    if (members.length === 0) return [];
    const rows = await this.#database.rows<{
      row_id: string;
      member_id: NodeId;
      canonical_id: NodeId;
      cause: AliasCatalogRow['cause'];
      recorded_from: Micros;
    }>(statements.OPEN_ALIASES, [members.map(nodeKey)]);
    return rows.map((row) => ({
      rowId: undashed(row.row_id),
      memberKey: nodeKey(row.member_id),
      memberId: row.member_id,
      canonicalKey: nodeKey(row.canonical_id),
      canonicalId: row.canonical_id,
      cause: row.cause,
      recordedFrom: row.recorded_from,
      recordedTo: null,
    }));
  }

  async agentStatements(keys: readonly NodeKey[]): Promise<readonly AgentStatement[]> {
    if (keys.length === 0) return [];
    return this.#database.rows<AgentStatement>(statements.AGENT_STATEMENTS, [keys]);
  }

  definitions(): Promise<readonly DefinitionRow[]> {
    return this.#database.rows<DefinitionRow>(statements.DEFINITIONS, []);
  }

  async nodesWithFact(kind: FactKind, value: string): Promise<readonly NodeId[]> {
    const rows = await this.#database.rows<{ node_id: NodeId }>(statements.NODES_WITH_FACT, [kind, value]);
    return rows.map((row) => row.node_id);
  }

  async detailsOfFact(
    kind: FactKind,
    value: string,
  ): Promise<readonly { readonly node: NodeId; readonly detail: string | null }[]> {
    return this.#database.rows<{ node: NodeId; detail: string | null }>(statements.DETAILS_OF_FACT, [kind, value]);
  }
}

function mentionOf(row: StoredMention): MentionDocument {
  return {
    subjectKey: undashed(row.subject_key) as NodeKey,
    nodeKey: undashed(row.dataset_key) as NodeKey,
    node: row.node_id,
    side: row.side,
    run: row.run_id,
    versions: row.versions,
    timelines: row.timelines,
  };
}

function boundsOf(windows: readonly { readonly dataset: NodeId; readonly from: Micros }[]): readonly unknown[] {
  return [windows.map((window) => nodeKey(window.dataset)), windows.map((window) => window.from)];
}

/** PostgreSQL prints a uuid with dashes; keys and hashes have none. */
function undashed(uuid: string): string {
  return uuid.replaceAll('-', '');
}
