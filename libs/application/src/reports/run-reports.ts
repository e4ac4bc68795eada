import { createHash } from 'node:crypto';
import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Clock, IdSource } from '@headwater/domain/ports';
import {
  SCOPE_OF_KIND,
  type ClaimedReport,
  type ReportFailure,
  type ReportFile,
  type ReportStore,
  type ReportWork,
} from '@headwater/domain/reports/report';
import { contentJson } from '@headwater/domain/reports/report-content';
import { MICROS_PER_SECOND, type Micros } from '@headwater/domain/time';
import type { CurrentRights } from '../access/current-rights.js';
import { WRITERS, type ReadRows, type WrittenFile } from './report-files.js';
import { beginningOf, headOf, stepOf } from './report-kinds.js';
import type { ReportSources } from './report-producer.js';

const LOOK_EVERY_MS = 5_000;
/** What nobody writes to for so long has lost the process that worked on it. */
const LEASE = 30 * MICROS_PER_SECOND;
/** Before what failed for a passing reason is tried again. */
const PAUSE = 10 * MICROS_PER_SECOND;
/** What does not come further in so many attempts never will: whatever it is that ends the process each time. */
const MOST_ATTEMPTS = 20;
const WAIT_MS = 50;
const ROWS_AT_ONCE = 1_000;
const CHUNK_BYTES = 256 * 1024;

export interface RunReportsPorts {
  readonly reports: ReportStore;
  /** What somebody may read. */
  readonly sourcesOf: (by: Principal) => ReportSources;
  /** What those who asked may do by now. */
  readonly rights: Pick<CurrentRights, 'of'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** How long a report is kept once it is made. */
  readonly retention: Micros;
  /** Of work that failed. */
  readonly onError: (error: unknown) => void;
}

/**
 * Makes reports, one at a time in this process: reads their rows, then writes their files, each step kept where another
 * process finds it. A report whose process is gone is taken up where that was. A report never tells more than who asked
 * for it may see while it is made: it begins anew where they see other namespaces than at its beginning.
 */
export class RunReports {
  #working: Promise<void> | null = null;
  #isAskedAgain = false;
  #looking: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(private readonly ports: RunReportsPorts) {}

  /** Looks for reports now and from time to time. */
  start(): void {
    this.look();
    this.#looking = setInterval(() => {
      this.look();
    }, LOOK_EVERY_MS).unref();
  }

  /** Works on whatever report is there to be made. */
  look(): void {
    if (this.#isClosed) return;
    this.#isAskedAgain = true;
    this.#working ??= this.#workOff().finally(() => (this.#working = null));
  }

  /** Ends with the step at hand; another process goes on from there. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#looking);
    await this.#working;
  }

  /** Makes one report that nobody works on; false where there is none. */
  async runOne(): Promise<boolean> {
    const { reports, clock, ids } = this.ports;
    const now = clock.now();
    const claimed = await reports.claim(ids.uuid(), now, now + LEASE);
    if (claimed === null) return false;
    try {
      if (claimed.attempts > MOST_ATTEMPTS) await this.#fail(claimed, 'GAVE_UP');
      else await this.#make(claimed);
    } catch (error) {
      await this.#settle(claimed, error);
    }
    return true;
  }

  async #runNext(): Promise<boolean> {
    return !this.#isClosed && (await this.runOne());
  }

  async #workOff(): Promise<void> {
    const { reports, clock, onError } = this.ports;
    try {
      while (this.#isAskedAgain) {
        this.#isAskedAgain = false;
        while (await this.#runNext());
        await reports.sweep(clock.now());
      }
    } catch (error) {
      onError(error);
    }
  }

  async #make(claimed: ClaimedReport): Promise<void> {
    const { rights } = this.ports;
    const { report } = claimed;
    const by = await rights.of(report.by.id, report.standing);
    if (by?.may(SCOPE_OF_KIND[report.subject.kind]) !== true) {
      await this.#fail(claimed, 'NOT_ALLOWED');
      return;
    }
    const sources = this.ports.sourcesOf(by);
    if (!(await this.#isReadable(claimed, sources))) return this.#giveBack(claimed);
    const { sets: sees } = by.where('catalog:read');
    let { work } = claimed;
    if (work !== null && JSON.stringify(work.sees) !== JSON.stringify(sees)) work = null;
    if (work === null) {
      await this.ports.reports.restart(claimed);
      work = { sees, isRead: false, count: 0, state: beginningOf(report.subject) };
    }
    const read = await this.#read(claimed, sources, work);
    if (read === null) return this.#giveBack(claimed);
    await this.#write(claimed, read);
  }

  /** Null where this was closed before all rows were there. */
  async #read(claimed: ClaimedReport, sources: ReportSources, begun: ReportWork): Promise<ReportWork | null> {
    const { reports } = this.ports;
    const { subject, knownAt } = claimed.report;
    let work = begun;
    while (!work.isRead) {
      if (this.#isClosed) return null;
      const { rows, next, progress } = await stepOf(sources, subject, knownAt, work.state);
      work = { ...work, isRead: next === null, count: work.count + rows.length, state: next };
      // Reading is most of the work; what is left is to write.
      await reports.keep(claimed, rows, work, progress * READING);
      await this.#hold(claimed);
    }
    return work;
  }

  async #write(claimed: ClaimedReport, { sees }: ReportWork): Promise<void> {
    const { reports, clock, ids, retention } = this.ports;
    const { id, subject, knownAt, formats, by } = claimed.report;
    const head = headOf(subject, knownAt, sees);
    const rowsOf: ReadRows = (section) => this.#rows(claimed, section);
    const content = createHash('sha256');
    for await (const part of contentJson(head, rowsOf)) content.update(part);
    const digest = content.digest('hex');
    const files: ReportFile[] = [];
    for (const format of formats)
      for await (const file of WRITERS[format](head, rowsOf)) {
        const { name, mediaType } = file;
        files.push({ name, format, mediaType, ...(await this.#writeFile(claimed, files.length, file)) });
      }
    const at = clock.now();
    await reports.finish(
      claimed,
      { digest, files, at, expiresAt: at + retention },
      {
        ...{ id: ids.uuid(), at, actor: by.id, address: null },
        detail: { type: 'REPORT_MADE', report: id, kind: subject.kind, digest },
      },
    );
  }

  async #writeFile(
    claimed: ClaimedReport,
    number: number,
    { content }: WrittenFile,
  ): Promise<Pick<ReportFile, 'bytes' | 'sha256'>> {
    const { reports } = this.ports;
    await reports.beginFile(claimed, number);
    const sha256 = createHash('sha256');
    let bytes = 0;
    let n = 0;
    for await (const chunk of chunksOf(content, CHUNK_BYTES)) {
      if (this.#isClosed) throw new HeadwaterError('UNAVAILABLE', 'The process ends', { reason: CLOSED });
      await reports.writeChunk(claimed, number, n, chunk);
      await this.#hold(claimed);
      sha256.update(chunk);
      bytes += chunk.length;
      n += 1;
    }
    return { bytes, sha256: sha256.digest('hex') };
  }

  async *#rows(claimed: ClaimedReport, section: number): ReturnType<ReadRows> {
    const { reports } = this.ports;
    for (let after: Parameters<ReportStore['rows']>[2] = null; ;) {
      const rows = await reports.rows(claimed.report.id, section, after, ROWS_AT_ONCE);
      yield rows.map(({ cells }) => cells);
      const last = rows.at(-1);
      if (last === undefined || rows.length < ROWS_AT_ONCE) return;
      after = last;
      await this.#hold(claimed);
    }
  }

  /** However far the catalog is behind. False once this is closed. */
  async #isReadable(claimed: ClaimedReport, { catalog }: ReportSources): Promise<boolean> {
    let heldAt = this.ports.clock.now();
    while (!this.#isClosed) {
      if ((await catalog.status()).position >= claimed.position) return true;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      if (this.ports.clock.now() - heldAt < LEASE / 4) continue;
      await this.#hold(claimed);
      heldAt = this.ports.clock.now();
    }
    return false;
  }

  #hold(claimed: ClaimedReport): Promise<void> {
    return this.ports.reports.hold(claimed, this.ports.clock.now() + LEASE);
  }

  #giveBack(claimed: ClaimedReport): Promise<void> {
    return this.ports.reports.release(claimed, 0);
  }

  #fail(claimed: ClaimedReport, failure: ReportFailure): Promise<void> {
    const { reports, clock, retention } = this.ports;
    const at = clock.now();
    return reports.fail(claimed, failure, at, at + retention);
  }

  /** What becomes of a report whose work failed. */
  async #settle(claimed: ClaimedReport, error: unknown): Promise<void> {
    const { reports, clock, onError } = this.ports;
    const { category, reason } = error instanceof HeadwaterError ? error : NO_REASON;
    // Deleted, or taken up by another, who thought that this process was gone.
    if (reason === 'REPORT_LOST') return;
    if (reason === CLOSED) return this.#giveBack(claimed);
    onError(error);
    if (reason === 'STORE_DISK_FULL') return this.#fail(claimed, 'STORE_FULL');
    if (category !== 'UNAVAILABLE') return this.#fail(claimed, 'INTERNAL');
    return reports.release(claimed, clock.now() + PAUSE);
  }
}

/** How much of the progress is reading. */
const READING = 0.8;
const CLOSED = 'RUNNER_CLOSED';
const NO_REASON = { category: 'INTERNAL', reason: undefined } as const;

/** The same bytes in pieces of one size, but for the last. */
async function* chunksOf(parts: AsyncIterable<Uint8Array | string>, size: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    held.push(bytes);
    length += bytes.length;
    if (length < size) continue;
    const all = Buffer.concat(held);
    let at = 0;
    for (; at + size <= all.length; at += size) yield all.subarray(at, at + size);
    held = [all.subarray(at)];
    length = all.length - at;
  }
  if (length > 0) yield Buffer.concat(held);
}
