import type { EdgeKind } from '@headwater/domain/graph';
import type { NodeKind } from '@headwater/domain/identifiers';
import { ALIAS_TYPE, EDGE_KINDS, KIND_LABELS } from './graph-labels.js';

function byKey<K extends string>(keys: readonly K[], statement: (key: K) => string): Readonly<Record<K, string>> {
  return Object.fromEntries(keys.map((key) => [key, statement(key)])) as Record<K, string>;
}

const NODE_KINDS = Object.keys(KIND_LABELS) as NodeKind[];

// CREATE is enough for rows: the checkpoint in the same transaction lets each through once.
/** Every constant by name. $rows are maps; `props` are what a row stores, without what is null. */
export const WRITE_CYPHER = {
  /** Answers the checkpoint, and holds its lock until the transaction ends, so that two writers take turns. */
  LOCK_CHECKPOINT: `
MERGE (c:Checkpoint_{G} {name: 'graph'})
ON CREATE SET c.position = 0, c.recordedAt = 0, c.writes = 1
ON MATCH SET c.writes = c.writes + 1
RETURN c.position AS position`,

  MOVE_CHECKPOINT: `
MATCH (c:Checkpoint_{G} {name: 'graph'}) SET c.position = $position, c.recordedAt = $recordedAt`,

  /** Ends of rows: they become nodes of the catalog only once they have a name. */
  MERGE_ENDS: byKey(
    NODE_KINDS,
    (kind) => `
UNWIND $rows AS r
MERGE (n:Node_{G} {key: r.key}) ON CREATE SET n:${KIND_LABELS[kind]}_{G}, n.id = r.id`,
  ),

  PUT_NODES: byKey(
    NODE_KINDS,
    (kind) => `
UNWIND $rows AS r
MERGE (n:Node_{G} {key: r.key}) ON CREATE SET n:${KIND_LABELS[kind]}_{G}, n.id = r.id
SET n.name = r.name, n.placeholder = r.placeholder`,
  ),

  OPEN_EDGES: byKey(
    EDGE_KINDS,
    (kind) => `
UNWIND $rows AS r
MATCH (a:Node_{G} {key: r.from}) USING INDEX SEEK a:Node_{G}(key)
MATCH (b:Node_{G} {key: r.to}) USING INDEX SEEK b:Node_{G}(key)
CREATE (a)-[e:${kind}]->(b) SET e = r.props`,
  ),

  CLOSE_EDGES: byKey<EdgeKind>(
    EDGE_KINDS,
    (kind) => `
UNWIND $rows AS r
MATCH (a:Node_{G} {key: r.from}) USING INDEX SEEK a:Node_{G}(key)
MATCH (b:Node_{G} {key: r.to}) USING INDEX SEEK b:Node_{G}(key)
MATCH (a)-[e:${kind} {rowId: r.rowId}]->(b)
SET e.recordedTo = r.recordedTo`,
  ),

  OPEN_PAIRS: 'UNWIND $rows AS r CREATE (p:Pair_{G}) SET p = r',
  CLOSE_PAIRS:
    'UNWIND $rows AS r MATCH (p:Pair_{G} {rowId: r.rowId}) USING INDEX SEEK p:Pair_{G}(rowId) SET p.recordedTo = r.recordedTo',

  OPEN_RESTRICTIONS: 'UNWIND $rows AS r CREATE (x:Restriction_{G}) SET x = r',
  CLOSE_RESTRICTIONS:
    'UNWIND $rows AS r MATCH (x:Restriction_{G} {rowId: r.rowId}) USING INDEX SEEK x:Restriction_{G}(rowId) SET x.recordedTo = r.recordedTo',

  OPEN_ALIASES: `
UNWIND $rows AS r
MATCH (a:Node_{G} {key: r.from}) USING INDEX SEEK a:Node_{G}(key)
MATCH (b:Node_{G} {key: r.to}) USING INDEX SEEK b:Node_{G}(key)
CREATE (a)-[e:${ALIAS_TYPE}]->(b) SET e = r.props`,

  CLOSE_ALIASES: `
UNWIND $rows AS r
MATCH (a:Node_{G} {key: r.from}) USING INDEX SEEK a:Node_{G}(key)
MATCH (b:Node_{G} {key: r.to}) USING INDEX SEEK b:Node_{G}(key)
MATCH (a)-[e:${ALIAS_TYPE} {rowId: r.rowId}]->(b)
SET e.recordedTo = r.recordedTo`,
} as const;
