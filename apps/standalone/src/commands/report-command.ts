import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { AskReports, type WantedReport } from '@headwater/application/reports/ask-reports';
import { RunReports, type RunReportsPorts } from '@headwater/application/reports/run-reports';
import { CLI_PRINCIPAL } from '@headwater/application/access/principals';
import { ACCESS_EVENT_TYPES, type AccessEventType } from '@headwater/domain/access/access-event';
import { HeadwaterError } from '@headwater/domain/errors';
import { respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { REPORT_FORMATS, type Report, type ReportFormat } from '@headwater/domain/reports/report';
import type { ReportSubject } from '@headwater/domain/reports/report-subject';
import type { Micros } from '@headwater/domain/time';
import { CLI_ASKER, listOf, needed, UsageError, type Output } from './command-line.js';

const LOOK_EVERY_MS = 250;
const PATIENCE_MS = 10_000;

export interface ReportCommand {
  readonly wanted: WantedReport;
  readonly format: ReportFormat;
  /** A file for JSON, else a folder. */
  readonly out: string;
}

/** `report coverage` and `report access`. Throws UsageError. */
export function reportCommand([what = '', ...words]: readonly string[]): ReportCommand {
  if (what !== 'coverage' && what !== 'access') throw new UsageError('report must be followed by coverage or access');
  const text = { type: 'string' } as const;
  const common = { out: text, format: text, 'known-at': text };
  const own = what === 'coverage' ? { domain: text, tags: text } : { from: text, to: text, types: text, actor: text };
  const { values } = parseArgs({ args: [...words], options: { ...common, ...own } });
  const given = values as Readonly<Record<string, string | undefined>>;
  const out = needed('--out, the file (of JSON) or the folder (of other formats) to write,', given['out']);
  const format = oneOf('--format', given['format'] ?? 'json', REPORT_FORMATS);
  const knownAt = momentOf('--known-at', given['known-at']);
  const subject = what === 'coverage' ? coverageOf(given) : accessOf(given);
  return { wanted: { subject, formats: [format], knownAt, key: null }, format, out };
}

function coverageOf({ domain, tags }: Readonly<Record<string, string | undefined>>): ReportSubject {
  const id = domain === undefined ? null : (respellNodeId(domain) ?? (domain as NodeId));
  return { kind: 'GOVERNANCE_COVERAGE', domain: id, tags: listOf(tags) ?? [] };
}

function accessOf({ from, to, types, actor }: Readonly<Record<string, string | undefined>>): ReportSubject {
  return {
    kind: 'ACCESS',
    from: momentOf('--from', from),
    to: momentOf('--to', to),
    types: (listOf(types) ?? []).map((type): AccessEventType => oneOf('--types', type, ACCESS_EVENT_TYPES)),
    actor: actor ?? null,
  };
}

function oneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text.toUpperCase().replaceAll('-', '_'));
  if (found !== undefined) return found;
  throw new UsageError(`${option} must be ${known.map((one) => one.toLowerCase()).join(', ')}, not "${text}"`);
}

function momentOf(option: string, text: string | undefined): Micros | null {
  if (text === undefined) return null;
  const at = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : NaN;
  if (Number.isNaN(at)) throw new UsageError(`${option} must be a time such as 2026-11-23T09:30:00Z, not "${text}"`);
  // Of a fraction of a second JavaScript knows three digits.
  const micros = /\.\d{3}(\d{1,3})/.exec(text)?.[1] ?? '';
  return at * 1_000 + Number(micros.padEnd(3, '0'));
}

/**
 * Asks for the report, makes it here unless a server is quicker, and writes its files: whole, or not at all. Throws
 * INVALID_INPUT with faults, UNAVAILABLE.
 */
export async function makeReport(
  { wanted, format, out }: ReportCommand,
  ports: Omit<RunReportsPorts, 'onError'>,
  output: Output,
): Promise<void> {
  const { reports, clock, ids } = ports;
  const runner = new RunReports({
    ...ports,
    onError: (error) => {
      output.say(error instanceof Error ? error.message : String(error));
    },
  });
  const ask = new AskReports({ reports, runner, clock, ids });
  try {
    const { id } = await ask.request(CLI_ASKER, wanted);
    const patience = setTimeout(() => {
      output.say(
        'Not ready yet. A report waits until the catalog has what is in the log, for which Headwater must run: npm start',
      );
    }, PATIENCE_MS);
    const report = await ended(ask, runner, id).finally(() => {
      clearTimeout(patience);
    });
    for (const { name, sha256 } of report.files) {
      const target = format === 'JSON' ? out : path.join(out, name);
      const { content } = await ask.download(CLI_ASKER, id, name);
      await writeWhole(target, content);
      output.say(`${target}  SHA-256 ${sha256}`);
    }
    output.say(`Known at ${new Date(report.knownAt / 1_000).toISOString()}. SHA-256 of its content:`);
    output.result(report.digest ?? '');
  } finally {
    await runner.close();
  }
}

async function ended(ask: AskReports, runner: RunReports, id: string): Promise<Report> {
  for (;;) {
    const report = await ask.report(CLI_PRINCIPAL, id);
    if (report === null) throw new HeadwaterError('CONFLICT', 'The report was deleted while it was made');
    if (report.state === 'DONE') return report;
    if (report.state === 'FAILED')
      throw new HeadwaterError('UNAVAILABLE', `The report was not made: ${report.failure ?? ''}`);
    runner.look();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** What stands under a name is the whole file. */
async function writeWhole(target: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  mkdirSync(path.dirname(path.resolve(target)), { recursive: true });
  const part = `${target}.part`;
  try {
    await pipeline(Readable.from(content, { objectMode: false }), createWriteStream(part));
    await rename(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error instanceof HeadwaterError
      ? error
      : new HeadwaterError(
          'UNAVAILABLE',
          `${target} cannot be written: ${(error as NodeJS.ErrnoException).code ?? ''}`,
        );
  }
}
