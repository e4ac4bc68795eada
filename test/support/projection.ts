import { agentsEditBytes, type AgentsChange } from '@headwater/domain/governance/agents/agents-edit';
import type { AgentChange } from '@headwater/domain/governance/definitions/agent';
import { FeedGraph } from '@headwater/application/projection/feed-graph';
import { ProjectLog } from '@headwater/application/projection/project-log';
import type { EdgeKind, ExpandedEdge, GraphChange } from '@headwater/domain/graph';
import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import type { DataProductChange } from '@headwater/domain/governance/definitions/data-product';
import type { DomainChange } from '@headwater/domain/governance/definitions/domain';
import type { PropertyChange } from '@headwater/domain/governance/definitions/property';
import type { TermChange } from '@headwater/domain/governance/definitions/term';
import { OWNERSHIP_RULES_ID, type OwnershipRule } from '@headwater/domain/governance/ownership-rules';
import type { NodeId } from '@headwater/domain/identifiers';
import { FacetMemory } from '@headwater/domain/openlineage/facet-memory';
import type { LineageGraph } from '@headwater/domain/ports';
import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';
import { PostgresChangeFeed } from '@headwater/store-postgres/catalog/postgres-change-feed';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { unpackChanges, type PackedChanges } from '@headwater/store-postgres/projection/packed-changes';
import { createGeneration, generationSchema, switchGeneration } from '@headwater/store-postgres/migrate/generations';
import { MemoryEventLog } from '@headwater/store-contract/memory-event-log';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import { minute, type Sent } from './lineage-events.js';
import type { TestDatabase } from './postgres.js';

export const TEST_SETTINGS: ProjectionSettings = { missTolerance: 10, nameRules: DEFAULT_NAME_RULES };

export const ALL_KINDS: readonly EdgeKind[] = ['READ', 'WRITE', 'DERIVED', 'CONTROL', 'PARENT'];
/** Record times begin behind it, a second apart. */
export const FIRST_RECORDED_AT = 1_700_000_000_000_000;

/** A projection on a database of its own, over a log and a graph in memory: fast, and the same rows as in production. */
export class TestProjection {
  #now = FIRST_RECORDED_AT;
  readonly log = new MemoryEventLog({ clock: { now: () => (this.#now += 1_000_000) } });
  readonly graph: LineageGraph = new MemoryLineageGraph();
  readonly database: TestDatabase;
  readonly schema: string;
  readonly #project: ProjectLog;
  readonly #feed: FeedGraph;
  readonly #changes: PostgresChangeFeed;

  private constructor(database: TestDatabase, schema: string, settings: ProjectionSettings, log?: MemoryEventLog) {
    this.database = database;
    this.schema = schema;
    if (log !== undefined) this.log = log;
    // A replay remembers none of these facets, all of them being small: what comes out must be the same.
    const facets = log === undefined ? new FacetMemory({ smallest: 0 }) : undefined;
    const store = new PostgresProjection(database.pool, schema);
    this.#project = new ProjectLog(this.log, store, settings, undefined, facets);
    this.#changes = new PostgresChangeFeed({ pool: database.pool, url: database.url, schema: () => schema });
    this.#feed = new FeedGraph(this.#changes, this.graph);
  }

  static async create(database: TestDatabase, generation = 1, settings = TEST_SETTINGS): Promise<TestProjection> {
    await createGeneration(database.pool, generation);
    await switchGeneration(database.pool, generation);
    return new TestProjection(database, generationSchema(generation), settings);
  }

  /** The same log again, into a generation of its own. */
  async replayInto(generation: number, settings = TEST_SETTINGS, batchSize = 1000): Promise<TestProjection> {
    await createGeneration(this.database.pool, generation);
    const replay = new TestProjection(this.database, generationSchema(generation), settings, this.log);
    await replay.project(batchSize);
    return replay;
  }

  /** An empty projection in the place of this one. */
  async emptied(settings = TEST_SETTINGS): Promise<TestProjection> {
    const { rows } = await this.database.pool.query<{ name: string }>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1',
      [this.schema],
    );
    await this.database.pool.query(rows.map(({ name }) => `DELETE FROM ${this.schema}."${name}"`).join(';'));
    return new TestProjection(this.database, this.schema, settings);
  }

  /** Appends events as one call and projects them in batches of at most `batchSize`. */
  async take(
    events: readonly { readonly event: unknown; readonly receivedAt: number }[],
    batchSize = 1000,
  ): Promise<void> {
    await this.#append(events);
    await this.project(batchSize);
  }

  /** Appends each event by itself, so that each has a record time of its own, and projects them. */
  async send(...events: readonly Sent[]): Promise<void> {
    for (const event of events) await this.#append([event]);
    await this.project();
  }

  /** Appends an edit that is received then, of the first node unless of another asset, and projects it. */
  async edit(
    at: number,
    changes: readonly FactEdit[],
    expected: number | null = null,
    asset: NodeId | null = null,
  ): Promise<void> {
    const [{ node }] = changes as [FactEdit];
    const by = { id: 'user:tests#ana', name: 'Ana' };
    const bytes = assetEditBytes({ id: String(at), by, reason: null, asset: asset ?? node, expected, changes });
    await this.log.append([{ kind: 'EDIT', bytes, receivedAt: minute(at) }]);
    await this.project();
  }

  /** The same of a domain, a term, a data product or a property. */
  async define(
    at: number,
    node: NodeId,
    change: DomainChange | TermChange | DataProductChange | PropertyChange | AgentChange,
    expected: number | null = null,
  ): Promise<void> {
    const by = { id: 'user:tests#ana', name: 'Ana' };
    const bytes = definitionEditBytes({ id: String(at), by, reason: null, node, expected, ...change });
    await this.log.append([{ kind: 'EDIT', bytes, receivedAt: minute(at) }]);
    await this.project();
  }

  /** The same of which ids of agents are one. */
  async agents(at: number, node: NodeId, change: AgentsChange): Promise<void> {
    const by = { id: 'user:tests#ana', name: 'Ana' };
    const bytes = agentsEditBytes({ id: String(at), by, reason: 'the same desk', node, expected: null, ...change });
    await this.log.append([{ kind: 'EDIT', bytes, receivedAt: minute(at) }]);
    await this.project();
  }

  /** The same of the ownership rules. */
  async rule(at: number, rules: readonly OwnershipRule[], expected: number | null = null): Promise<void> {
    const head = { id: String(at), by: { id: 'user:tests#ana', name: 'Ana' }, reason: null, expected };
    const bytes = definitionEditBytes({ ...head, node: OWNERSHIP_RULES_ID, action: 'REPLACE', rules });
    await this.log.append([{ kind: 'EDIT', bytes, receivedAt: minute(at) }]);
    await this.project();
  }

  /** The same, in batches of these sizes, which repeat. */
  async sendInBatches(events: readonly Sent[], sizes: readonly number[]): Promise<void> {
    let next = 0;
    for (let turn = 0; next < events.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      await this.send(...events.slice(next, next + size));
      next += size;
    }
  }

  async project(batchSize = 1000): Promise<void> {
    while ((await this.#project.execute(batchSize)) > 0);
    while ((await this.#feed.execute(batchSize)) > 0);
  }

  /** Moves another graph along this projection's change feed. */
  async feedTo(graph: LineageGraph): Promise<void> {
    const feed = new FeedGraph(this.#changes, graph);
    while ((await feed.execute(1000)) > 0);
  }

  /** The record time of everything so far. */
  async knownNow(): Promise<number> {
    return (await this.graph.checkpoint()).recordedAt;
  }

  /** Every edge that holds at `at` as known at `knownAt`, or now. */
  async edgesAt(at: number, knownAt?: number, kinds = ALL_KINDS): Promise<readonly ExpandedEdge[]> {
    return this.graph.edges({ valid: { at }, knownAt: knownAt ?? (await this.knownNow()), kinds });
  }

  /** Edges of jobs and datasets at a minute, as `READ a -> j`; of other namespaces than `db` and `jobs`, whole ids. */
  async lineageAt(minutes: number, knownAt?: number): Promise<readonly string[]> {
    const edges = await this.edgesAt(minute(minutes), knownAt);
    return edges
      .filter(({ from, to }) => ![from, to].some((id) => /^(?:field|run|version):/.test(id)))
      .map(({ kind, from, to }) => `${kind} ${short(from)} -> ${short(to)}`);
  }

  /** Edges between fields, as `a.x -> b.y`. */
  async fieldsAt(minutes: number, knownAt?: number): Promise<readonly string[]> {
    const edges = await this.edgesAt(minute(minutes), knownAt, ['DERIVED']);
    return edges
      .filter(({ from }) => from.startsWith('field:'))
      .map(({ from, to }) => `${short(from)} -> ${short(to)}`);
  }

  /** Datasets that data read by `job` from `input` reaches at a minute: what pairs let through. */
  async outputsOf(job: string, input: string, minutes: number): Promise<readonly string[]> {
    const { edges } = await this.graph.expand(
      [{ node: `job:jobs:${job}` as never, arrivedBy: `dataset:db:${input}` as never }],
      {
        direction: 'DOWNSTREAM',
        valid: { at: minute(minutes) },
        knownAt: await this.knownNow(),
        kinds: ['WRITE'],
        limit: 1000,
      },
    );
    return edges.filter(({ to }) => to.startsWith('dataset:')).map(({ to }) => short(to));
  }

  /** Rows of a catalog table, as PostgreSQL has them. */
  async rows<R extends Record<string, unknown>>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    const { rows } = await this.database.pool.query<R>(sql.replaceAll('@.', `${this.schema}.`), [...values]);
    return rows;
  }

  /** All that graph stores were told, in order. */
  async changes(): Promise<readonly GraphChange[]> {
    const rows = await this.rows<{ changes: PackedChanges }>('SELECT changes FROM @.graph_change ORDER BY position');
    return rows.flatMap(({ changes }) => unpackChanges(changes));
  }

  /** Codes of all findings, by position. */
  async findings(): Promise<readonly string[]> {
    const rows = await this.rows<{ code: string }>('SELECT code FROM @.finding ORDER BY position, seq');
    return rows.map((row) => row.code);
  }

  async close(): Promise<void> {
    await this.database.drop();
  }

  async #append(events: readonly { readonly event: unknown; readonly receivedAt: number }[]): Promise<void> {
    await this.log.append(
      events.map(({ event, receivedAt }) => ({
        kind: 'RUN' as const,
        bytes: new TextEncoder().encode(JSON.stringify(event)),
        receivedAt,
      })),
    );
  }
}

/** A NodeId as tests say it. */
export function short(id: string): string {
  const [, , ...rest] = id.replace(/^field:db:([^:]*):/, 'field:db:$1.').split(':');
  return /^(?:dataset:db|job:jobs|field:db):/.test(id) ? rest.join(':') : id;
}
