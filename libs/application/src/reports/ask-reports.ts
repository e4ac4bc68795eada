import { createHash } from 'node:crypto';
import type { AccessDetail, AccessEvent } from '@headwater/domain/access/access-event';
import type { Principal } from '@headwater/domain/access/principal';
import { canonicalJson } from '@headwater/domain/projection/canonical-json';
import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import { kindOf } from '@headwater/domain/identifiers';
import type { Page, PageRequest } from '@headwater/domain/page';
import type { Clock, IdSource } from '@headwater/domain/ports';
import {
  SCOPE_OF_KIND,
  type Report,
  type ReportFile,
  type ReportFormat,
  type ReportStore,
} from '@headwater/domain/reports/report';
import type { ReportSubject } from '@headwater/domain/reports/report-subject';
import type { Micros } from '@headwater/domain/time';
import { isPlainText, refuseFaults, textFault, type Asker } from '../access/access-parts.js';
import { lacking } from '../access/lacking.js';
import type { RunReports } from './run-reports.js';

const MOST_TAGS = 100;
const MOST_TEXT = 500;

export interface WantedReport {
  readonly subject: ReportSubject;
  readonly formats: readonly ReportFormat[];
  /** Null: as of now. */
  readonly knownAt: Micros | null;
  /** Under which the same request is one report; null: each is another. */
  readonly key: string | null;
}

export interface OfferedFile {
  readonly report: Report;
  readonly file: ReportFile;
  readonly content: AsyncIterable<Uint8Array>;
}

export interface AskReportsPorts {
  readonly reports: ReportStore;
  readonly runner: Pick<RunReports, 'look'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Asks for reports, tells how far they are, and hands them over. */
export class AskReports {
  constructor(private readonly ports: AskReportsPorts) {}

  /**
   * The report, durable and to be made. Throws FORBIDDEN (MISSING_SCOPE) for who may not have its kind, INVALID_INPUT with
   * faults, CONFLICT (KEY_USED) where the key is of another request.
   */
  async request(asker: Asker, wanted: WantedReport): Promise<Report> {
    const { reports, runner, clock, ids } = this.ports;
    const { principal } = asker;
    const { subject, knownAt, key } = wanted;
    requireKind(principal, subject);
    const now = clock.now();
    refuseFaults('The report that is asked for is wrong', faultsOf(wanted, now));
    const formats = [...new Set(wanted.formats)];
    const id = key === null ? ids.uuid().replaceAll('-', '') : keyedId(principal, key);
    const request = createHash('sha256')
      .update(canonicalJson([subject, formats, knownAt]))
      .digest('hex');
    const report = await reports.create(
      {
        ...{ id, request, subject, formats, knownAt, requestedAt: now, standing: principal.standing },
        by: { id: principal.id, name: principal.name },
      },
      this.#line(asker, { type: 'REPORT_REQUESTED', report: id, kind: subject.kind }),
    );
    if (report.request !== request)
      throw new HeadwaterError(
        'CONFLICT',
        'You used this idempotency key for another report. Send this one under a key of its own.',
        { reason: 'KEY_USED' },
      );
    runner.look();
    return report;
  }

  /** Null where there is none, or it is somebody else's. */
  async report(by: Principal, id: string): Promise<Report | null> {
    const report = await this.ports.reports.report(id);
    return report !== null && maySee(by, report) ? report : null;
  }

  /** The latest first: the caller's own, or everybody's for who reviews others. */
  reports(by: Principal, page: PageRequest): Promise<Page<Report>> {
    return this.ports.reports.reports({ actor: seesOthers(by) ? null : by.id }, page);
  }

  /** Goes on with a report that failed. Throws CONFLICT (NO_SUCH_REPORT, REPORT_NOT_FAILED). */
  async retry({ principal }: Asker, id: string): Promise<Report> {
    const { reports, runner } = this.ports;
    const report = await this.#own(principal, id);
    requireKind(principal, report.subject);
    if (!(await reports.retry(id)))
      throw new HeadwaterError('CONFLICT', 'Only a report that failed can be tried again', {
        reason: 'REPORT_NOT_FAILED',
      });
    runner.look();
    return this.#own(principal, id);
  }

  /** Forgets a report, also while it is made. Throws CONFLICT (NO_SUCH_REPORT). */
  async remove(asker: Asker, id: string): Promise<void> {
    const { subject } = await this.#own(asker.principal, id);
    const line = this.#line(asker, { type: 'REPORT_DELETED', report: id, kind: subject.kind });
    if (!(await this.ports.reports.remove(id, line))) throw noSuchReport('CONFLICT');
  }

  /**
   * A file of a report that is made, and its bytes. Throws NOT_FOUND where there is none of that name that the caller may
   * have, FORBIDDEN (MISSING_SCOPE) where they may not have its kind any more.
   */
  async file({ principal }: Asker, id: string, name: string): Promise<OfferedFile> {
    const report = await this.report(principal, id);
    const number = report?.files.findIndex((file) => file.name === name) ?? -1;
    const file = report?.files[number];
    if (report === null || file === undefined) throw noSuchReport('NOT_FOUND');
    requireKind(principal, report.subject);
    return { report, file, content: this.#chunks(id, number, file.bytes) };
  }

  /** As {@link file}, recorded as downloaded before its first byte. */
  async download(asker: Asker, id: string, name: string): Promise<OfferedFile> {
    const offered = await this.file(asker, id, name);
    const { kind } = offered.report.subject;
    const detail = { type: 'REPORT_DOWNLOADED', report: id, kind, file: name, digest: offered.file.sha256 } as const;
    await this.ports.reports.note(this.#line(asker, detail));
    return offered;
  }

  /** The bytes; where they go away meanwhile it throws, so that nobody takes a part for the whole. */
  async *#chunks(id: string, number: number, bytes: number): AsyncGenerator<Uint8Array> {
    let given = 0;
    for (let n = 0; given < bytes; n += 1) {
      const chunk = await this.ports.reports.chunk(id, number, n);
      if (chunk === null) throw noSuchReport('NOT_FOUND');
      given += chunk.length;
      yield chunk;
    }
  }

  /** A report that the caller may change: their own, or any for an administrator. */
  async #own(by: Principal, id: string): Promise<Report> {
    const report = await this.report(by, id);
    if (report === null || (report.by.id !== by.id && !by.may('admin'))) throw noSuchReport('CONFLICT');
    return report;
  }

  #line({ principal, address }: Asker, detail: AccessDetail): AccessEvent {
    const { clock, ids } = this.ports;
    return { id: ids.uuid(), at: clock.now(), actor: principal.id, address, detail };
  }
}

/** Whether somebody is told of reports of others: who may read the audit, and sees the whole catalog besides. */
function seesOthers(by: Principal): boolean {
  return (by.may('audit:read') || by.may('admin')) && by.where('catalog:read').isAll;
}

function maySee(by: Principal, report: Report): boolean {
  return report.by.id === by.id || seesOthers(by);
}

function requireKind(by: Principal, { kind }: ReportSubject): void {
  const scope = SCOPE_OF_KIND[kind];
  if (!by.may(scope)) throw lacking(by, `A report of the kind ${kind} needs ${scope}`, { scope });
}

function faultsOf({ subject, formats, knownAt, key }: WantedReport, now: Micros): readonly InputFault[] {
  const faults: InputFault[] = key === null ? [] : [...textFault('/idempotencyKey', key)];
  if (formats.length === 0) faults.push({ pointer: '/formats', ...coded('EMPTY', 'must name one format at least') });
  if (knownAt !== null && knownAt > now)
    faults.push({
      pointer: '/knownAt',
      ...coded('TIME_FUTURE', 'must not be in the future: what it will tell is not known'),
    });
  if (subject.kind === 'GOVERNANCE_COVERAGE') {
    const { domain, tags } = subject;
    if (domain !== null && kindOf(domain) !== 'DOMAIN')
      faults.push({
        pointer: '/coverage/domain',
        ...coded('NOT_AN_ID', 'must be the id of a domain, `domain:<key>`', { kind: 'DOMAIN' }),
      });
    if (tags.length > MOST_TAGS)
      faults.push({
        pointer: '/coverage/tags',
        ...coded('TOO_MANY', `must have at most ${String(MOST_TAGS)} tags`, { most: MOST_TAGS }),
      });
    for (const [index, tag] of tags.entries())
      if (!isText(tag)) faults.push({ pointer: `/coverage/tags/${String(index)}`, ...textLength() });
    return faults;
  }
  const { from, to, actor } = subject;
  if (from !== null && to !== null && from >= to)
    faults.push({ pointer: '/access/to', ...coded('TIME_NOT_LATER', 'must be later than `from`') });
  if (actor !== null && !isText(actor)) faults.push({ pointer: '/access/actor', ...textLength() });
  return faults;
}

function isText(text: string): boolean {
  return text.length > 0 && text.length <= MOST_TEXT && isPlainText(text);
}

function textLength(): Omit<InputFault, 'pointer'> {
  return coded('TEXT_LENGTH', `must have 1 to ${String(MOST_TEXT)} characters and no control characters`, {
    most: MOST_TEXT,
  });
}

function keyedId({ id }: Principal, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['report', id, key]))
    .digest('hex')
    .slice(0, 32);
}

function noSuchReport(category: 'CONFLICT' | 'NOT_FOUND'): HeadwaterError {
  return new HeadwaterError(category, 'There is no such report of yours', { reason: 'NO_SUCH_REPORT' });
}
