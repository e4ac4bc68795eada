import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearer, eventually, makeToken } from '../support/callers.js';
import { dataOf } from '../support/graphql.js';
import { loadEvent } from '../support/http-load.js';
import { ProductProcess } from '../support/product.js';
import { startServer, type TestServer } from '../support/server.js';

interface Row {
  readonly [name: string]: unknown;
}
interface Content {
  readonly sections: readonly { readonly name: string; readonly rows: readonly Row[] }[];
}
interface Made {
  readonly id: string;
  readonly state: string;
  readonly digest: string;
  readonly knownAt: string;
  readonly files: readonly { readonly url: string; readonly name: string; readonly sha256: string }[];
}

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startServer({ HEADWATER_AUTH: 'on' });
  folder = mkdtempSync(path.join(tmpdir(), 'headwater-reports-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const FIELDS = 'id state digest knownAt files { url name sha256 }';

async function made(input: object, headers: Record<string, string>): Promise<Made> {
  const mutation = `mutation ($input: RequestReportInput!) { done: requestReport(input: $input) { ... on ReportChanged { id } } }`;
  const { done } = await dataOf<{ done: { id: string } }>(server.url, mutation, { input }, headers);
  const query = `query ($id: ID!) { report(id: $id) { ${FIELDS} } }`;
  const read = async () => (await dataOf<{ report: Made }>(server.url, query, done, headers)).report;
  return eventually(read, ({ state }) => state === 'DONE', 20_000);
}

async function contentOf({ files }: Made, headers: Record<string, string>): Promise<Content> {
  const json = files.find(({ name }) => name.endsWith('.json'));
  return (await (await fetch(`${server.url}${json?.url ?? ''}`, { headers })).json()) as Content;
}

const rowsIn = ({ sections }: Content, section: string): readonly Row[] =>
  sections.find(({ name }) => name === section)?.rows ?? [];

async function headwater(...words: readonly string[]) {
  const command = ProductProcess.command({ DATABASE_URL: server.databaseUrl }, words);
  const { code } = await command.exited;
  return { code, out: command.output, err: command.errors };
}

test('who asked for a report, what it came to and who took it is in the audit, which a report of access tells', async () => {
  const auditor = bearer(
    (await makeToken(server.access, { name: 'auditor', scopes: ['catalog:read', 'audit:read'] })).text,
  );
  const { text, token } = await makeToken(server.access, { name: 'reader', scopes: ['catalog:read'] });
  const reader = bearer(text);
  const coverage = await made({ kind: 'GOVERNANCE_COVERAGE', formats: ['JSON'] }, reader);
  await contentOf(coverage, reader);
  // Looked at, and not taken.
  const head = await fetch(`${server.url}${coverage.files[0]?.url ?? ''}`, { method: 'HEAD', headers: reader });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const gone = await made({ kind: 'GOVERNANCE_COVERAGE', formats: ['CSV'] }, reader);
  await dataOf(server.url, 'mutation ($id: ID!) { deleteReport(id: $id) { __typename } }', { id: gone.id }, reader);
  const report = await made({ kind: 'ACCESS', access: { actor: `token:${token.id}` } }, auditor);
  const content = await contentOf(report, auditor);
  const lines = rowsIn(content, 'lines').map(({ type, about, detail }) => [type, about, detail]);
  const about = `report:${coverage.id}`;
  const kind = 'GOVERNANCE_COVERAGE';
  expect(lines).toEqual([
    ['REPORT_DELETED', `report:${gone.id}`, kind],
    ['REPORT_MADE', `report:${gone.id}`, `${kind}: ${gone.digest}`],
    ['REPORT_REQUESTED', `report:${gone.id}`, kind],
    ['REPORT_DOWNLOADED', about, `governance-coverage.json: ${coverage.digest}`],
    ['REPORT_MADE', about, `${kind}: ${coverage.digest}`],
    ['REPORT_REQUESTED', about, kind],
  ]);
  expect(rowsIn(content, 'callers')).toMatchObject([
    { actor: `token:${token.id}`, type: 'REPORT_DELETED', count: 1 },
    { type: 'REPORT_DOWNLOADED', count: 1 },
    { type: 'REPORT_MADE', count: 2 },
    { type: 'REPORT_REQUESTED', count: 2 },
  ]);
  const again = await made(
    { kind: 'ACCESS', knownAt: report.knownAt, access: { actor: `token:${token.id}` } },
    auditor,
  );
  expect(again.digest).toBe(report.digest);
  const query = `{ accessEvents(filter: { types: [REPORT_DOWNLOADED] }) { edges { node { report reportKind file digest actor } } } }`;
  const { accessEvents } = await dataOf<{ accessEvents: { edges: { node: Row }[] } }>(server.url, query, {}, auditor);
  expect(accessEvents.edges.map(({ node }) => node)).toContainEqual({
    ...{ report: coverage.id, reportKind: kind, file: 'governance-coverage.json' },
    ...{ digest: coverage.digest, actor: `token:${token.id}` },
  });
});

test('a report of access is narrowed down by period and type, and pages of the audit join', async () => {
  const auditor = bearer((await makeToken(server.access, { scopes: ['audit:read', 'catalog:read'] })).text);
  for (let n = 0; n < 130; n += 1) await makeToken(server.access, { name: `many ${String(n)}` });
  const whole = await contentOf(await made({ kind: 'ACCESS', access: { types: ['TOKEN_CREATED'] } }, auditor), auditor);
  const lines = rowsIn(whole, 'lines');
  expect(lines.length).toBeGreaterThan(130);
  expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(['TOKEN_CREATED']));
  const positions = lines.map(({ position }) => Number(position));
  expect(positions).toEqual([...positions].sort((a, b) => b - a));
  expect(new Set(positions).size).toBe(positions.length);
  const [from, to] = [lines[60]?.['at'], lines[20]?.['at']];
  const part = await made({ kind: 'ACCESS', access: { types: ['TOKEN_CREATED'], period: { from, to } } }, auditor);
  expect(rowsIn(await contentOf(part, auditor), 'lines')).toEqual(lines.slice(21, 61));
});

test('the command line makes the same report as the server, as a file, or says why not', async () => {
  await fetch(`${server.url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer((await makeToken(server.access)).text) },
    body: JSON.stringify(loadEvent('cli', 1)),
  });
  const reader = bearer((await makeToken(server.access, { scopes: ['catalog:read'] })).text);
  const { digest, knownAt } = await made({ kind: 'GOVERNANCE_COVERAGE' }, reader);
  const file = path.join(folder, 'coverage.json');
  const json = await headwater('report', 'coverage', '--out', file, '--known-at', knownAt);
  expect([json.code, json.out.trim()]).toEqual([0, digest]);
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(digest);
  const csv = await headwater(
    'report',
    'coverage',
    '--format',
    'csv',
    '--out',
    path.join(folder, 'csv'),
    '--known-at',
    knownAt,
  );
  expect([csv.code, csv.out.trim()]).toEqual([0, digest]);
  expect(readdirSync(path.join(folder, 'csv')).sort()).toEqual(
    ['assets', 'domains', 'totals'].map((section) => `governance-coverage-${section}.csv`),
  );
  const wrong = await headwater('report', 'coverage', '--out', file, '--domain', 'nothing');
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('must be the id of a domain')]);
  expect(await headwater('report', 'weather', '--out', file)).toMatchObject({ code: 2 });
});
