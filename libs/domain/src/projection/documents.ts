import type { FactRow, SchemaVersionRow } from '../catalog.js';
import type { EdgeEvidence } from '../graph.js';
import type { NodeId, NodeKey } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { Span } from './edge-intervals.js';
import type { HistoryPlace } from './job-cycles.js';
import type { RunRecord } from './run-record.js';
import type { JobNature, LifecycleChange, Stamp } from './statements.js';
import type { TimelineTail, ValueSpans } from './timeline.js';
import type { Withdrawal } from './withdrawals.js';

/** A derived row that is open in record time: enough to close it. Tuples keep the stored JSON small. */
export type OpenRow = readonly [rowId: string, from: Micros, to: Micros | null];

/** One JobEvent or DatasetEvent's statement of lineage. */
export interface Declaration {
  readonly stamp: Stamp;
  readonly producerKey: string;
  readonly contribution: string;
  readonly evidence: Extract<EdgeEvidence, 'OBSERVED' | 'DECLARED'>;
}

export interface LifecycleMark {
  readonly stamp: Stamp;
  readonly change: LifecycleChange;
  /** RENAME: the old name, for the new one; the new name, for the old one (`isOld`). */
  readonly other: NodeId | null;
  readonly isOld: boolean;
}

/** While a job only repeats itself, nothing has to be derived: what "repeats" means, as of the last derivation. */
export interface StableLineage {
  /** The first entry of the last cycle: from here on every open edge is open already. */
  since: HistoryPlace;
  /** Where some run ends only by being superseded, the run that started last: any other could be the one to do it. */
  onlyRun: NodeId | null;
  /** Parent runs of earlier cycles that a run from then on could still join. */
  parents: NodeId[];
  /** How many edges are open by observation. */
  openEdges: number;
  /** Whether both sides have been named together by the last cycle. */
  isTwoSided: boolean;
  /** How many further cycles may miss edges or pairs before one could lapse. */
  missesLeft: number;
  /** Edges and pairs that would be open, were it not for a deletion by an edit: keys as in the document. */
  hidden: Record<string, true>;
  /** Contributions of a run that were found to show only what is open -> whether they may miss something (1) or not (0). */
  seen: Record<string, number>;
}

/** State of the projection of one dataset or job. Plain JSON. */
export interface NodeDocument {
  id: NodeId;
  kind: 'DATASET' | 'JOB';
  namespace: string;
  name: string;
  displayName: string;
  /** Earliest and latest effective time of an event that names it. */
  firstAt: Micros;
  lastAt: Micros;
  version: number;
  /** Position of the latest edit that was applied; 0 for none. */
  editPosition: number;
  /** No event of its own yet, only references (a parent, a dependency): a placeholder. */
  referencedOnly: boolean;
  /** Only DROPs of it are known: no asset and no node (rule 24). */
  isGhost: boolean;
  type: { stamp: Stamp; value: string } | null;
  parent: { stamp: Stamp; job: NodeId } | null;
  nature: { stamp: Stamp; value: JobNature } | null;
  /** `${name}|${producerKey}` -> what holds; hash '' is deleted. */
  facets: Record<string, { stamp: Stamp; hash: string }>;
  /** `${slot}|${producerKey}` */
  tails: Record<string, TimelineTail>;
  /** Open fact rows by `${slot}|${producerKey}` and content key. */
  facts: Record<string, { row: FactRow; open: OpenRow[] }>;
  /** Open schema rows by `${slot}|${producerKey}|${hash}`. */
  schemas: Record<string, { row: Omit<SchemaVersionRow, 'fields'>; open: OpenRow[] }>;
  hasAuthoritativeSchema: boolean;
  /** Facts that edits took away. */
  withdrawn: Withdrawal[];
  /** Datasets: fields by JSON path; hash of the row as last written. */
  fields: Record<string, string>;
  consumers: number;
  lifecycle: LifecycleMark[];
  /** Latest effective time at which an event wrote it or created it. */
  lastWriteAt: Micros | null;
  /** DROPs that end edges now (not TRANSIENT), and jobs to look at again when they change. */
  effectiveDrops: Micros[];
  /** While it was deleted by edits, in their order; only the last may be open. */
  deletions: Span[];
  declarations: Declaration[];
  /** Open edge rows: assertion key -> rows. */
  edges: Record<string, { from: NodeId; to: NodeId; open: OpenRow[] }>;
  pairs: Record<string, { input: NodeId; output: NodeId; open: OpenRow[] }>;
  restriction: OpenRow | null;
  /** While the job conducts without a statement of both sides. */
  inferred: OpenRow | null;
  stable: StableLineage | null;
  /** Hash of what search shows of it, so that an unchanged asset is not indexed again. */
  searchHash: string;
  /** Datasets with a DROP whose fate this job's next cycles decide. */
  dropWatch: NodeId[];
}

export interface RunDocument {
  id: NodeId;
  runId: string;
  originalRunId: string;
  job: NodeId;
  record: RunRecord;
  /** Effective time at which a child first named it; what a placeholder shows. */
  namedAt: Micros | null;
  version: number;
  /** Contributions as last derived: window -> producerKey -> hash. */
  contributions: Record<string, Record<string, string>>;
  /** The open PARENT row. */
  parentRow: { parent: NodeId; producerKey: string; row: OpenRow } | null;
  /** Open version links: `${role}|${versionId}`, or `GAP|${datasetId}` without a version -> row and what it says. */
  links: Record<
    string,
    {
      dataset: NodeId;
      evidence: EdgeEvidence;
      gap: 'AMBIGUOUS' | null;
      producerKey: string;
      row: OpenRow;
    }
  >;
}

/** What one subject (a run, or one run-less event under its own key) says of one node. */
export interface MentionDocument {
  readonly subjectKey: NodeKey;
  readonly nodeKey: NodeKey;
  readonly node: NodeId;
  readonly side: 'READ' | 'WRITE' | 'SELF';
  /** The run; null for run-less events. */
  readonly run: NodeId | null;
  /** Values of the `version` facet. */
  versions: string[];
  /** `${slot}|${producerKey}` */
  timelines: Record<string, ValueSpans>;
}

/** The part of a node's document that seldom changes and is stored apart. */
export type NodeDetail = Pick<
  NodeDocument,
  'facts' | 'withdrawn' | 'schemas' | 'fields' | 'edges' | 'pairs' | 'declarations'
>;

/** A document as it is stored: what changes with every event, and the detail. */
export function splitNodeDocument(document: NodeDocument): {
  readonly head: Omit<NodeDocument, keyof NodeDetail>;
  readonly detail: NodeDetail;
} {
  const { facts, withdrawn, schemas, fields, edges, pairs, declarations, ...head } = document;
  return { head, detail: { facts, withdrawn, schemas, fields, edges, pairs, declarations } };
}

export function newNodeDocument(
  asset: Pick<NodeDocument, 'id' | 'kind' | 'namespace' | 'name' | 'displayName'>,
  at: Micros,
): NodeDocument {
  return {
    id: asset.id,
    kind: asset.kind,
    namespace: asset.namespace,
    name: asset.name,
    displayName: asset.displayName,
    firstAt: at,
    lastAt: at,
    version: 0,
    editPosition: 0,
    referencedOnly: true,
    isGhost: true,
    type: null,
    parent: null,
    nature: null,
    facets: {},
    tails: {},
    facts: {},
    withdrawn: [],
    schemas: {},
    hasAuthoritativeSchema: false,
    fields: {},
    consumers: 0,
    lifecycle: [],
    lastWriteAt: null,
    effectiveDrops: [],
    deletions: [],
    declarations: [],
    edges: {},
    pairs: {},
    restriction: null,
    inferred: null,
    stable: null,
    searchHash: '',
    dropWatch: [],
  };
}

/** A run's datasets on either side, whoever of its producers names them. */
export function datasetsOf(document: RunDocument): {
  readonly reads: readonly NodeId[];
  readonly writes: readonly NodeId[];
} {
  const parts = Object.values(document.record.windows).flatMap((window) => Object.values(window.parts));
  return {
    reads: [...new Set(parts.flatMap((part) => part.reads))].sort(),
    writes: [...new Set(parts.flatMap((part) => part.writes))].sort(),
  };
}

export function spanOf(row: OpenRow): Span {
  return { from: row[1], to: row[2] };
}
