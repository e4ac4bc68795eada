import type { EdgeEvidence, EdgeKind, EdgeRow, Transformation, ValidTime } from '../graph.js';
import type { NodeId, NodeKind } from '../identifiers.js';
import type { LineageRoots } from '../lineage-roots.js';
import type { Clock, LineageGraph } from '../ports.js';
import type { Micros } from '../time.js';

/** One direction of the data flow: towards causes or towards effects. */
export type Side = 'UPSTREAM' | 'DOWNSTREAM';
export type LineageDirection = Side | 'BOTH';
export type LineageGranularity = 'DATASET' | 'JOB' | 'FIELD' | 'RUN';
export type TruncationReason = 'DEPTH' | 'NODES' | 'TIME';

/** What every traversal reads from. */
export interface TraversalPorts {
  readonly graph: LineageGraph;
  readonly roots: LineageRoots;
  readonly clock: Clock;
}

/** The moment, or the period [from, to), that is asked about, as known at `knownAt`; all absent: the latest state. */
export interface MomentRequest {
  readonly asOf?: Micros | undefined;
  readonly between?: { readonly from: Micros; readonly to: Micros } | undefined;
  readonly knownAt?: Micros | undefined;
}

export interface LineageRequest extends MomentRequest {
  readonly root: NodeId;
  readonly direction: LineageDirection;
  /** Hops: dataset to dataset at DATASET, single edges elsewhere. Infinity: no limit but `maxNodes`. */
  readonly depth: number;
  readonly granularity: LineageGranularity;
  /** Nodes of one answer; the cursor gives the next. */
  readonly maxNodes: number;
  readonly after?: string | undefined;
  /** Sides whose reach is counted beyond depth and page. Default: both; a side left out is a lower bound. */
  readonly counts?: readonly Side[] | undefined;
  /** Whether hasMoreUpstream and hasMoreDownstream are looked up where the walk itself does not tell. Default true. */
  readonly openEnds?: boolean | undefined;
  /** Whether neighborsUpstream and neighborsDownstream are counted; as far as `openEnds` looks. Default false. */
  readonly neighbors?: boolean | undefined;
  /** Whether edges of kind CONTROL between nodes of the answer are looked up. Default false. */
  readonly control?: boolean | undefined;
}

/** What one traversal may cost. What does not fit makes the answer a part, never an error. */
export interface TraversalBudget {
  /** Milliseconds after which no further round trip starts. */
  readonly timeMs: number;
  /** Milliseconds of it for counting beyond what is shown. */
  readonly countMs: number;
  /** Distinct nodes a side is counted up to. */
  readonly countNodes: number;
  /** Edges of one answer: a job that reads and writes thousands makes millions of dataset pairs. */
  readonly pageEdges: number;
  /** Edges read from the store for one side. */
  readonly walkEdges: number;
  /** Edges asked of the store in one round trip; a hub with more is known in part. */
  readonly tripEdges: number;
}

export const DEFAULT_BUDGET: TraversalBudget = {
  timeMs: 2_000,
  countMs: 100,
  countNodes: 10_000,
  pageEdges: 25_000,
  walkEdges: 200_000,
  tripEdges: 20_000,
};

/** The time axes of one answer, fixed before its first level. */
export interface Moment {
  readonly valid: ValidTime;
  readonly knownAt: Micros;
  /** The graph's checkpoint that the answer stands on. */
  readonly position: number;
}

export interface LineageNode {
  readonly id: NodeId;
  readonly kind: NodeKind;
  /** Null for what the caller may not see. */
  readonly displayName: string | null;
  readonly placeholder: boolean;
  /** Hops from the root, the shorter way where there are several. */
  readonly depth: number;
  /** BOTH for the root and for what is cause and effect of it (a cycle). */
  readonly direction: LineageDirection;
  /** Some edge on that side is not in the answers so far, or could not be looked up. */
  readonly hasMoreUpstream: boolean;
  readonly hasMoreDownstream: boolean;
  /** Nodes one hop away on that side, shown or not; null where that was not asked for, or is known in part only. */
  readonly neighborsUpstream: number | null;
  readonly neighborsDownstream: number | null;
}

/** One edge as the graph holds it, with every assertion that holds, strongest first. */
export interface LineageLink {
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly rows: readonly EdgeRow[];
}

/** One edge of an answer, pointing the way the data flows; (kind, from, to) tells it from every other. */
export interface LineageEdge {
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  /**
   * The strongest assertion; of an edge through jobs its weakest link, and INFERRED where one of them never named both
   * sides; the strongest where several ways lead.
   */
  readonly evidence: EdgeEvidence;
  /** Of an edge through jobs: while all its links hold; where they never do at once, it ends as it begins. */
  readonly validFrom: Micros;
  readonly validTo: Micros | null;
  readonly transformations: readonly Transformation[];
  /** The jobs that a dataset-to-dataset edge runs through, sorted; empty for an edge that is stated as such. */
  readonly via: readonly NodeId[];
  /** The graph's own edges that it stands for. */
  readonly links: readonly LineageLink[];
}

/** `count` nodes can be reached; at least so many where `isExact` is false. */
export interface ReachCount {
  readonly count: number;
  readonly isExact: boolean;
}

export interface LineageAnswer {
  /** What was asked about, under its canonical id. It stands in `nodes` too where its kind belongs to the granularity. */
  readonly root: LineageNode;
  /** By depth, causes before effects. */
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  readonly truncated: boolean;
  readonly truncatedBecause: TruncationReason | null;
  /** How to go on: the same request with it as `after` (DEPTH: with a greater depth); null when nothing is left. */
  readonly endCursor: string | null;
  readonly depthReached: number;
  readonly upstream: ReachCount;
  readonly downstream: ReachCount;
  readonly moment: Moment;
}
