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

/** The nodes of a component: `owner` and `path` are the halves of a field's key, `path` is empty for other nodes. */
const members = (owner: string, path: string): string => `
    ${nodeAt('node', `${owner} + ${path}`)} RETURN node
    UNION
    ${nodeAt('canonical', owner)}
    MATCH (canonical)<-[alias:${ALIAS_TYPE}]-(other) WHERE ${known('alias')}
    WITH other
    ${nodeAt('node', `other.key + ${path}`)} RETURN node`;

/** Keys of a component of datasets or of jobs, also of those that are no nodes yet. */
const memberKeys = (key: string, name: string): string => `
    RETURN ${key} AS ${name}
    UNION
    ${nodeAt('canonical', key)}
    MATCH (canonical)<-[alias:${ALIAS_TYPE}]-(other) WHERE ${known('alias')} RETURN other.key AS ${name}`;

interface Direction {
  readonly edge: string;
  /** The kind of edge between a job and the datasets that its pairs concern. */
  readonly pairedKind: string;
  readonly arrival: string;
  readonly leaving: string;
}

const TYPES = EDGE_KINDS.join('|');

const DOWNSTREAM: Direction = {
  edge: `(near)-[row:${TYPES}]->(far)`,
  pairedKind: 'WRITE',
  arrival: 'input',
  leaving: 'output',
};

const UPSTREAM: Direction = {
  edge: `(near)<-[row:${TYPES}]-(far)`,
  pairedKind: 'READ',
  arrival: 'output',
  leaving: 'input',
};

const ROW = `[row.rowId, row.evidence, row.producer, row.job, row.confidence, row.transformations,
      row.validFrom, row.validTo, row.recordedFrom, row.recordedTo]`;

/**
 * $entries of { entry, id, key, owner, path, arrivedBy }; the rest as the options of expand say. Rows of one edge come
 * together; ids of near and far are there only where they differ from the ids of the entry and of the neighbour.
 */
const hop = ({ edge, pairedKind, arrival, leaving }: Direction): string => `
UNWIND $entries AS e
CALL (e) {${members('e.owner', 'e.path')}
}
WITH e, node AS near
CALL (e, near) {
    ${restrictionsOf('CASE WHEN e.arrivedBy IS NULL THEN null ELSE near.key END')}
    WITH restriction ORDER BY restriction.validFrom
    RETURN collect([restriction.validFrom, restriction.validTo]) AS restrictions
}
CALL (e, restrictions) {
    WITH e, restrictions WHERE size(restrictions) > 0
    CALL (e) {${memberKeys('e.key', 'job')}
    }
    CALL (e) {${memberKeys('e.arrivedBy', 'arrival')}
    }
    MATCH (pair:Pair_{G} {job: job, ${arrival}: arrival}) USING INDEX SEEK pair:Pair_{G}(job, ${arrival})
    WHERE ${held('pair')}
    WITH pair.${leaving} AS key
    ${nodeAt('leaving', 'key')}
    ${canonicalOf('leaving', 'leaving.key', 'name')}
    RETURN collect(DISTINCT coalesce(name[0], leaving.id)) AS paired
}
MATCH ${edge}
WHERE type(row) IN $kinds AND ${held('row')}
${canonicalOf('far', 'left(far.key, 32)', 'name')}
WITH e, near, restrictions, paired, row, far, name[1] AS owner, ${underOwner('name[0]', 'far')} AS neighbor
WHERE (neighbor <> e.id OR near = far)
  AND (
    size(restrictions) = 0 OR type(row) <> '${pairedKind}' OR neighbor IN paired
    OR reduce(
      reached = CASE WHEN row.validFrom > $from THEN row.validFrom ELSE $from END, interval IN restrictions |
      CASE WHEN interval[0] <= reached AND interval[1] > reached THEN interval[1] ELSE reached END
    ) < CASE WHEN row.validTo < $to THEN row.validTo ELSE $to END
  )`;

// Restrictions are looked up for all neighbours at once, which takes a third of the time of a subquery for each.
const ANSWER = `
ORDER BY entry, neighbor, kind LIMIT $limit
WITH collect([entry, kind, neighbor, neighborKey, rows]) AS edges
WITH edges, [edge IN edges WHERE edge[2] STARTS WITH 'job:' | edge[3]] AS jobs
CALL (jobs) {
    UNWIND jobs AS job
    ${restrictionsOf('job')}
    RETURN collect(DISTINCT job) AS underOwnName
}
CALL (jobs) {
    UNWIND jobs AS job
    ${nodeAt('canonical', 'job')}
    MATCH (canonical)<-[alias:${ALIAS_TYPE}]-(other) WHERE ${known('alias')}
    WITH job, other
    ${restrictionsOf('other.key')}
    RETURN collect(DISTINCT job) AS underOtherName
}
WITH edges, underOwnName + underOtherName AS restrictedJobs
UNWIND edges AS edge
RETURN edge[0] AS entry, edge[1] AS kind, edge[2] AS neighbor,
  CASE WHEN edge[2] STARTS WITH 'job:' THEN edge[3] IN restrictedJobs END AS restricted, edge[4] AS rows
ORDER BY entry, neighbor, kind`;

const WITH_ROWS = `
WITH e.entry AS entry, neighbor, type(row) AS kind, coalesce(owner, left(far.key, 32)) AS neighborKey,
  collect([CASE WHEN near.id <> e.id THEN near.id END, CASE WHEN far.id <> neighbor THEN far.id END] + ${ROW}) AS rows
${ANSWER}`;

const WITHOUT_ROWS = `
WITH DISTINCT e.entry AS entry, neighbor, type(row) AS kind, coalesce(owner, left(far.key, 32)) AS neighborKey, [] AS rows
${ANSWER}`;

/** Every constant by name. Parameters: $knownAt everywhere but in CHECKPOINT, $from and $to where rows have valid time. */
export const READ_CYPHER = {
  CHECKPOINT: `MATCH (c:Checkpoint_{G} {name: 'graph'}) RETURN c.position AS position, c.recordedAt AS recordedAt`,

  EXPAND_DOWNSTREAM: hop(DOWNSTREAM) + WITH_ROWS,
  EXPAND_UPSTREAM: hop(UPSTREAM) + WITH_ROWS,
  COUNT_DOWNSTREAM: hop(DOWNSTREAM) + WITHOUT_ROWS,
  COUNT_UPSTREAM: hop(UPSTREAM) + WITHOUT_ROWS,

  // Every key is greater than the empty one: a seek in the index of this generation, where a scan would be of the store.
  EDGES: `
MATCH (near:Node_{G}) USING INDEX SEEK near:Node_{G}(key) WHERE near.key > ''
MATCH (near)-[row:${TYPES}]->(far) WHERE type(row) IN $kinds AND ${held('row')}
${canonicalOf('near', 'left(near.key, 32)', 'nearName')}
${canonicalOf('far', 'left(far.key, 32)', 'farName')}
WITH near, row, far, ${underOwner('nearName[0]', 'near')} AS start, ${underOwner('farName[0]', 'far')} AS end
WHERE start <> end OR near = far
WITH type(row) AS kind, start, end, collect([near.id, far.id] + ${ROW}) AS rows
RETURN kind, start, end, rows ORDER BY kind, start, end`,

  /** $asked of { id, owner, path }. */
  CANONICAL: `
UNWIND $asked AS q
${canonicalOf('q', 'q.owner', 'name')}
RETURN q.id AS id, ${underOwner('name[0]', 'q')} AS canonical`,

  NODES: `
UNWIND $asked AS q
${canonicalOf('q', 'q.owner', 'name')}
WITH q, coalesce(name[1], q.owner) AS owner, ${underOwner('name[0]', 'q')} AS canonical
CALL (q, owner) {${members('owner', 'q.path')}
}
WITH q, canonical, node WHERE node.name IS NOT NULL
ORDER BY node.placeholder, node.id <> canonical, node.id
WITH q, canonical, head(collect([node.name, node.placeholder])) AS shown
RETURN q.id AS id, canonical, shown[0] AS name, shown[1] AS placeholder`,

  /** $keys of canonical nodes. */
  ALIASES: `
UNWIND $keys AS key
${nodeAt('canonical', 'key')}
MATCH (canonical)<-[alias:${ALIAS_TYPE}]-(member) WHERE ${known('alias')}
RETURN alias.rowId AS rowId, member.id AS member, canonical.id AS canonical,
  alias.recordedFrom AS recordedFrom, alias.recordedTo AS recordedTo
ORDER BY canonical, member, rowId`,
} as const;
