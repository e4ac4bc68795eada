import { createGeneration, dropGeneration, GENERATION_CYPHER } from '@headwater/store-neo4j/graph-generation';
import { inGeneration } from '@headwater/store-neo4j/graph-labels';
import { Neo4jConnection, type Plan } from '@headwater/store-neo4j/neo4j-connection';
import { READ_CYPHER } from '@headwater/store-neo4j/read-cypher';
import { WRITE_CYPHER } from '@headwater/store-neo4j/write-cypher';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { neo4jForTests, newGeneration } from '../support/neo4j.js';

// Operators that look at more of the store than what was asked for. Plans are made on an empty generation, where the
// planner sees no reason to prefer an index: the worst moment, and the one at which a new deployment makes them.
// Of ways of any length only the search that comes to each node once is allowed: the others enumerate paths.
const SCAN =
  /^(AllNodesScan|.*LabelScan|.*LabelsScan|.*RelationshipTypeScan|.*RelationshipTypesScan|.*AllRelationshipsScan|.*IndexScan|.*IndexContainsScan|CartesianProduct|VarLengthExpand\((?!Pruning,BFS,).*)$/;

const PARAMETERS = {
  lists: { frontier: [], arrivals: [], asked: [], keys: [], rows: [], kinds: [] },
  ahead: 1,
  knownAt: 0,
  from: 0,
  to: 1,
  limit: 1,
  position: 0,
  recordedAt: 0,
};

const statements = [
  ...named({ ...READ_CYPHER, ...WRITE_CYPHER }),
  ...GENERATION_CYPHER.DELETE.map((cypher, index) => [`DELETE ${String(index)}`, cypher] as const),
];

const server = await neo4jForTests();

describe.skipIf('absent' in server)('Cypher on a Neo4j server', () => {
  if ('absent' in server) return;
  const connection = new Neo4jConnection(server);
  const generation = newGeneration();

  beforeAll(() => createGeneration(connection, generation));

  afterAll(async () => {
    await dropGeneration(connection, generation);
    await connection.close();
  });

  const scansOf = async (cypher: string): Promise<readonly string[]> => {
    const plan = await connection.explain(inGeneration(cypher, generation), PARAMETERS);
    return operators(plan).filter((operator) => SCAN.test(operator));
  };

  test.each(statements)('%s finds everything by index', async (_name, cypher) => {
    expect(await scansOf(cypher)).toEqual([]);
  });

  test.each(statements)('%s is planned once, whatever the size of what it is given', (_name, cypher) => {
    const scalars = ['ahead', 'knownAt', 'from', 'to', 'limit', 'position', 'recordedAt'];
    const given = [...cypher.matchAll(/\$(\w+)/g)].map(([, name]) => name ?? '');
    expect(given.filter((name) => name !== 'lists' && !scalars.includes(name))).toEqual([]);
  });

  test('a statement with a typo is noticed', async () => {
    await expect(scansOf(READ_CYPHER.CHECKPOINT.replace('RETURN', 'RETRUN'))).rejects.toThrow('SyntaxError');
  });

  test('a statement that scans is noticed', async () => {
    expect(await scansOf('MATCH (n:Node_{G}) RETURN count(n.name)')).toEqual(['NodeByLabelScan']);
    expect(await scansOf('MATCH (n) WHERE n.key = "x" RETURN n.name')).toEqual(['AllNodesScan']);
  });

  test('a statement that enumerates paths is noticed', async () => {
    const way = `MATCH (n:Node_{G} {key: 'x'}) MATCH (n)-[:READ*1..4]->(m)`;
    expect(await scansOf(`${way} RETURN m.key`)).toEqual(['VarLengthExpand(All)']);
    expect(await scansOf(`${way} RETURN DISTINCT m.key`)).toEqual([]);
  });
});

function named(
  tree: Readonly<Record<string, string | Readonly<Record<string, string>>>>,
): (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[name, value] as const]
      : Object.entries(value).map(([key, cypher]) => [`${name}.${key}`, cypher] as const),
  );
}

function operators(plan: Plan): readonly string[] {
  // The server appends its name for the database: NodeUniqueIndexSeek@neo4j.
  return [plan.operatorType.split('@')[0] ?? '', ...plan.children.flatMap(operators)];
}
