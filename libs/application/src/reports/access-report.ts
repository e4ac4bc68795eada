import type { AccessDetail } from '@headwater/domain/access/access-event';
import type { AccessEventRow } from '@headwater/domain/access/access-store';
import { MAX_PAGE } from '@headwater/domain/page';
import type { ReportRow, ReportSection } from '@headwater/domain/reports/report-content';
import { formatMicros } from '@headwater/domain/time';
import type { ReportProducer, SubjectOf } from './report-producer.js';

type Subject = SubjectOf<'ACCESS'>;

const SECTIONS: readonly ReportSection[] = [
  {
    name: 'callers',
    title: 'By caller',
    lead: 'Who did what, how often, and when first and last. Refused requests are counted one by one.',
    columns: [
      { name: 'actor', title: 'Who', type: 'TEXT' },
      { name: 'type', title: 'What', type: 'TEXT' },
      { name: 'count', title: 'Times', type: 'COUNT' },
      { name: 'firstAt', title: 'First', type: 'TIME' },
      { name: 'lastAt', title: 'Last', type: 'TIME' },
    ],
  },
  {
    name: 'lines',
    title: 'Lines of the audit',
    lead: 'Every line of the audit of access, the latest first.',
    columns: [
      { name: 'at', title: 'When', type: 'TIME' },
      { name: 'type', title: 'What', type: 'TEXT' },
      { name: 'actor', title: 'Who', type: 'TEXT' },
      { name: 'address', title: 'From', type: 'TEXT' },
      { name: 'about', title: 'About', type: 'TEXT' },
      { name: 'detail', title: 'Details', type: 'TEXT' },
      { name: 'position', title: 'Position', type: 'COUNT' },
      { name: 'id', title: 'Id', type: 'TEXT' },
    ],
  },
];

type Sum = readonly [count: number, firstAt: number, lastAt: number];

interface State {
  /** The last position of then, and the cursor behind which to go on. */
  readonly upTo: number;
  readonly after: string | null;
  /** By caller and type, as JSON. */
  readonly sums: Readonly<Record<string, Sum>>;
}

/** Who did what with the catalog and its access, off the audit. */
export const accessReport: ReportProducer<Subject, State | null> = {
  title: 'Access',
  sections: SECTIONS,
  begin: () => null,
  async step({ access, catalog }, { from, to, types, actor }, knownAt, state) {
    const { upTo, after, sums } = state ?? { upTo: await catalog.positionAt(knownAt), after: null, sums: {} };
    const filter = {
      ...(types.length > 0 && { types }),
      ...(actor !== null && { actor }),
      ...(from !== null && { from }),
      ...(to !== null && { to }),
      upTo,
    };
    const { items, hasNextPage } = await access.events(filter, { first: MAX_PAGE, after });
    const next: Record<string, Sum> = { ...sums };
    for (const { item } of items) {
      const key = JSON.stringify([item.actor, item.detail.type]);
      const [count, firstAt, lastAt] = next[key] ?? [0, item.at, item.at];
      next[key] = [count + timesOf(item.detail), Math.min(firstAt, item.at), Math.max(lastAt, item.at)];
    }
    const rows = items.map(({ item }) => lineRow(item));
    const last = items.at(-1);
    if (hasNextPage && last !== undefined) {
      const progress = upTo === 0 ? 0 : 1 - last.item.position / upTo;
      return { rows, next: { upTo, after: last.cursor, sums: next }, progress };
    }
    return { rows: [...rows, ...Object.entries(next).map(sumRow)], next: null, progress: 1 };
  },
};

function timesOf(detail: AccessDetail): number {
  return detail.type === 'REFUSED' ? detail.count : 1;
}

function sumRow([key, [count, firstAt, lastAt]]: readonly [string, Sum]): ReportRow {
  const [actor, type] = JSON.parse(key) as readonly [string | null, string];
  const cells = { actor, type, count, firstAt: formatMicros(firstAt), lastAt: formatMicros(lastAt) };
  return { section: 0, sort: `${actor ?? '\u{10FFFF}'}\u0001${type}`, cells };
}

function lineRow({ position, id, at, actor, address, detail }: AccessEventRow): ReportRow {
  const { type } = detail;
  const [about, more] = saidOf(detail);
  return {
    section: 1,
    sort: String(Number.MAX_SAFE_INTEGER - position).padStart(16, '0'),
    cells: { at: formatMicros(at), type, actor, address, about, detail: more, position, id },
  };
}

/** What a line is about, and what else it tells. */
function saidOf(detail: AccessDetail): readonly [about: string | null, more: string | null] {
  switch (detail.type) {
    case 'SIGNED_IN':
      return [detail.name, detail.method];
    case 'SIGNED_OUT':
      return [detail.user ?? null, `sessions: ${String(detail.sessions)}`];
    case 'TOKEN_CREATED':
    case 'TOKEN_ROTATED':
      return [`token:${detail.token}`, `${detail.name}: ${detail.scopes.join(', ')}`];
    case 'TOKEN_REVOKED':
      return [`token:${detail.token}`, null];
    case 'ROLE_GRANTED':
    case 'ROLE_WITHDRAWN':
      return [detail.subject, `${detail.role}${detail.domain === undefined ? '' : ` in ${detail.domain}`}`];
    case 'SECRET_ROTATED':
      return [detail.secret, null];
    case 'PERSONAL_READ':
      return [
        typeof detail.subjectKey === 'string' ? `subject:${detail.subjectKey}` : null,
        detail.decisions.join(', '),
      ];
    case 'REPORT_REQUESTED':
    case 'REPORT_DELETED':
      return [`report:${detail.report}`, detail.kind];
    case 'REPORT_MADE':
      return [`report:${detail.report}`, `${detail.kind}: ${detail.digest}`];
    case 'REPORT_DOWNLOADED':
      return [`report:${detail.report}`, `${detail.file}: ${detail.digest}`];
    case 'REFUSED':
      return [detail.token === null ? null : `token:${detail.token}`, `${detail.reason}: ${String(detail.count)}`];
  }
}
