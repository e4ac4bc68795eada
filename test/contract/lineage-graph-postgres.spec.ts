import { lineageGraphContract } from '@headwater/store-contract/lineage-graph.contract';
import { PostgresLineageGraph } from '@headwater/store-postgres/graph/postgres-lineage-graph';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGraphSchema } from '../support/graph-schema.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

lineageGraphContract({
  name: 'PostgreSQL',
  create: async () => new PostgresLineageGraph({ pool: database.pool, schema: await createGraphSchema(database.pool) }),
});

test('a schema name that could carry SQL is refused', () => {
  for (const schema of ['projection; DROP TABLE event_log', 'Projection', 'p"x', '', '1st']) {
    expect(() => new PostgresLineageGraph({ pool: database.pool, schema })).toThrow('graph schema');
  }
});
