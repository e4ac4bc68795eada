import type { ValidTime } from './graph.js';
import type { NodeId } from './identifiers.js';
import type { ReadTime } from './reading/read-time.js';
import type { Micros } from './time.js';

/**
 * What the catalog knows about where a traversal begins. Datasets and jobs are given by canonical id, answers are ids
 * as the graph holds them, in a stable order; an unknown dataset or job has none.
 */
export interface LineageRoots {
  /** The fields of the schema that holds then, in schema order. */
  fieldsOf(dataset: NodeId, valid: ValidTime, knownAt: Micros): Promise<readonly NodeId[]>;
  /** The versions that exist then, latest first. */
  versionsOf(dataset: NodeId, valid: ValidTime, knownAt: Micros): Promise<readonly NodeId[]>;
  /** The job's latest run then, or its latest runs where several stand side by side, latest first. */
  runsOf(job: NodeId, valid: ValidTime, knownAt: Micros): Promise<readonly NodeId[]>;
  /** Every run with this UUID (lower case), whatever its job. */
  runsByBareId(uuid: string): Promise<readonly NodeId[]>;
}

/** Who answers for an asset, and as what. */
export interface Owner {
  readonly agent: NodeId;
  readonly role: string;
}

/** Owners and domains as facts, edits and rules state them. */
export interface OwnersOf {
  /** Effective owners of many datasets and jobs in one call; an id without owners may be absent. */
  ownersOf(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, readonly Owner[]>>;
  /** The domain of each of many datasets and jobs; an id in none is absent. */
  domainsOf(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, NodeId>>;
}
