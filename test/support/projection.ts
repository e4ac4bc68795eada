import { FeedGraph } from '@headwater/application/projection/feed-graph';
import { ProjectLog } from '@headwater/application/projection/project-log';
import type { ExpandedEdge } from '@headwater/domain/graph';
import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';
import { PostgresChangeFeed } from '@headwater/store-postgres/catalog/postgres-change-feed';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { createGeneration, generationSchema, switchGeneration } from '@headwater/store-postgres/migrate/generations';
import { MemoryEventLog } from '@headwater/store-contract/memory-event-log';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import type { TestDatabase } from './postgres.js';

export const TEST_SETTINGS: ProjectionSettings = { missTolerance: 10, nameRules: DEFAULT_NAME_RULES };

/** A projection on a database of its own, over a log and a graph in memory: fast, and the same rows as in production. */
export class TestProjection {
  #now = 1_700_000_000_000_000;
  readonly log = new MemoryEventLog({ clock: { now: () => (this.#now += 1_000_000) } });
  readonly graph = new MemoryLineageGraph();
  readonly database: TestDatabase;
  readonly schema: string;
  readonly #project: ProjectLog;
  readonly #feed: FeedGraph;
  readonly #changes: PostgresChangeFeed;

  private constructor(database: TestDatabase, schema: string, settings: ProjectionSettings) {
    this.database = database;
    this.schema = schema;
    this.#project = new ProjectLog(this.log, new PostgresProjection(database.pool, schema), settings);
    this.#changes = new PostgresChangeFeed({ pool: database.pool, url: database.url, schema: () => schema });
    this.#feed = new FeedGraph(this.#changes, this.graph);
  }

  static async create(database: TestDatabase, generation = 1, settings = TEST_SETTINGS): Promise<TestProjection> {
    await createGeneration(database.pool, generation);
    await switchGeneration(database.pool, generation);
    return new TestProjection(database, generationSchema(generation), settings);
  }

  /** Appends events as one call and projects them in batches of at most `batchSize`. */
  async take(events: readonly { readonly event: unknown; readonly receivedAt: number }[], batchSize = 1000): Promise<void> {
    await this.log.append(
      events.map(({ event, receivedAt }) => ({
        kind: 'RUN' as const,
        bytes: new TextEncoder().encode(JSON.stringify(event)),
        receivedAt,
      })),
    );
    while ((await this.#project.execute(batchSize)) > 0);
    while ((await this.#feed.execute(batchSize)) > 0);
  }

  /** Every edge that holds at `at` as known now. */
  async edgesAt(at: number): Promise<readonly ExpandedEdge[]> {
    const { recordedAt } = await this.graph.checkpoint();
    const kinds = ['READ', 'WRITE', 'DERIVED', 'CONTROL', 'PARENT'] as const;
    return this.graph.edges({ valid: { at }, knownAt: recordedAt, kinds });
  }

  async close(): Promise<void> {
    await this.database.drop();
  }
}
