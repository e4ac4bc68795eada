import type { AccessEvent } from '@headwater/domain/access/access-event';
import { HeadwaterError } from '@headwater/domain/errors';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type {
  ClaimedReport,
  FinishedReport,
  NewReport,
  PlacedRow,
  Report,
  ReportFailure,
  ReportFilter,
  ReportStore,
  ReportWork,
  RowPlace,
} from '@headwater/domain/reports/report';
import type { ReportRow } from '@headwater/domain/reports/report-content';
import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { appendAccessEvent } from '../access/append-access-event.js';
import { pageOf, storable, wholeNumber } from '../catalog/pages.js';
import type { PostgresEventLog } from '../log/postgres-event-log.js';
import { translatePostgresError } from '../postgres-error.js';
import * as statements from './report-statements.js';

const LIST_NAME = 'reports';
/** An index of PostgreSQL takes entries of a third of a page. */
const MOST_SORT_BYTES = 1_000;

interface ReportColumns extends Omit<Report, 'by'> {
  readonly actor: string;
  readonly actorName: string;
}

interface ClaimColumns extends ReportColumns {
  readonly position: number;
  readonly attempts: number;
  readonly work: ReportWork | null;
}

/** Reports in the tables of `prisma/reports.prisma`, beside the log that their lines of audit go to. */
export class PostgresReportStore implements ReportStore {
  constructor(
    private readonly pool: pg.Pool,
    private readonly log: Pick<PostgresEventLog, 'appendWithin'>,
  ) {}

  async create(report: NewReport, line: AccessEvent): Promise<Report> {
    const { id, subject, formats, by, standing, requestedAt, knownAt, request } = report;
    await this.#transaction(async (client) => {
      // The same request at the same time waits for this one.
      await client.query(statements.LOCK, [id]);
      if ((await client.query(statements.REPORT, [id])).rows.length > 0) return;
      const position = await appendAccessEvent(client, this.log, line);
      const values = [JSON.stringify(subject), formats, by.id, by.name, standing && JSON.stringify(standing)];
      await client.query(statements.CREATE, [id, ...values, requestedAt, knownAt, position, request]);
    });
    const made = await this.report(id);
    if (made === null) throw new HeadwaterError('INTERNAL', 'A report that was just asked for is not there');
    return made;
  }

  async report(id: string): Promise<Report | null> {
    if (storable([id]).length === 0) return null;
    const [row] = await this.#rows<ReportColumns>(statements.REPORT, [id]);
    return row === undefined ? null : toReport(row);
  }

  async reports({ actor }: ReportFilter, page: PageRequest): Promise<Page<Report>> {
    checkFirst(page.first);
    const [at, id] = page.after === null ? [null, '~'] : decodeCursor(LIST_NAME, page.after, ['number', 'string']);
    const values = [wholeNumber(at), String(id), actor, page.first + 1];
    const rows = await this.#rows<ReportColumns>(statements.REPORTS, values);
    return pageOf(rows, page.first, (row) => encodeCursor(LIST_NAME, [row.requestedAt, row.id]), toReport);
  }

  async claim(holder: string, now: Micros, until: Micros): Promise<ClaimedReport | null> {
    const [row] = await this.#rows<ClaimColumns>(statements.CLAIM, [holder, now, until]);
    if (row === undefined) return null;
    const { position, attempts, work, ...columns } = row;
    return { report: toReport(columns), holder, position, attempts, work };
  }

  async hold({ report: { id }, holder }: ClaimedReport, until: Micros): Promise<void> {
    if ((await this.#count(statements.HOLD, [id, holder, until])) === 0) throw lost();
  }

  async release({ report: { id }, holder }: ClaimedReport, from: Micros): Promise<void> {
    await this.#count(statements.RELEASE, [id, holder, from]);
  }

  restart(claimed: ClaimedReport): Promise<void> {
    return this.#whileHeld(claimed, async (client, id) => {
      await client.query(statements.FORGET_ROWS, [id]);
      await client.query(statements.FORGET_CHUNKS, [id, null]);
      await client.query(statements.RESTART, [id]);
    });
  }

  keep(claimed: ClaimedReport, rows: readonly ReportRow[], work: ReportWork, progress: number): Promise<void> {
    return this.#whileHeld(claimed, async (client, id) => {
      const written = rows.map(({ section, sort, cells }) => ({ section, sort: hexOf(sort), cells }));
      const first = work.count - rows.length;
      if (rows.length > 0) await client.query(statements.ADD_ROWS, [id, JSON.stringify(written), first]);
      await client.query(statements.WORK, [id, JSON.stringify(work), progress]);
    });
  }

  rows(id: string, section: number, after: RowPlace | null, most: number): Promise<readonly PlacedRow[]> {
    return this.#rows<PlacedRow>(statements.ROWS, [id, section, after?.sort ?? '', after?.n ?? -1, most]);
  }

  beginFile(claimed: ClaimedReport, file: number): Promise<void> {
    return this.#whileHeld(claimed, async (client, id) => {
      await client.query(statements.FORGET_CHUNKS, [id, file]);
    });
  }

  writeChunk(claimed: ClaimedReport, file: number, n: number, bytes: Uint8Array): Promise<void> {
    return this.#whileHeld(claimed, async (client, id) => {
      await client.query(statements.ADD_CHUNK, [id, file, n, Buffer.from(bytes)]);
    });
  }

  finish(claimed: ClaimedReport, { digest, files, at, expiresAt }: FinishedReport, line: AccessEvent): Promise<void> {
    return this.#whileHeld(claimed, async (client, id) => {
      await client.query(statements.FORGET_FILES, [id]);
      await client.query(statements.ADD_FILES, [id, JSON.stringify(files)]);
      await client.query(statements.FORGET_ROWS, [id]);
      await client.query(statements.FINISH, [id, digest, at, expiresAt]);
      await appendAccessEvent(client, this.log, line);
    });
  }

  async fail({ report: { id }, holder }: ClaimedReport, failure: ReportFailure, at: Micros, expiresAt: Micros) {
    await this.#count(statements.FAIL, [id, holder, failure, at, expiresAt]);
  }

  async retry(id: string): Promise<boolean> {
    return storable([id]).length > 0 && (await this.#count(statements.RETRY, [id])) > 0;
  }

  async chunk(id: string, file: number, n: number): Promise<Uint8Array | null> {
    const [row] = await this.#rows<{ bytes: Buffer }>(statements.CHUNK, [id, file, n]);
    return row?.bytes ?? null;
  }

  note(line: AccessEvent): Promise<void> {
    return this.#transaction(async (client) => {
      await appendAccessEvent(client, this.log, line);
    });
  }

  async remove(id: string, line: AccessEvent): Promise<boolean> {
    let isGone = false;
    await this.#transaction(async (client) => {
      const { rows } = await client.query(statements.REMOVE, [id]);
      isGone = rows.length > 0;
      if (!isGone) return;
      await client.query(statements.FORGET_ROWS, [id]);
      await client.query(statements.FORGET_FILES, [id]);
      await client.query(statements.FORGET_CHUNKS, [id, null]);
      await appendAccessEvent(client, this.log, line);
    });
    return isGone;
  }

  async sweep(now: Micros): Promise<void> {
    if ((await this.#count(statements.SWEEP, [now])) === 0) return;
    for (const statement of statements.SWEEP_PARTS) await this.#rows(statement, []);
  }

  /** The work and nothing else between, by whoever holds the report. Throws CONFLICT (REPORT_LOST) for others. */
  #whileHeld(
    { report: { id }, holder }: ClaimedReport,
    work: (client: pg.PoolClient, id: string) => Promise<void>,
  ): Promise<void> {
    return this.#transaction(async (client) => {
      if ((await client.query(statements.HELD, [id, holder])).rows.length === 0) throw lost();
      await work(client, id);
    });
  }

  async #count(text: string, values: readonly unknown[]): Promise<number> {
    try {
      return (await this.pool.query(text, [...values])).rowCount ?? 0;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async #rows<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    try {
      return (await this.pool.query<R>(text, [...values])).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async #transaction(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.pool.connect();
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      // A connection in an unknown state is not given back.
      client?.release(true);
      throw translatePostgresError(error);
    }
  }
}

function toReport({ actor, actorName, ...report }: ReportColumns): Report {
  return { ...report, by: { id: actor, name: actorName } };
}

function hexOf(sort: string): string {
  return Buffer.from(sort, 'utf8').subarray(0, MOST_SORT_BYTES).toString('hex');
}

function lost(): HeadwaterError {
  return new HeadwaterError('CONFLICT', 'Somebody else works on the report, or it is not there any more', {
    reason: 'REPORT_LOST',
  });
}
