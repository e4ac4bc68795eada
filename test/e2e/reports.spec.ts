import { createHash } from 'node:crypto';
import { RunReports, type RunReportsPorts } from '@headwater/application/reports/run-reports';
import { CatalogViews } from '@headwater/application/visibility/catalog-views';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { HeadwaterError } from '@headwater/domain/errors';
import { canonicalJson } from '@headwater/domain/projection/canonical-json';
import type { ReportStore } from '@headwater/domain/reports/report';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '@headwater/domain/time';
import { REPORTS } from '@headwater/platform/tokens';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { lifecycleFacet } from '../support/lineage-events.js';
import { eventually } from '../support/callers.js';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, NS, runEvent, runId } from './catalog-events.js';

interface ReportAnswer {
  readonly id: string;
  readonly state: string;
  readonly progress: number;
  readonly failure: string | null;
  readonly digest: string | null;
  readonly knownAt: string;
  readonly expiresAt: string | null;
  readonly by: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly url: string }[];
}

interface Content {
  readonly sections: readonly { readonly name: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }[];
}

const REPORT = `id state progress failure digest knownAt expiresAt by parameters { name value }
  files { name sha256 url }`;

const opened: CatalogApp[] = [];
let catalog: CatalogApp;

beforeEach(async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take(claimsFlow());
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

type Headers = Record<string, string>;

interface Result {
  readonly __typename: string;
  readonly report: ReportAnswer;
  readonly reason: string;
  readonly faults: readonly { readonly pointer: string }[];
}

async function change(mutation: string, argument: string, variables: object, headers: Headers): Promise<Result> {
  const query = `mutation ${argument} { __typename ... on ReportChanged { report { ${REPORT} } }
    ... on ReportRefusal { reason faults { pointer } } } }`.replace('MUTATION', mutation);
  return (await catalog.data<{ done: Result }>(query, variables, headers)).done;
}

const request = (input: object, headers: Headers): Promise<Result> =>
  change('requestReport', '($input: RequestReportInput!) { done: MUTATION(input: $input)', { input }, headers);
const onReport = (mutation: string, id: string, headers: Headers): Promise<Result> =>
  change(mutation, '($id: ID!) { done: MUTATION(id: $id)', { id }, headers);

async function read(id: string, headers: Headers): Promise<ReportAnswer | null> {
  const query = `query ($id: ID!) { report(id: $id) { ${REPORT} } }`;
  return (await catalog.data<{ report: ReportAnswer | null }>(query, { id }, headers)).report;
}

async function made(input: object, headers: Headers): Promise<ReportAnswer> {
  const { report } = await request(input, headers);
  return ended(report.id, headers);
}

async function ended(id: string, headers: Headers): Promise<ReportAnswer> {
  const seen = await eventually(
    () => read(id, headers),
    (report) => report?.state === 'DONE' || report?.state === 'FAILED',
    20_000,
  );
  if (seen === null) throw new Error('the report is gone');
  return seen;
}

async function download({ files }: ReportAnswer, name: string, headers: Headers): Promise<Response> {
  const file = files.find((one) => one.name === name);
  if (file === undefined) throw new Error(`no file ${name}`);
  return fetch(`${catalog.url}${file.url}`, { headers });
}

async function contentOf(report: ReportAnswer, headers: Headers): Promise<Content> {
  return (await (await download(report, 'governance-coverage.json', headers)).json()) as Content;
}

const rowsIn = (content: Content, section: string) => content.sections.find(({ name }) => name === section)?.rows ?? [];
const COVERAGE = { kind: 'GOVERNANCE_COVERAGE' } as const;

test('a report of coverage counts what is unowned, undocumented and unclassified, and names each', async () => {
  const reader = await catalog.readerOf(null);
  const report = await made(COVERAGE, reader);
  expect(report).toMatchObject({ state: 'DONE', progress: 1, failure: null, by: 'reader', parameters: [] });
  const answer = await download(report, 'governance-coverage.json', reader);
  const text = await answer.text();
  const sha256 = createHash('sha256').update(text).digest();
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="governance-coverage.json"');
  expect(answer.headers.get('repr-digest')).toBe(`sha-256=:${sha256.toString('base64')}:`);
  expect(report.digest).toBe(sha256.toString('hex'));
  const content = JSON.parse(text) as Content;
  expect(canonicalJson(content)).toBe(text);
  const assets = rowsIn(content, 'assets');
  const [totals] = rowsIn(content, 'totals');
  const lacking = (member: string) => assets.filter((row) => row[member] === false).length;
  expect(totals).toMatchObject({
    unowned: lacking('isOwned'),
    undocumented: lacking('isDocumented'),
    unclassified: lacking('isClassified'),
  });
  const { coverage } = await catalog.data<{ coverage: { total: { assets: number; owned: number; tagged: number } } }>(
    '{ coverage { total { assets owned tagged } } }',
    {},
    reader,
  );
  const { assets: all, owned, tagged } = coverage.total;
  expect(totals).toMatchObject({ assets: all, unowned: all - owned, unclassified: all - tagged });
  expect(assets.find(({ asset }) => asset === datasetNode('raw.claims'))).toMatchObject({
    name: 'raw.claims',
    namespace: NS,
    isDocumented: false,
    domain: null,
  });
  const names = assets.map(({ name }) => String(name).toLowerCase());
  expect(names).toEqual([...names].sort());
  const csv = await (await download(report, 'governance-coverage-assets.csv', reader)).text();
  const rows: Record<string, string>[] = parse(csv, { columns: true });
  expect(rows.map(({ asset }) => asset)).toEqual(assets.map(({ asset }) => asset));
  expect(report.files.map(({ name }) => name)).toEqual([
    'governance-coverage.json',
    ...['totals', 'domains', 'assets'].map((section) => `governance-coverage-${section}.csv`),
  ]);
});

test('the same report as of the same moment has the same digest, whatever came since, whoever asks', async () => {
  const editor = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
  const drop = (name: string) => ({ name, facets: { lifecycleStateChange: lifecycleFacet('DROP') } });
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  await catalog.take([
    runEvent({ job: 'nightly', runId: runId(901), at: at(-30), outputs: ['temporary', 'steady'] }),
    runEvent({ job: 'nightly', runId: runId(902), at: at(-20), outputs: [drop('temporary')] }),
    runEvent({ job: 'later', runId: runId(903), at: at(-10), type: 'START' }),
  ]);
  const first = await made(COVERAGE, editor);
  const before = await contentOf(first, editor);
  const ids = rowsIn(before, 'assets').map(({ asset }) => asset);
  expect(ids).toContain(datasetNode('steady'));
  expect(ids).not.toContain(datasetNode('temporary'));
  await catalog.take([
    // Made again; dropped after all; named by an event that tells of before; an end that names what its start did not.
    runEvent({ job: 'nightly', runId: runId(904), at: at(-1), outputs: ['temporary'] }),
    runEvent({ job: 'nightly', runId: runId(905), at: at(-15), outputs: [drop('steady')] }),
    runEvent({ job: 'early', runId: runId(906), at: at(-60), outputs: ['unheard'] }),
    runEvent({
      job: 'later',
      runId: runId(903),
      at: at(-5),
      outputs: [{ name: 'late', facets: { documentation: facet({ description: 'late' }) } }],
    }),
  ]);
  const owned = { on: datasetNode('raw.claims'), agent: 'agent:user:ana', role: 'OWNER' };
  await catalog.mutate('assignOwner', owned, { headers: editor });
  await catalog.mutate('tagAsset', { on: datasetNode('raw.claims'), tag: 'pii' }, { headers: editor });
  await catalog.mutate('deleteAsset', { on: datasetNode('scores') }, { headers: editor });
  const other = await catalog.readerOf(null);
  const again = await made({ ...COVERAGE, knownAt: first.knownAt }, other);
  expect(await contentOf(again, other)).toEqual(before);
  expect(again).toMatchObject({ digest: first.digest, knownAt: first.knownAt });
  expect(again.files.map(({ sha256 }) => sha256)).toEqual(first.files.map(({ sha256 }) => sha256));
  const now = await made(COVERAGE, other);
  expect(now.digest).not.toBe(first.digest);
  const then = rowsIn(await contentOf(now, other), 'assets').map(({ asset }) => asset);
  expect(then).toEqual(expect.arrayContaining([datasetNode('temporary'), datasetNode('unheard'), datasetNode('late')]));
  for (const gone of ['steady', 'scores']) expect(then).not.toContain(datasetNode(gone));
});

test('it is narrowed down to a domain with its parts, and to tags that count', async () => {
  const editor = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
  await catalog.mutate('createDomain', { name: 'Claims', key: 'claims' }, { headers: editor });
  await catalog.mutate(
    'createDomain',
    { name: 'Scoring', key: 'scoring', parent: 'domain:claims' },
    { headers: editor },
  );
  await catalog.mutate('createDomain', { name: 'Other', key: 'other' }, { headers: editor });
  const place = (name: string, domain: string) =>
    catalog.mutate('assignDomain', { on: datasetNode(name), domain }, { headers: editor });
  await place('scores', 'domain:scoring');
  await place('claims', 'domain:claims');
  await place('raw.claims', 'domain:other');
  const report = await made({ ...COVERAGE, coverage: { domain: 'domain:claims', tags: ['nobody-has-it'] } }, editor);
  expect(report.parameters).toEqual([
    { name: 'domain', value: 'domain:claims' },
    { name: 'tags', value: 'nobody-has-it' },
  ]);
  const content = await contentOf(report, editor);
  expect(rowsIn(content, 'totals')).toMatchObject([{ assets: 2, unclassified: 2 }]);
  expect(rowsIn(content, 'domains')).toMatchObject([
    { name: 'Claims', assets: 2 },
    { name: 'Scoring', assets: 1 },
  ]);
});

test('a report tells what its requester sees, and is theirs alone but for who reviews others', async () => {
  const all = await catalog.readerOf(null);
  const few = await catalog.readerOf(['nowhere']);
  const auditor = await catalog.readerOf(null, ['catalog:read', 'audit:read']);
  const report = await made(COVERAGE, few);
  const content = await contentOf(report, few);
  expect(content).toMatchObject({ sees: [['nowhere']] });
  expect(rowsIn(content, 'totals')).toMatchObject([{ assets: 0 }]);
  const whole = await made(COVERAGE, all);
  for (const [reader, sees] of [
    [all, true],
    [few, false],
    [auditor, true],
  ] as const) {
    expect((await read(whole.id, reader)) !== null).toBe(sees);
    expect((await download(whole, 'governance-coverage.json', reader)).status).toBe(sees ? 200 : 404);
    const { reports } = await catalog.data<{ reports: { edges: { node: { id: string } }[] } }>(
      '{ reports { edges { node { id } } } }',
      {},
      reader,
    );
    expect(reports.edges.some(({ node }) => node.id === whole.id)).toBe(sees);
  }
  expect(await onReport('deleteReport', whole.id, few)).toMatchObject({ reason: 'NO_SUCH_REPORT' });
  expect(await onReport('deleteReport', whole.id, auditor)).toMatchObject({ reason: 'NO_SUCH_REPORT' });
  expect(await onReport('deleteReport', whole.id, all)).toMatchObject({ __typename: 'ReportChanged', report: null });
  expect(await read(whole.id, all)).toBeNull();
  expect((await download(whole, 'governance-coverage.json', all)).status).toBe(404);
});

test('what is wrong is refused with its reason', async () => {
  const reader = await catalog.readerOf(null);
  expect(await request({ kind: 'ACCESS' }, reader)).toMatchObject({ reason: 'MISSING_SCOPE' });
  const future = new Date(Date.now() + 3_600_000).toISOString();
  expect(await request({ ...COVERAGE, knownAt: future }, reader)).toMatchObject({ faults: [{ pointer: '/knownAt' }] });
  expect(await request({ ...COVERAGE, access: {} }, reader)).toMatchObject({ faults: [{ pointer: '/access' }] });
  expect(await request({ ...COVERAGE, formats: [] }, reader)).toMatchObject({ faults: [{ pointer: '/formats' }] });
  expect(await request({ ...COVERAGE, coverage: { domain: 'x', tags: [''] } }, reader)).toMatchObject({
    faults: [{ pointer: '/coverage/domain' }, { pointer: '/coverage/tags/0' }],
  });
  expect(await onReport('retryReport', 'nothing', reader)).toMatchObject({ reason: 'NO_SUCH_REPORT' });
  const done = await made({ ...COVERAGE, idempotencyKey: 'k' }, reader);
  expect(await onReport('retryReport', done.id, reader)).toMatchObject({ reason: 'REPORT_NOT_FAILED' });
  expect((await request({ ...COVERAGE, idempotencyKey: 'k' }, reader)).report.id).toBe(done.id);
  expect(await request({ ...COVERAGE, formats: ['CSV'], idempotencyKey: 'k' }, reader)).toMatchObject({
    reason: 'KEY_USED',
  });
  expect((await fetch(`${catalog.url}/api/v1/reports/${done.id}/files/none.json`, { headers: reader })).status).toBe(
    404,
  );
});

/** A runner over the stores of the app, whose own is at rest from then on. */
async function runnerWith(ports: Partial<RunReportsPorts>, store: Partial<ReportStore> = {}): Promise<RunReports> {
  const { app, access } = catalog;
  await app.get(RunReports, { strict: false }).close();
  const real = app.get<ReportStore>(REPORTS, { strict: false });
  const reports = new Proxy(real, {
    get: (target, name) => {
      const member = (name in store ? store : target)[name as keyof ReportStore] as (...given: unknown[]) => unknown;
      return member.bind(name in store ? store : target);
    },
  });
  const views = app.get(CatalogViews, { strict: false });
  return new RunReports({
    reports,
    sourcesOf: (by) => ({ catalog: views.of(by).catalog, access: access.parts.store }),
    rights: { of: () => Promise.resolve(LOCAL_PRINCIPAL) },
    clock: access.parts.clock,
    ids: access.parts.ids,
    retention: MICROS_PER_HOUR,
    onError: () => undefined,
    ...ports,
  });
}

const many = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, n) =>
    runEvent({ job: 'wide', runId: runId(n), at: '2026-11-20T08:00:00Z', outputs: [`t${String(n)}`] }),
  );

test('a report whose process died is taken up where that was, by one process, and comes to the same', async () => {
  await catalog.take(many(450));
  const reader = await catalog.readerOf(null);
  const first = await made(COVERAGE, reader);
  const store = catalog.app.get<ReportStore>(REPORTS, { strict: false });
  let kept = 0;
  const dying = await runnerWith(
    {},
    {
      // After its second step it never says anything again.
      keep: (...given) => ((kept += 1) > 2 ? new Promise(() => undefined) : store.keep(...given)),
    },
  );
  const { report } = await request({ ...COVERAGE, knownAt: first.knownAt }, reader);
  void dying.runOne();
  await eventually(
    () => read(report.id, reader),
    (seen) => (seen?.progress ?? 0) > 0 && kept > 2,
  );
  const soon = await runnerWith({});
  expect(await soon.runOne()).toBe(false);
  const { clock } = catalog.access.parts;
  let steps = 0;
  const later = await runnerWith(
    { clock: { now: () => clock.now() + 31 * MICROS_PER_SECOND } },
    { keep: (...given) => ((steps += 1), store.keep(...given)) },
  );
  expect(await later.runOne()).toBe(true);
  expect(steps).toBeGreaterThan(0);
  const done = await ended(report.id, reader);
  expect(done).toMatchObject({ state: 'DONE', digest: first.digest });
  expect(done.files).toEqual(first.files.map((file) => ({ ...file, url: file.url.replace(first.id, report.id) })));
  const [whole] = await Promise.all([runnerWith({}, { keep: (...given) => ((steps += 1), store.keep(...given)) })]);
  const before = steps;
  await request({ ...COVERAGE, knownAt: first.knownAt }, reader);
  expect(await whole.runOne()).toBe(true);
  // A whole one takes two steps more: those that the first process had made.
  expect(steps - before).toBe(before + 2);
});

test('a report that finds no room fails with that, offers nothing, and a retry makes it whole', async () => {
  const reader = await catalog.readerOf(null);
  const first = await made(COVERAGE, reader);
  const full = await runnerWith(
    {},
    {
      writeChunk: () => Promise.reject(new HeadwaterError('UNAVAILABLE', 'full', { reason: 'STORE_DISK_FULL' })),
    },
  );
  const { report } = await request({ ...COVERAGE, knownAt: first.knownAt }, reader);
  await full.runOne();
  expect(await read(report.id, reader)).toMatchObject({
    state: 'FAILED',
    failure: 'STORE_FULL',
    files: [],
    digest: null,
  });
  const stale = await fetch(`${catalog.url}/api/v1/reports/${report.id}/files/governance-coverage.json`, {
    headers: reader,
  });
  expect(stale.status).toBe(404);
  expect((await onReport('retryReport', report.id, reader)).report).toMatchObject({ state: 'WAITING', failure: null });
  await (await runnerWith({})).runOne();
  expect(await read(report.id, reader)).toMatchObject({ state: 'DONE', digest: first.digest });
});

test('who may not have it any more gets none, and what is deleted while it is made is gone', async () => {
  const reader = await catalog.readerOf(null);
  const runner = await runnerWith({ rights: { of: () => Promise.resolve(null) } });
  const { report } = await request(COVERAGE, reader);
  await runner.runOne();
  expect(await read(report.id, reader)).toMatchObject({ state: 'FAILED', failure: 'NOT_ALLOWED', files: [] });
  const store = catalog.app.get<ReportStore>(REPORTS, { strict: false });
  const next = (await request(COVERAGE, reader)).report;
  const deleting = await runnerWith(
    {},
    {
      keep: async (...given) => {
        await onReport('deleteReport', next.id, reader);
        return store.keep(...given);
      },
    },
  );
  await deleting.runOne();
  expect(await read(next.id, reader)).toBeNull();
  const { rows } = await catalog.apiPool.query('SELECT FROM report_row WHERE report_id = $1', [next.id]);
  expect(rows).toHaveLength(0);
});

test('what nobody downloads in time is forgotten, with all of its bytes', async () => {
  const reader = await catalog.readerOf(null);
  const report = await made(COVERAGE, reader);
  const store = catalog.app.get<ReportStore>(REPORTS, { strict: false });
  const expiresAt = Date.parse(report.expiresAt ?? '') * 1000;
  await store.sweep(expiresAt - MICROS_PER_SECOND);
  expect(await read(report.id, reader)).not.toBeNull();
  await store.sweep(expiresAt + MICROS_PER_SECOND);
  expect(await read(report.id, reader)).toBeNull();
  const { rows } = await catalog.apiPool.query('SELECT FROM report_chunk UNION ALL SELECT FROM report_file');
  expect(rows).toHaveLength(0);
});
