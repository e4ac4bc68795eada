import type { NodeId, NodeKind } from './identifiers.js';
import type { Micros } from './time.js';

export type EdgeKind = 'READ' | 'WRITE' | 'DERIVED' | 'CONTROL' | 'PARENT';
/** Strongest first. */
export type EdgeEvidence = 'OBSERVED' | 'DECLARED' | 'INFERRED';

/** OpenLineage ColumnLineageDatasetFacet transformations. */
export interface Transformation {
  readonly type: string;
  readonly subtype: string | null;
  readonly description: string | null;
  readonly masking: boolean;
}

/** What the graph keeps of a node; everything else about it is in the catalog. */
export interface GraphNode {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly displayName: string;
  /** Known only because something else names it (a parent whose own events have not come). */
  readonly placeholder: boolean;
}

/** Both time axes of a derived row: valid time [validFrom, validTo), record time [recordedFrom, recordedTo). Null = open. */
export interface Bitemporal {
  readonly validFrom: Micros;
  readonly validTo: Micros | null;
  readonly recordedFrom: Micros;
  readonly recordedTo: Micros | null;
}

/**
 * One interval of one assertion of an edge. An edge is (kind, from, to); several rows of it may hold at one moment: one
 * for each assertion (evidence, producer, job, transformations). Rows are never changed, only closed in record time.
 *
 * Layers are told by the ends: READ dataset -> job and version -> run, WRITE job -> dataset and run -> version,
 * DERIVED field -> field, dataset -> dataset, job -> job, CONTROL and PARENT job -> job and run -> run (parent -> child).
 */
export interface EdgeRow extends Bitemporal {
  /** 32 hex digits, unique for all time: the hash of everything that tells this row from another. */
  readonly rowId: string;
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly evidence: EdgeEvidence;
  /** The producer without its version segment; null for a rule's own inference. */
  readonly producer: string | null;
  /** The job whose runs or declarations assert it; null where none does (a DatasetEvent, a RENAME). */
  readonly job: NodeId | null;
  /** In (0, 1]. */
  readonly confidence: number;
  readonly transformations: readonly Transformation[];
}

/** One interval in which data that the job reads from `input` reaches `output`. */
export interface PairRow extends Bitemporal {
  readonly rowId: string;
  readonly job: NodeId;
  readonly input: NodeId;
  readonly output: NodeId;
}

/**
 * How `job` conducts while such a row holds: by its PairRows only, or inputs x outputs for want of any statement of both
 * sides (INFERRED). Without one it conducts inputs x outputs, as stated.
 */
export interface RestrictionRow extends Bitemporal {
  readonly rowId: string;
  readonly job: NodeId;
  readonly mode: 'PAIRS' | 'INFERRED';
}

/** `member` is another name of `canonical` (symlinks, name rules, merges). No valid time; canonical itself has no row. */
export interface AliasRow {
  readonly rowId: string;
  readonly member: NodeId;
  readonly canonical: NodeId;
  readonly recordedFrom: Micros;
  readonly recordedTo: Micros | null;
}

/** What the projector tells every graph store. Applied in order; `close` names a row that an earlier `open` made. */
export type GraphChange =
  | { readonly op: 'node'; readonly node: GraphNode }
  | { readonly op: 'openEdge'; readonly row: EdgeRow }
  | {
      readonly op: 'closeEdge';
      readonly row: Pick<EdgeRow, 'rowId' | 'kind' | 'from' | 'to'>;
      readonly recordedTo: Micros;
    }
  | { readonly op: 'openPair'; readonly row: PairRow }
  | {
      readonly op: 'closePair';
      readonly row: Pick<PairRow, 'rowId' | 'job' | 'input' | 'output'>;
      readonly recordedTo: Micros;
    }
  | { readonly op: 'openRestriction'; readonly row: RestrictionRow }
  | {
      readonly op: 'closeRestriction';
      readonly row: Pick<RestrictionRow, 'rowId' | 'job'>;
      readonly recordedTo: Micros;
    }
  | { readonly op: 'openAlias'; readonly row: AliasRow }
  | {
      readonly op: 'closeAlias';
      readonly row: Pick<AliasRow, 'rowId' | 'member' | 'canonical'>;
      readonly recordedTo: Micros;
    };

/** Changes of the log up to and including `position`. */
export interface GraphBatch {
  readonly position: number;
  /** recordedAt of the event at `position`. */
  readonly recordedAt: Micros;
  readonly changes: readonly GraphChange[];
}

export interface GraphCheckpoint {
  /** 0 before the first batch. */
  readonly position: number;
  readonly recordedAt: Micros;
}

/** A moment, or a period [from, to), in valid time. */
export type ValidTime = { readonly at: Micros } | { readonly from: Micros; readonly to: Micros };

/** CONTROL and PARENT edges are never data: they are followed only where asked for. */
export interface ExpandOptions {
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  readonly valid: ValidTime;
  /** Record time: rows with recordedFrom <= knownAt < recordedTo hold. */
  readonly knownAt: Micros;
  readonly kinds: readonly EdgeKind[];
  /** At most this many edges; `truncated` says that there were more. */
  readonly limit: number;
  /** A hint: the caller only counts, so `rows` may come back empty. A store may ignore it. */
  readonly withoutRows?: boolean;
  /** A hint: the store may answer for at most this many nodes behind the frontier too, in {@link Expansion.ahead}. */
  readonly ahead?: number;
}

/** `arrivedBy`: the dataset over which a job was reached, where pairs matter; absent at a root. */
export interface FrontierEntry {
  readonly node: NodeId;
  readonly arrivedBy?: NodeId;
}

/** One edge one hop from the frontier with every assertion row that holds, strongest first. Ends are canonical ids. */
export interface ExpandedEdge {
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  /** The entry of the frontier it starts from (index), since a job may stand in it once for each arrivedBy. */
  readonly entry: number;
  readonly rows: readonly EdgeRow[];
  /**
   * False where the neighbour is a job not restricted to pairs: what it conducts does not depend on how it was reached, so
   * one entry for it is enough. Absent or true: the caller hands `arrivedBy`, one entry for each dataset that leads to it.
   */
  readonly restricted?: boolean;
  /**
   * Names of a job, sorted, under which it conducts without any statement of both sides. On an edge to a job that is not
   * restricted this concerns whatever it leads to; on an edge from a job with `arrivedBy`, this edge, which no pair
   * leads over. Absent where there are none, and where `rows` were not asked for.
   */
  readonly inferred?: readonly NodeId[];
}

/** In a stable order: by entry, then by the neighbour's NodeId, then by kind. */
export interface Expansion {
  readonly edges: readonly ExpandedEdge[];
  readonly truncated: boolean;
  /** All edges of some nodes behind the frontier, each as if it were a frontier of its own without `arrivedBy`. */
  readonly ahead?: ReadonlyMap<NodeId, readonly ExpandedEdge[]>;
}
