import { inGeneration, LOOKUPS, UNIQUE_KEYS, type Generation } from './graph-labels.js';
import type { Neo4jConnection } from './neo4j-connection.js';

/** Schema and deletion statements of one generation, by name. */
export const GENERATION_CYPHER = {
  CREATE: [
    ...Object.entries(UNIQUE_KEYS).map(
      ([label, key]) =>
        `CREATE CONSTRAINT headwater_${label.toLowerCase()}_{G} IF NOT EXISTS FOR (n:${label}_{G}) REQUIRE n.${key} IS UNIQUE`,
    ),
    ...LOOKUPS.map(
      ({ name, label, properties }) =>
        `CREATE INDEX headwater_${name}_{G} IF NOT EXISTS FOR (n:${label}_{G}) ON (${properties.map((property) => `n.${property}`).join(', ')})`,
    ),
  ],
  AWAIT: 'CALL db.awaitIndexes(60)',
  // In parts: one transaction over a whole graph does not fit the server's memory.
  DELETE: Object.entries(UNIQUE_KEYS).map(
    ([label, key]) =>
      `MATCH (n:${label}_{G}) WHERE n.${key} > '' CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS`,
  ),
  DROP: [
    ...LOOKUPS.map(({ name }) => `DROP INDEX headwater_${name}_{G} IF EXISTS`),
    ...Object.keys(UNIQUE_KEYS).map((label) => `DROP CONSTRAINT headwater_${label.toLowerCase()}_{G} IF EXISTS`),
  ],
} as const;

/** Makes the constraints and indexes of a generation; again, it changes nothing. */
export async function createGeneration(connection: Neo4jConnection, generation: Generation): Promise<void> {
  for (const cypher of GENERATION_CYPHER.CREATE) {
    await connection.autoCommit('createGeneration', inGeneration(cypher, generation));
  }
  await connection.autoCommit('createGeneration', GENERATION_CYPHER.AWAIT);
}

/** Deletes what a generation holds, in parts; its constraints and indexes stay. */
export async function clearGeneration(connection: Neo4jConnection, generation: Generation): Promise<void> {
  for (const cypher of GENERATION_CYPHER.DELETE) {
    await connection.autoCommit('clearGeneration', inGeneration(cypher, generation));
  }
}

/** Deletes a generation with its constraints and indexes; of one that is not there, nothing. Interrupted, call it again. */
export async function dropGeneration(connection: Neo4jConnection, generation: Generation): Promise<void> {
  await clearGeneration(connection, generation);
  for (const cypher of GENERATION_CYPHER.DROP) {
    await connection.autoCommit('dropGeneration', inGeneration(cypher, generation));
  }
}
