import { HeadwaterError } from '../errors.js';
import type { EdgeKind, ExpandedEdge } from '../graph.js';
import type { LineageGraph } from '../ports.js';
import type { Micros } from '../time.js';
import type { Side } from '../traversal/lineage-answer.js';
import type { TagEdge } from './tag-spread.js';
import { entryAt, standBehind, type TagStand } from './tag-stand.js';

export interface EdgePorts {
  readonly graph: Pick<LineageGraph, 'expand'>;
}

/** Edges that hold at `at`, as known at `edgesKnownAt`. */
export interface EdgeTime {
  readonly at: Micros;
  readonly edgesKnownAt: Micros;
}

const BETWEEN_FIELDS: readonly EdgeKind[] = ['DERIVED'];
const BETWEEN_DATASETS: readonly EdgeKind[] = ['READ', 'WRITE', 'DERIVED'];

/** One trip asks for the edges of so many nodes. */
const TRIP_NODES = 1_000;
const TRIP_EDGES = 50_000;
/** No answer follows more edges than these: it would hold them all. */
const MOST_EDGES = 2_000_000;
/** A trip that brings next to nothing costs as much as one that brings so many edges. */
const TRIP_COST = 200;

/** What one question may cost: it holds all edges that it read. */
export class EdgeBudget {
  #left = MOST_EDGES;

  /** Counts the edges of a trip, and the trip. Throws LIMIT_EXCEEDED beyond {@link MOST_EDGES}. */
  take(edges: number): void {
    this.#left -= Math.max(edges, TRIP_COST);
    if (this.#left >= 0) return;
    throw new HeadwaterError(
      'LIMIT_EXCEEDED',
      `There are more than ${MOST_EDGES} edges on the way: ask about one field, dataset or tag at a time`,
      { reason: 'TAG_REACH' },
    );
  }
}

/**
 * All edges that leave stands one way, in trips that a store can answer: of fields those between fields, of datasets and
 * jobs those that data passes between these.
 */
export async function edgesOf(
  ports: EdgePorts,
  stands: readonly TagStand[],
  direction: Side,
  time: EdgeTime,
  budget: EdgeBudget,
  limit = TRIP_EDGES,
): Promise<readonly TagEdge[]> {
  const found: TagEdge[] = [];
  for (let at = 0; at < stands.length; at += TRIP_NODES) {
    const part = stands.slice(at, at + TRIP_NODES);
    const { edges, truncated } = await ports.graph.expand(part.map(entryAt), {
      direction,
      valid: { at: time.at },
      knownAt: time.edgesKnownAt,
      kinds: part[0]?.startsWith('field:') === true ? BETWEEN_FIELDS : BETWEEN_DATASETS,
      limit,
    });
    budget.take(edges.length);
    if (!truncated) found.push(...edges.flatMap((edge) => toTagEdge(edge, part[edge.entry], direction)));
    else if (part.length === 1) found.push(...(await edgesOf(ports, part, direction, time, budget, limit * 10)));
    else {
      const middle = Math.ceil(part.length / 2);
      for (const half of [part.slice(0, middle), part.slice(middle)])
        found.push(...(await edgesOf(ports, half, direction, time, budget, limit)));
    }
  }
  return found;
}

function toTagEdge(edge: ExpandedEdge, near: TagStand | undefined, direction: Side): readonly TagEdge[] {
  if (near === undefined) return [];
  const far = standBehind(near, direction === 'DOWNSTREAM' ? edge.to : edge.from, edge.restricted);
  const [from, to] = direction === 'DOWNSTREAM' ? [near, far] : [far, near];
  return [{ from, to, rows: edge.rows }];
}
