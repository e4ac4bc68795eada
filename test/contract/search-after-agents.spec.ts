import { ProjectLog } from '@headwater/application/projection/project-log';
import { agentsEditBytes, pairOf } from '@headwater/domain/governance/agents/agents-edit';
import { agentId, type NodeId } from '@headwater/domain/identifiers';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import { TEST_SETTINGS } from '../support/projection.js';
import { tableEvent } from '../support/tables.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const [JO, ANN, ABE] = ['jo', 'ann', 'abe'].map((name) => agentId('user', name)) as [NodeId, NodeId, NodeId];

/** Looks at one asset behind each batch. */
class OneAtOnce extends PostgresProjection {
  override refreshSearch(limit: number): Promise<number> {
    return super.refreshSearch(Math.min(limit, 1));
  }
}

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await createTestCatalog();
  await catalog.send(NAMES.map((name, at) => tableEvent({ name, owner: 'user:jo' }, at)));
});
afterAll(() => catalog.close());

async function merge(a: NodeId, b: NodeId): Promise<void> {
  const [node, other] = pairOf(a, b);
  const by = { id: 'user:tests#ana', name: 'Ana' };
  const head = { id: `${a} ${b}`, by, reason: null, expected: null };
  const bytes = agentsEditBytes({ ...head, node, action: 'MERGE', other, pairs: [] });
  await catalog.log.append([{ kind: 'EDIT', bytes, receivedAt: Date.parse('2026-11-23T12:00:00Z') * 1000 }]);
}

/** Who owns each asset as search has it, in the order in which assets are looked at. */
async function owners(): Promise<readonly string[]> {
  const { rows } = await catalog.database.pool.query<{ owner: string }>(
    `SELECT array_to_string(g.owner_ids, ' ') AS owner FROM ${catalog.schema}.search_document d
     JOIN ${catalog.schema}.search_group g ON g.key = d.group_key ORDER BY d.key`,
  );
  return rows.map(({ owner }) => owner);
}

test('agents that are merged all the time keep no asset from being looked at, and none is left as it was', async () => {
  const project = new ProjectLog(catalog.log, new OneAtOnce(catalog.database.pool, catalog.schema), TEST_SETTINGS);
  expect(await owners()).toEqual(NAMES.map(() => JO));
  await merge(JO, ANN);
  await project.execute(1);
  expect(await owners()).toEqual([ANN, ...NAMES.slice(1).map(() => JO)]);
  for (const name of NAMES) {
    await merge(agentId('user', `x-${name}`), agentId('user', `y-${name}`));
    await project.execute(1);
  }
  expect(await owners()).toEqual(NAMES.map(() => ANN));
  // Half way through a round: those behind it are looked at once more.
  await merge(ANN, ABE);
  while ((await project.execute(1)) > 0);
  expect(await owners()).toEqual(NAMES.map(() => ABE));
  expect(await project.execute(1)).toBe(0);
});
