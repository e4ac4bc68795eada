import { execFile } from 'node:child_process';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, dataOf } from '../support/graphql.js';
import { HttpLoad } from '../support/http-load.js';
import { createBlankDatabase, type TestDatabase } from '../support/postgres.js';
import { ProductProcess, temporaryDataDir } from '../support/product.js';

const execute = promisify(execFile);
const CLI = fileURLToPath(new URL('../../apps/standalone/dist/cli.js', import.meta.url));

let folder: Awaited<ReturnType<typeof temporaryDataDir>>;
let source: TestDatabase;
let product: ProductProcess;
let token: string;
let file: string;

const settings = (database: TestDatabase) => ({ DATABASE_URL: database.url, HEADWATER_AUTH: 'on' });

async function headwater(database: TestDatabase, ...words: readonly string[]) {
  const command = ProductProcess.command(settings(database), words);
  const { code } = await command.exited;
  return { code, out: command.output, err: command.errors };
}

beforeAll(async () => {
  folder = await temporaryDataDir();
  file = path.join(folder.dataDir, 'catalog.dump');
  source = await createBlankDatabase();
  product = await ProductProcess.serve(settings(source), ['--example']);
  const scopes = 'catalog:read,lineage:write,catalog:edit';
  token = (
    await headwater(source, 'token', 'create', '--name', 'dump', '--owner', 'me', '--scopes', scopes)
  ).out.trim();
});
afterAll(async () => {
  await product.stop();
  await source.drop();
  await folder.remove();
});

const bearer = () => ({ authorization: `Bearer ${token}` });
const CLAIMS = 'dataset:postgres%3A%2F%2Fwarehouse.insurance.example%3A5432:insurance.reporting.daily_claims';
const ANSWERS = `query ($claims: ID!) {
  lineage(root: $claims, direction: UPSTREAM, depth: 20) { nodes { id depth } edges { id from to firstSeenAt validFrom validTo } }
  search(query: "claims", first: 50, orderBy: NAME) { totalCount edges { node { id displayName } } }
  node(id: $claims) { ... on Dataset { description tags { position producer } effectiveOwners { owners { agent { id } because position } } } }
  domains { id name } findings(first: 50) { edges { node { code pointer } } } }`;

const answers = (url: string): Promise<Record<string, unknown>> => dataOf(url, ANSWERS, { claims: CLAIMS }, bearer());

test('a catalog in use is dumped, verified and restored into an empty database, where everything is as it was', async () => {
  const edit = (text: string): Promise<unknown> => dataOf(product.url, `mutation { ${text} }`, {}, bearer());
  await edit(
    `assignOwner(input: { on: "${CLAIMS}", agent: "agent:team:reporting", role: "steward", idempotencyKey: "dump-1" }) { __typename }`,
  );
  await edit(`createDomain(input: { name: "Claims", idempotencyKey: "dump-2" }) { __typename }`);
  const load = new HttpLoad(product.url, 'dump', { connections: 1, pauseMs: 5, headers: bearer() });
  await load.until(50);
  const dumped = await headwater(source, 'dump', file);
  await load.stop();
  expect([dumped.code, dumped.err]).toEqual([0, expect.stringMatching(/^digest {3}[0-9a-f]{64}$/m)]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const { position } = (
    JSON.parse(
      gunzipSync(await readFile(file))
        .toString('utf8')
        .split('\n')[0] ?? '',
    ) as [string, { position: number }]
  )[1];
  expect(position).toBeGreaterThan(650);

  const verified = await headwater(source, 'verify', file);
  expect([verified.code, verified.err]).toEqual([0, '']);
  expect(verified.out).toContain(/^digest .*$/m.exec(dumped.err)?.[0]);

  const target = await createBlankDatabase();
  const restored = await headwater(target, 'restore', file);
  expect([restored.code, restored.err]).toEqual([
    0,
    expect.stringMatching(/The catalog is what it was: \d+ tables with equal digests, state [0-9a-f]{64}\./),
  ]);
  // What it held is what the restore built, and what was read told.
  const state = /^state .*$/m.exec(dumped.err)?.[0] ?? 'none';
  expect(verified.out).toContain(state);
  expect(restored.err).toContain(`${state.replace(/ +/, ' ')}.`);
  const copy = await ProductProcess.serve(settings(target));
  try {
    await copy.caughtUp();
    await product.caughtUp();
    // The token of the one is good for the other; what came behind the dump's snapshot is in the load's own namespace.
    const [there, here] = [await answers(copy.url), await answers(product.url)];
    expect(there).toEqual(here);
    expect(JSON.stringify(there)).toContain('agent:team:reporting');
    const { search } = there as { search: { totalCount: number } };
    expect(search.totalCount).toBeGreaterThan(5);
    const refused = await ask(copy.url, '{ status { logId } }');
    expect(refused.status).toBe(401);
    // A dump of the copy, as far as it goes, is a dump of the same log.
    const again = path.join(folder.dataDir, 'again.dump');
    expect((await headwater(target, 'dump', again)).code).toBe(0);
    const events = async (name: string) =>
      gunzipSync(await readFile(name))
        .toString('utf8')
        .split('\n')
        .filter((line) => line.includes('"part_count":'));
    const before = await events(file);
    expect((await events(again)).slice(0, before.length)).toEqual(before);
  } finally {
    await copy.stop();
    await target.drop();
  }
}, 180_000);

test('two dumps of what is the same have the same state, and each its own digest', async () => {
  await product.caughtUp();
  const told = async (name: string) => {
    const { err } = await headwater(source, 'dump', path.join(folder.dataDir, name));
    return ['state', 'digest'].map((what) => new RegExp(`^${what} +([0-9a-f]{64})$`, 'm').exec(err)?.[1]);
  };
  const [[state, digest], [sameState, otherDigest]] = [await told('one.dump'), await told('two.dump')] as const;
  expect(state).toMatch(/^[0-9a-f]{64}$/);
  expect(sameState).toBe(state);
  expect(otherDigest).not.toBe(digest);
  await dataOf(product.url, `mutation { createDomain(input: { name: "Other" }) { __typename } }`, {}, bearer());
  await product.caughtUp();
  expect((await told('three.dump'))[0]).not.toBe(state);
}, 120_000);

test('a dump goes through pipes whole, without the keys where that is asked for', async () => {
  const pipe = '"$0" "$1" dump - --without-secrets | "$0" "$1" verify -';
  const env = { ...process.env, ...settings(source) };
  const { stdout, stderr } = await execute('/bin/sh', ['-c', pipe, process.execPath, CLI], { env });
  expect(stdout).toContain('keys of this installation are not in it');
  // The digest that is told by the one who wrote it, and by the one who read it.
  expect(stdout).toContain(/^digest .*$/m.exec(stderr)?.[0]);
});

test('what cannot be done is refused and says what to do, and leaves no file behind', async () => {
  await rm(file, { force: true });
  await writeFile(file, 'mine');
  expect(await headwater(source, 'dump', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('there already') as string,
  });
  expect(await readFile(file, 'utf8')).toBe('mine');
  expect(await headwater(source, 'verify', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('no gzip file') as string,
  });
  const inUse = await headwater(source, 'restore', file);
  expect(inUse).toMatchObject({ code: 1, err: expect.stringContaining('HEADWATER_DATA_DIR') as string });
  const nowhere = path.join(folder.dataDir, 'none', 'x.dump');
  expect(await headwater(source, 'dump', nowhere)).toMatchObject({
    code: 1,
    err: expect.stringContaining('cannot be written') as string,
  });
  expect(await headwater(source, 'restore', nowhere)).toMatchObject({ code: 1 });
  expect(await headwater(source, 'verify', nowhere)).toMatchObject({
    code: 1,
    err: expect.stringContaining('cannot be read') as string,
  });
  expect(await headwater(source, 'dump')).toMatchObject({
    code: 2,
    err: expect.stringContaining('name of the file') as string,
  });
  expect(await headwater(source, 'verify', 'a', 'b')).toMatchObject({
    code: 2,
    err: expect.stringContaining('one file at a time') as string,
  });
});
