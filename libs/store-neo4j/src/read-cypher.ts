import { ALIAS_TYPE, EDGE_KINDS } from './graph-labels.js';

// A row that is open ends at $open in the store, so that one comparison does.
const known = (row: string): string => `${row}.recordedFrom <= $knownAt AND ${row}.recordedTo > $knownAt`;
const held = (row: string): string => `${known(row)} AND ${row}.validFrom < $to AND ${row}.validTo > $from`;

// Statements are planned once, often while the generation is empty and every plan looks equally cheap: so each way into
// the graph is told its index.
const nodeAt = (name: string, key: string): string =>
  `MATCH (${name}:Node_{G} {key: ${key}}) USING INDEX SEEK ${name}:Node_{G}(key)`;

const restrictionsOf = (job: string): string =>
  `MATCH (restriction:Restriction_{G} {job: ${job}}) USING INDEX SEEK restriction:Restriction_{G}(job)
    WHERE ${held('restriction')}`;

/**
 * `as`: [id, key] of the canonical node of the node at `key`, null where it has no other name. Lists compare element by
 * element, so of several names it is the one with the smallest id.
 */
const canonicalOf = (variable: string, key: string, as: string): string => `
CALL (${variable}) {
    ${nodeAt('named', key)}
    MATCH (named)-[alias:${ALIAS_TYPE}]->(canonical) WHERE ${known('alias')}
    RETURN min([canonical.id, canonical.key]) AS ${as}
}`;

/** A field's id under another dataset, or the other id itself. */
const underOwner = (owner: string, node: string): string => `CASE
    WHEN ${owner} IS NULL THEN ${node}.id
    WHEN ${node}.id STARTS WITH 'field:'
    THEN 'field:' + substring(${owner}, ${String('dataset:'.length)}) + ':' + split(${node}.id, ':')[3]
    ELSE ${owner} END`;

/** The nodes of a component by the key of its canonical node; of a field, its namesakes in the datasets of theirs. */
const members = (key: string): string => `
    ${nodeAt('node', key)} RETURN node
    UNION ALL
    ${nodeAt('canonical', `left(${key}, 32)`)}
    MATCH (canonical)<-[alias:${ALIAS_TYPE}]-(other) WHERE ${known('alias')}
    WITH DISTINCT other
    ${nodeAt('node', `other.key + substring(${key}, 32)`)} RETURN node`;

/** Keys of a component of datasets or of jobs, also of those that are no nodes yet. */
const memberKeys = (key: string, name: string): string => `
    RETURN ${key} AS ${name}
    UNION
    ${nodeAt('canonical', key)}
    MATCH (canonical)<-[alias:${ALIAS_TYPE}]-(other) WHERE ${known('alias')} RETURN other.key AS ${name}`;

interface Direction {
  readonly edge: string;
  /** Some steps on, to where reading ahead ends at the latest. */
  readonly way: string;
  /** The kind of edge between a job and the datasets that its pairs concern. */
  readonly pairedKind: string;
  readonly arrival: string;
  readonly leaving: string;
}

const TYPES = EDGE_KINDS.join('|');

const DOWNSTREAM: Direction = {
  edge: `(near)-[row:${TYPES}]->(far)`,
  way: `(start)-[steps:${TYPES}*1..32]->(next)`,
  pairedKind: 'WRITE',
  arrival: 'input',
  leaving: 'output',
};

const UPSTREAM: Direction = {
  edge: `(near)<-[row:${TYPES}]-(far)`,
  way: `(start)<-[steps:${TYPES}*1..32]-(next)`,
  pairedKind: 'READ',
  arrival: 'output',
  leaving: 'input',
};

const ROW = `[row.rowId, row.evidence, row.producer, row.job, row.confidence, row.transformations,
      row.validFrom, row.validTo, row.recordedFrom, row.recordedTo]`;

/**
 * Up to $ahead nodes that come next, as further entries: the nearest first. DISTINCT at once lets the store prune: it
 * comes to each node once, whatever the number of ways. Nodes with another name are left out, as is what their other
 * names lead to.
 */
const furtherEntries = ({ way }: Direction): string => `
CALL () {
    UNWIND $lists.frontier AS key
    ${nodeAt('start', 'key')}
    MATCH ${way} WHERE all(row IN steps WHERE type(row) IN $lists.kinds AND ${held('row')})
    WITH DISTINCT next LIMIT $ahead
    ${canonicalOf('next', 'left(next.key, 32)', 'name')}
    WITH next WHERE name IS NULL
    RETURN collect(next.key) AS further, collect(next.id) AS ahead
}`;

/**
 * $lists.frontier of keys and $lists.arrivals beside it, keys or null; the rest as the options of expand say. Rows of
 * one edge come together; ids of near and far are there only where they differ from the ids of the entry and of the neighbour.
 */
const hop = ({ edge, pairedKind, arrival, leaving }: Direction): string => `
    WITH further, size($lists.frontier) AS asked
    UNWIND range(0, asked + size(further) - 1) AS entry
    WITH entry, CASE WHEN entry < asked THEN $lists.frontier[entry] ELSE further[entry - asked] END AS key,
      $lists.arrivals[entry] AS arrivedBy
    CALL (key) {${members('key')}
    }
    WITH entry, key, arrivedBy, node AS near
    CALL (near, arrivedBy) {
    ${restrictionsOf('CASE WHEN arrivedBy IS NULL THEN null ELSE near.key END')} AND restriction.mode = 'PAIRS'
    WITH restriction ORDER BY restriction.validFrom
    RETURN collect([restriction.validFrom, restriction.validTo]) AS restrictions
    }
    CALL (key, arrivedBy, restrictions) {
    WITH key, arrivedBy, restrictions WHERE size(restrictions) > 0
    CALL (key) {${memberKeys('key', 'job')}
    }
    CALL (arrivedBy) {${memberKeys('arrivedBy', 'arrival')}
    }
    MATCH (pair:Pair_{G} {job: job, ${arrival}: arrival}) USING INDEX SEEK pair:Pair_{G}(job, ${arrival})
    WHERE ${held('pair')}
    WITH pair.${leaving} AS leavingKey
    ${nodeAt('leaving', 'leavingKey')}
    ${canonicalOf('leaving', 'leaving.key', 'name')}
    RETURN collect(DISTINCT coalesce(name[0], leaving.id)) AS paired
    }
    MATCH ${edge}
    WHERE type(row) IN $lists.kinds AND ${held('row')}
    ${canonicalOf('far', 'left(far.key, 32)', 'name')}
    WITH entry, key, near, restrictions, paired, row, far, ${underOwner('name[0]', 'far')} AS neighbor,
      coalesce(name[1], left(far.key, 32)) + substring(far.key, 32) AS neighborKey
    WHERE (neighborKey <> key OR near = far)
      AND (
        size(restrictions) = 0 OR type(row) <> '${pairedKind}' OR neighbor IN paired
        OR reduce(
          reached = CASE WHEN row.validFrom > $from THEN row.validFrom ELSE $from END, interval IN restrictions |
          CASE WHEN interval[0] <= reached AND interval[1] > reached THEN interval[1] ELSE reached END
        ) < CASE WHEN row.validTo < $to THEN row.validTo ELSE $to END
      )`;

// Restrictions are looked up for all neighbours at once, which takes a third of the time of a subquery for each: and for
// the jobs that were reached by a dataset.
const RESTRICTIONS = `
WITH ahead, edges, [edge IN edges WHERE edge[2] STARTS WITH 'job:' | edge[3]]
  + [at IN range(0, size($lists.arrivals) - 1) WHERE $lists.arrivals[at] IS NOT NULL | $lists.frontier[at]] AS jobs
CALL (jobs) {
    UNWIND jobs AS job
    ${restrictionsOf('job')}
    RETURN collect(DISTINCT [job, restriction.mode, null]) AS underOwnName
}
CALL (jobs) {
    UNWIND jobs AS job
    ${nodeAt('canonical', 'job')}
    MATCH (canonical)<-[alias:${ALIAS_TYPE}]-(other) WHERE ${known('alias')}
    WITH job, other
    ${restrictionsOf('other.key')}
    RETURN collect(DISTINCT [job, restriction.mode, other.id]) AS underOtherName
}
RETURN ahead, edges, underOwnName + underOtherName AS restrictions`;

const withRows = ({ pairedKind }: Direction): string => `
    WITH entry, neighbor, type(row) AS kind, neighborKey,
      collect([CASE WHEN near.key <> key THEN near.id END, CASE WHEN far.id <> neighbor THEN far.id END] + ${ROW}) AS rows,
      max(size(restrictions) > 0 AND type(row) = '${pairedKind}' AND neighbor IN paired) AS isPaired`;

const WITHOUT_ROWS = `
    WITH DISTINCT entry, neighbor, type(row) AS kind, neighborKey, [] AS rows, false AS isPaired`;

/** One record of { ahead, edges of [entry, kind, neighbor, neighborKey, rows, isPaired], restrictions }. */
const expansion = (direction: Direction, rows: string): string => `${furtherEntries(direction)}
CALL (further) {${hop(direction)}${rows}
    ORDER BY entry, neighbor, kind LIMIT $limit
    RETURN collect([entry, kind, neighbor, neighborKey, rows, isPaired]) AS edges
}${RESTRICTIONS}`;

// A plan is kept for each statement and types of its parameters, and the type of a list holds its size (to a power of
// ten) and what is in it; that of a map does not. So lists are given within one, else each size were planned anew.
/** Every constant by name. Parameters: all lists in $lists, $knownAt everywhere but in CHECKPOINT, $from and $to where rows have valid time. */
export const READ_CYPHER = {
  CHECKPOINT: `
MATCH (c:Checkpoint_{G} {name: 'graph'})
RETURN coalesce(c.publishedPosition, 0) AS position, coalesce(c.publishedRecordedAt, 0) AS recordedAt`,

  EXPAND_DOWNSTREAM: expansion(DOWNSTREAM, withRows(DOWNSTREAM)),
  EXPAND_UPSTREAM: expansion(UPSTREAM, withRows(UPSTREAM)),
  COUNT_DOWNSTREAM: expansion(DOWNSTREAM, WITHOUT_ROWS),
  COUNT_UPSTREAM: expansion(UPSTREAM, WITHOUT_ROWS),

  // Every key is greater than the empty one: a seek in the index of this generation, where a scan would be of the store.
  EDGES: `
MATCH (near:Node_{G}) USING INDEX SEEK near:Node_{G}(key) WHERE near.key > ''
MATCH (near)-[row:${TYPES}]->(far) WHERE type(row) IN $lists.kinds AND ${held('row')}
${canonicalOf('near', 'left(near.key, 32)', 'nearName')}
${canonicalOf('far', 'left(far.key, 32)', 'farName')}
WITH near, row, far, ${underOwner('nearName[0]', 'near')} AS start, ${underOwner('farName[0]', 'far')} AS end
WHERE start <> end OR near = far
WITH type(row) AS kind, start, end, collect([near.id, far.id] + ${ROW}) AS rows
RETURN kind, start, end, rows ORDER BY kind, start, end`,

  /** $lists.asked of keys. One record of what has another name, as [index, id of the node or dataset that it goes by]. */
  CANONICAL: `
UNWIND range(0, size($lists.asked) - 1) AS at
WITH at, $lists.asked[at] AS key
${canonicalOf('key', 'left(key, 32)', 'name')}
WITH at, name WHERE name IS NOT NULL
RETURN collect([at, name[0]]) AS found`,

  /** $lists.asked of keys. One record of the nodes there are, as [index, as in CANONICAL or null, name, placeholder]. */
  NODES: `
UNWIND range(0, size($lists.asked) - 1) AS at
WITH at, $lists.asked[at] AS asked
${canonicalOf('asked', 'left(asked, 32)', 'name')}
WITH at, name[0] AS owner, coalesce(name[1], left(asked, 32)) + substring(asked, 32) AS key
CALL (key) {${members('key')}
}
WITH at, owner, key, node WHERE node.name IS NOT NULL
ORDER BY node.placeholder, node.key <> key, node.id
WITH at, owner, head(collect([node.name, node.placeholder])) AS shown
RETURN collect([at, owner] + shown) AS found`,

  /** $lists.keys of canonical nodes. */
  ALIASES: `
UNWIND $lists.keys AS key
${nodeAt('canonical', 'key')}
MATCH (canonical)<-[alias:${ALIAS_TYPE}]-(member) WHERE ${known('alias')}
RETURN alias.rowId AS rowId, member.id AS member, canonical.id AS canonical,
  alias.recordedFrom AS recordedFrom, alias.recordedTo AS recordedTo
ORDER BY canonical, member, rowId`,
} as const;
