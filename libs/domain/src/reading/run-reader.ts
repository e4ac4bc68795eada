import type { NamespaceRule } from '../access/namespace-rule.js';
import type { DatasetVersionRow, RunRow, VersionLinkRow } from '../catalog.js';
import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import type { RunClock, RunState, UsualRun } from '../run-state.js';
import type { Micros } from '../time.js';

/** A version with how the run came to it: evidence and gap are the link's. */
export interface RunVersion {
  readonly version: DatasetVersionRow;
  readonly link: Pick<VersionLinkRow, 'role' | 'evidence' | 'gap' | 'at'>;
}

/** A run that used or generated a version. */
export interface VersionRun {
  readonly run: RunRow;
  readonly link: Pick<VersionLinkRow, 'role' | 'evidence' | 'gap' | 'at'>;
}

/** A dataset of which is not known what a run read of it. */
export interface DatasetGap {
  readonly datasetId: NodeId;
  readonly gap: NonNullable<VersionLinkRow['gap']>;
}

/** Every given member must hold; an empty list excludes nothing. The clock tells states and lateness. */
export interface RunFilter extends RunClock {
  readonly states?: readonly RunState[];
  /** Namespaces of the job, exactly as they are written. */
  readonly namespaces?: readonly string[];
  /** Runs of this job, under any of its names. */
  readonly job?: NodeId;
  readonly isLate?: boolean;
  /** Effective time of the latest event, [since, until). */
  readonly since?: Micros;
  readonly until?: Micros;
  /** Leaves out runs of jobs in other namespaces. */
  readonly within?: NamespaceRule;
}

export interface RunReader {
  runs(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, RunRow>>;
  /** Every run with that UUID (any case), by id: jobs may share one. */
  runsByUuid(uuids: readonly string[]): Promise<ReadonlyMap<string, readonly RunRow[]>>;
  /** Runs of each job, newest first event first. */
  runsOfJobs(jobs: readonly NodeId[], page: PageRequest): Promise<ReadonlyMap<NodeId, Page<RunRow>>>;
  /** The run with the newest first event of each job; placeholders only where there is nothing else. */
  latestRuns(jobs: readonly NodeId[]): Promise<ReadonlyMap<NodeId, RunRow>>;
  /** Runs whose parent is that run, newest first. */
  childRuns(runs: readonly NodeId[], page: PageRequest): Promise<ReadonlyMap<NodeId, Page<RunRow>>>;
  /** Runs of any job, newest latest event first. */
  findRuns(filter: RunFilter, page: PageRequest): Promise<Page<RunRow>>;
  /** What is usual for each job, by the runs under exactly this id; absent where too few have completed. */
  usualRuns(jobs: readonly NodeId[]): Promise<ReadonlyMap<NodeId, UsualRun>>;
}

export interface VersionReader {
  versions(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, DatasetVersionRow>>;
  /** Versions of each dataset, newest first. */
  versionsOfDatasets(
    datasets: readonly NodeId[],
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<DatasetVersionRow>>>;
  /** What each run used or generated as known at `knownAt`, by version id. */
  versionsOfRuns(
    runs: readonly NodeId[],
    role: VersionLinkRow['role'],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<RunVersion>>>;
  /** What is not known, as of `knownAt`, of the datasets that each run read, by dataset id. */
  gapsOfRuns(
    runs: readonly NodeId[],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<DatasetGap>>>;
  /** Which runs used or generated each version as known at `knownAt`, newest first. */
  runsOfVersions(
    versions: readonly NodeId[],
    role: VersionLinkRow['role'],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<VersionRun>>>;
}
