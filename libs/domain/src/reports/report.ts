import type { AccessEvent } from '../access/access-event.js';
import type { NamespaceRule } from '../access/namespace-rule.js';
import type { Standing } from '../access/principal.js';
import type { Scope } from '../access/scopes.js';
import type { EditHead } from '../governance/edit-head.js';
import type { Page, PageRequest } from '../page.js';
import type { Micros } from '../time.js';
import type { ReportRow } from './report-content.js';
import type { ReportKind } from './report-kind.js';
import type { ReportSubject } from './report-subject.js';

/** What asks for a report of the kind must have. */
export const SCOPE_OF_KIND: Readonly<Record<ReportKind, Scope>> = {
  GOVERNANCE_COVERAGE: 'catalog:read',
  ACCESS: 'audit:read',
};

export const REPORT_FORMATS = ['JSON', 'CSV'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export type ReportState = 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';

/** Why a report was not made. STORE_FULL: nothing more could be written; NOT_ALLOWED: who asked may not have it any more. */
export type ReportFailure = 'STORE_FULL' | 'NOT_ALLOWED' | 'GAVE_UP' | 'INTERNAL';

export interface NewReport {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly subject: ReportSubject;
  readonly formats: readonly ReportFormat[];
  readonly by: EditHead['by'];
  /** SHA-256 of all that was asked for, hex. */
  readonly request: string;
  /** As of a job of edits. */
  readonly standing: Standing | null;
  readonly requestedAt: Micros;
  /** Record time of what it tells; null: as of its request. Never later than that. */
  readonly knownAt: Micros | null;
}

/** A part of a finished report that is downloaded by itself. */
export interface ReportFile {
  readonly name: string;
  readonly format: ReportFormat;
  readonly mediaType: string;
  readonly bytes: number;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
}

export interface Report extends NewReport {
  readonly knownAt: Micros;
  readonly state: ReportState;
  /** From 0 to 1. */
  readonly progress: number;
  /** Of FAILED. */
  readonly failure: ReportFailure | null;
  /** SHA-256 of the content as RFC 8785 writes it, hex; null before DONE. */
  readonly digest: string | null;
  readonly endedAt: Micros | null;
  /** When it is forgotten; null while it is being made. */
  readonly expiresAt: Micros | null;
  /** None before DONE. */
  readonly files: readonly ReportFile[];
}

/** What one process works on, for as long as nobody else took it up. */
export interface ClaimedReport {
  readonly report: Report;
  readonly holder: string;
  /** What the catalog must have: the last event that was in the log when the report was asked for. */
  readonly position: number;
  /** How often it was taken up since it last came further, this time with it. */
  readonly attempts: number;
  /** Where the work stands; null at its beginning. */
  readonly work: ReportWork | null;
}

/** How far the content is. Plain JSON. */
export interface ReportWork {
  /** The namespaces that who asked saw when it began; null: all. */
  readonly sees: NamespaceRule['sets'];
  /** Whether all rows are there; what is left is to write them as files. */
  readonly isRead: boolean;
  /** How many rows there are so far. */
  readonly count: number;
  /** What the producer of the kind goes on from. */
  readonly state: unknown;
}

export interface ReportFilter {
  /** Those of one caller; null: everybody's. */
  readonly actor: string | null;
}

/**
 * Reports, their rows while they are made, and their files; any number of processes work on them. What a process writes
 * counts only while it holds the report: else CONFLICT (REPORT_LOST). Every method throws UNAVAILABLE when the store is
 * away, with the reason STORE_DISK_FULL where it cannot take more.
 */
export interface ReportStore {
  /** Durable with its line of audit when it resolves; the one that is there already where its id was used. */
  create(report: NewReport, line: AccessEvent): Promise<Report>;
  report(id: string): Promise<Report | null>;
  /** The latest first. */
  reports(filter: ReportFilter, page: PageRequest): Promise<Page<Report>>;
  /** Takes up a report that nobody holds any more, the oldest first, until then; null where there is none. */
  claim(holder: string, now: Micros, until: Micros): Promise<ClaimedReport | null>;
  /** Keeps the lease until then. */
  hold(claimed: ClaimedReport, until: Micros): Promise<void>;
  /** Gives it back, to be taken up from then on. */
  release(claimed: ClaimedReport, from: Micros): Promise<void>;
  /** Forgets what was made of it so far. */
  restart(claimed: ClaimedReport): Promise<void>;
  /** Adds rows and says where the work stands, both or neither. */
  keep(claimed: ClaimedReport, rows: readonly ReportRow[], work: ReportWork, progress: number): Promise<void>;
  /** Rows of a section in their order: at most `most` behind the place, which is of the last one before. */
  rows(id: string, section: number, after: RowPlace | null, most: number): Promise<readonly PlacedRow[]>;
  /** Begins a file anew. */
  beginFile(claimed: ClaimedReport, file: number): Promise<void>;
  /** The next bytes of a file; `n` counts from 0. */
  writeChunk(claimed: ClaimedReport, file: number, n: number, bytes: Uint8Array): Promise<void>;
  /** All files are there: with the line of audit, the report is DONE. */
  finish(claimed: ClaimedReport, done: FinishedReport, line: AccessEvent): Promise<void>;
  fail(claimed: ClaimedReport, failure: ReportFailure, at: Micros, expiresAt: Micros): Promise<void>;
  /** A FAILED one goes on where it was; false where it is not FAILED. */
  retry(id: string): Promise<boolean>;
  /** Bytes of a file of a report that is DONE; null behind the last. */
  chunk(id: string, file: number, n: number): Promise<Uint8Array | null>;
  /** Writes a line of audit and nothing else. */
  note(line: AccessEvent): Promise<void>;
  /** Forgets it, whether it is DONE or not; false where it is not there. */
  remove(id: string, line: AccessEvent): Promise<boolean>;
  /** Forgets what has expired by then. */
  sweep(now: Micros): Promise<void>;
}

/** Where a row stands in its section. */
export interface RowPlace {
  /** Opaque. */
  readonly sort: string;
  readonly n: number;
}

export interface PlacedRow extends RowPlace {
  readonly cells: ReportRow['cells'];
}

export interface FinishedReport {
  readonly digest: string;
  readonly files: readonly ReportFile[];
  readonly at: Micros;
  readonly expiresAt: Micros;
}
