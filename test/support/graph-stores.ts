import { createGeneration, dropGeneration } from '@headwater/store-neo4j/graph-generation';
import { Neo4jConnection } from '@headwater/store-neo4j/neo4j-connection';
import { Neo4jLineageGraph } from '@headwater/store-neo4j/neo4j-lineage-graph';
import { PostgresLineageGraph } from '@headwater/store-postgres/graph/postgres-lineage-graph';
import type { CatalogAppOptions } from '../e2e/catalog-app.js';
import { neo4jForTests, newGeneration } from './neo4j.js';

/** A real store of the graph that a {@link CatalogApp} is given. */
export interface GraphStore {
  readonly name: 'PostgreSQL' | 'Neo4j';
  readonly filled: NonNullable<CatalogAppOptions['filled']>;
  readonly before?: () => Promise<void>;
  readonly after?: () => Promise<void>;
}

const neo4j = await neo4jForTests();

/** Why there is no Neo4j; null where there is one. */
export const neo4jAbsent: string | null = 'absent' in neo4j ? neo4j.absent : null;

/** PostgreSQL, and Neo4j where a server is there; where none is, {@link neo4jForTests} says so or fails. */
export function graphStores(): readonly GraphStore[] {
  const postgres: GraphStore = {
    name: 'PostgreSQL',
    filled: (pool, schema) => new PostgresLineageGraph({ pool, schema }),
  };
  if ('absent' in neo4j) return [postgres];
  const connection = new Neo4jConnection(neo4j);
  const generation = newGeneration();
  return [
    postgres,
    {
      name: 'Neo4j',
      filled: () => new Neo4jLineageGraph({ connection, generation }),
      before: () => createGeneration(connection, generation),
      after: async () => {
        await dropGeneration(connection, generation);
        await connection.close();
      },
    },
  ];
}
