import type { EdgeKind } from '@headwater/domain/graph';
import type { NodeKind } from '@headwater/domain/identifiers';
import { ALIAS_TYPE, EDGE_KINDS, KIND_LABELS } from './graph-labels.js';

function byKey<K extends string>(keys: readonly K[], statement: (key: K) => string): Readonly<Record<K, string>> {
  return Object.fromEntries(keys.map((key) => [key, statement(key)])) as Record<K, string>;
}

const ENDS = `
UNWIND $lists.rows AS r
MATCH (a:Node_{G} {key: r.from}) USING INDEX SEEK a:Node_{G}(key)
CALL (r) {
    MATCH (b:Node_{G} {key: r.to}) USING INDEX SEEK b:Node_{G}(key) RETURN b
}`;

/** What an edge stores; each is a property of the row that the statement is given. */
const EDGE_PROPERTIES = [
  'rowId',
  'evidence',
  'producer',
  'job',
  'confidence',
  'transformations',
  'validFrom',
  'validTo',
  'recordedFrom',
  'recordedTo',
];
const ALIAS_PROPERTIES = ['rowId', 'recordedFrom', 'recordedTo'];

// Property by property: from a map they are set in a second pass over the batch (Eager), which takes half as long again.
const fromRow = (properties: readonly string[]): string =>
  `{${properties.map((property) => `${property}: r.${property}`).join(', ')}}`;

const NODE_KINDS = Object.keys(KIND_LABELS) as NodeKind[];

// CREATE is enough for rows: the checkpoint in the same transaction lets each through once. The second end is found in a
// subquery, which keeps the planner from a Cartesian product of both.
/** Every constant by name. $lists.rows are maps; why they are in a map, {@link READ_CYPHER} tells. */
export const WRITE_CYPHER = {
  /** Answers the checkpoint, and holds its lock until the transaction ends, so that two writers take turns. */
  LOCK_CHECKPOINT: `
MERGE (c:Checkpoint_{G} {name: 'graph'})
ON CREATE SET c.position = 0, c.recordedAt = 0, c.writes = 1
ON MATCH SET c.writes = c.writes + 1
RETURN c.position AS position`,

  MOVE_CHECKPOINT: `
MATCH (c:Checkpoint_{G} {name: 'graph'}) SET c.position = $position, c.recordedAt = $recordedAt`,

  /** In a transaction of its own, after the one that moved it. */
  PUBLISH_CHECKPOINT: `
MATCH (c:Checkpoint_{G} {name: 'graph'}) WHERE c.publishedPosition IS NULL OR c.publishedPosition < c.position
SET c.publishedPosition = c.position, c.publishedRecordedAt = c.recordedAt`,

  /** Ends of rows: they become nodes of the catalog only once they have a name. */
  MERGE_ENDS: byKey(
    NODE_KINDS,
    (kind) => `
UNWIND $lists.rows AS r
MERGE (n:Node_{G} {key: r.key}) ON CREATE SET n:${KIND_LABELS[kind]}_{G}, n.id = r.id`,
  ),

  PUT_NODES: byKey(
    NODE_KINDS,
    (kind) => `
UNWIND $lists.rows AS r
MERGE (n:Node_{G} {key: r.key}) ON CREATE SET n:${KIND_LABELS[kind]}_{G}, n.id = r.id
SET n.name = r.name, n.placeholder = r.placeholder`,
  ),

  OPEN_EDGES: byKey(
    EDGE_KINDS,
    (kind) => `${ENDS}
CREATE (a)-[:${kind} ${fromRow(EDGE_PROPERTIES)}]->(b)`,
  ),

  CLOSE_EDGES: byKey<EdgeKind>(
    EDGE_KINDS,
    (kind) => `${ENDS}
MATCH (a)-[e:${kind} {rowId: r.rowId}]->(b)
SET e.recordedTo = r.recordedTo`,
  ),

  OPEN_PAIRS: 'UNWIND $lists.rows AS r CREATE (p:Pair_{G}) SET p = r',
  CLOSE_PAIRS:
    'UNWIND $lists.rows AS r MATCH (p:Pair_{G} {rowId: r.rowId}) USING INDEX SEEK p:Pair_{G}(rowId) SET p.recordedTo = r.recordedTo',

  OPEN_RESTRICTIONS: 'UNWIND $lists.rows AS r CREATE (x:Restriction_{G}) SET x = r',
  CLOSE_RESTRICTIONS:
    'UNWIND $lists.rows AS r MATCH (x:Restriction_{G} {rowId: r.rowId}) USING INDEX SEEK x:Restriction_{G}(rowId) SET x.recordedTo = r.recordedTo',

  OPEN_ALIASES: `${ENDS}
CREATE (a)-[:${ALIAS_TYPE} ${fromRow(ALIAS_PROPERTIES)}]->(b)`,

  CLOSE_ALIASES: `${ENDS}
MATCH (a)-[e:${ALIAS_TYPE} {rowId: r.rowId}]->(b)
SET e.recordedTo = r.recordedTo`,
} as const;
