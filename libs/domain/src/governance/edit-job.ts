import type { Standing } from '../access/principal.js';
import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import type { Micros } from '../time.js';
import type { FactEdit } from './asset-edit.js';
import type { EditHead } from './edit-head.js';

/** What a job does to each of its assets, whichever they are. */
export type WantedChange = Pick<FactEdit, 'action' | 'kind' | 'value' | 'detail'>;

/** Edits of many assets that were asked for at once. */
export interface NewEditJob {
  /** 32 hexadecimal digits; the edits of the job are told from all others by it. */
  readonly id: string;
  readonly kind: 'EDITS' | 'HAND_OVER' | 'IMPORT';
  readonly by: EditHead['by'];
  /** What the rights of who asked follow from; null or absent: from their id. */
  readonly standing?: Standing | null;
  readonly reason: string | null;
  /** What was asked for; of a HAND_OVER one change that takes from somebody and one that gives to somebody, of an IMPORT nothing. */
  readonly changes: readonly WantedChange[];
  readonly startedAt: Micros;
}

export interface EditJob extends NewEditJob {
  /** Null while it goes on. */
  readonly endedAt: Micros | null;
  readonly total: number;
  readonly made: number;
  readonly refused: number;
}

/** What a job does to one asset, in one edit of its own. */
export interface PlannedEdit {
  readonly asset: NodeId;
  /** As in {@link EditHead.expected}. */
  readonly expected: number | null;
  readonly changes: readonly FactEdit[];
}

export type JobEditState = 'WAITING' | 'MADE' | 'REFUSED';

export interface JobEdit extends PlannedEdit {
  /** Its place in the job, from 0. */
  readonly n: number;
  readonly state: JobEditState;
  /** Where the edit is in the log; null while it is not there. */
  readonly position: number | null;
  /** Of REFUSED: the code of the finding that says why, or {@link NOT_ALLOWED}. */
  readonly verdict: string | null;
}

/** The verdict on an edit that is not in the log, since who asked for it may not make it any more. */
export const NOT_ALLOWED = 'EDIT_NOT_ALLOWED';

/** What became of one edit of a job. */
export interface SettledEdit {
  readonly n: number;
  /** Null: it is not in the log. */
  readonly position: number | null;
  /** Null: it was made. */
  readonly verdict: string | null;
}

export interface JobFilter {
  /** Those of one caller; null: everybody's. */
  readonly actor: string | null;
}

/** Jobs and how far they are; any number of processes work on them. Every method throws UNAVAILABLE when the store is away. */
export interface EditJobStore {
  /** Durable when it resolves. False where there is a job with this id already, which stays as it is. */
  create(job: NewEditJob, edits: readonly PlannedEdit[]): Promise<boolean>;
  job(id: string): Promise<EditJob | null>;
  /** The latest first. */
  jobs(filter: JobFilter, page: PageRequest): Promise<Page<EditJob>>;
  /** Edits of a job in its order, of all states or of one: at most `most` behind the first `skip`. */
  edits(id: string, state: JobEditState | null, skip: number, most: number): Promise<readonly JobEdit[]>;
  /** Says what became of edits. What is settled stays so; the job ends with its last one. */
  settle(id: string, settled: readonly SettledEdit[], at: Micros): Promise<void>;
  /** Jobs that go on and of which nothing was settled since then, the oldest first. */
  stalled(since: Micros): Promise<readonly string[]>;
  /** Forgets jobs that ended before then. */
  sweep(before: Micros): Promise<void>;
}
