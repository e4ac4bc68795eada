import { execFile } from 'node:child_process';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { Browser } from '../support/browser.js';
import { ask, caughtUp, dataOf } from '../support/graphql.js';
import { loadEvent } from '../support/http-load.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { ProductProcess, temporaryDataDir } from '../support/product.js';

const run = promisify(execFile);
const TOKEN = /hw_[0-9a-z]{12}_[\w-]{43}/;

const settled = { timeout: 120_000 };

const serve = (settings: Record<string, string>, args: readonly string[] = []): Promise<ProductProcess> =>
  ProductProcess.serve({ HEADWATER_AUTH: 'on', ...settings }, args);

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });

describe('on a data directory', settled, () => {
  let product: ProductProcess;
  let folder: Awaited<ReturnType<typeof temporaryDataDir>>;
  let settings: { HEADWATER_DATA_DIR: string };
  let file: string;
  const token = async (): Promise<string> => (await readFile(file, 'utf8')).trim();

  beforeAll(async () => {
    folder = await temporaryDataDir();
    settings = { HEADWATER_DATA_DIR: folder.dataDir };
    file = path.join(folder.dataDir, 'admin-token');
    product = await serve(settings, ['--example']);
  });
  afterAll(async () => {
    await product.stop();
    await folder.remove();
  });

  test('a first start is closed to an outsider and open to the token that only its owner can read', async () => {
    const text = await token();
    expect(text).toMatch(new RegExp(`^${TOKEN.source}$`));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder.dataDir)).filter((name) => name.startsWith('admin-token'))).toEqual(['admin-token']);

    const send = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${product.url}/api/v1/lineage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(loadEvent('first', 1)),
      });
    const socket = (headers: Record<string, string>): Promise<string> =>
      new Promise((resolve) => {
        const opened = new WebSocket(`${product.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          headers,
        });
        opened.on('open', () => {
          opened.close();
          resolve('open');
        });
        opened.on('error', (error) => resolve(error.message));
      });
    const query = '{ search { totalCount } }';
    const metrics = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${product.url}/metrics`, { headers });

    expect((await send({})).status).toBe(401);
    expect((await ask(product.url, query)).status).toBe(401);
    expect((await metrics({})).status).toBe(401);
    expect(await socket({})).toContain('401');
    expect(await socket(bearer(`${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`))).toContain('401');

    expect((await send(bearer(text))).status).toBe(201);
    expect((await ask(product.url, query, {}, bearer(text))).status).toBe(200);
    expect((await metrics(bearer(text))).status).toBe(200);
    expect(await socket(bearer(text))).toBe('open');
    expect((await fetch(`${product.url}/health/live`)).status).toBe(200);
  });

  test('a subscription with the token gets what happens', async () => {
    const headers = bearer(await token());
    class Authorized extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { headers });
      }
    }
    const url = `${product.url.replace('http', 'ws')}/graphql`;
    const client = createClient({ url, webSocketImpl: Authorized, retryAttempts: 0 });
    const payloads: unknown[] = [];
    client.subscribe(
      { query: 'subscription { assetChanged { position } }' },
      {
        next: (payload) => payloads.push(payload.data),
        error: (error) => payloads.push(error),
        complete: () => undefined,
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    await fetch(`${product.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(loadEvent('first', 2)),
    });
    await product.until(() => payloads.length > 0, 20_000);
    expect(payloads[0]).toEqual({ assetChanged: { position: expect.any(String) as string } });
    await client.dispose();
  });

  test('it prints a link that signs a browser in once, and no secret beside it', async () => {
    const link = product.signInLink;
    expect(link).toContain(product.url);
    expect(product.output + product.errors).not.toMatch(TOKEN);
    const browser = new Browser();
    const page = await browser.visit(link);
    expect([page.status, page.url.pathname]).toEqual([200, '/']);
    expect((await new Browser().ask(link)).status).toBe(410);
  });

  test('the line and the commands that it prints work as they stand, and show no token to ps', async () => {
    const printed = product.output.split('\n').map((line) => line.trim());
    const line = printed.find((text) => text.startsWith('export HEADWATER_TOKEN=')) ?? '';
    expect(line).toBe(`export HEADWATER_TOKEN=$(cat ${file})`);
    const commands = printed.filter((text) => text.includes('curl '));
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      // printf is built into the shell; curl is a process, whose arguments everybody can read.
      expect(command.slice(command.indexOf('| curl '))).not.toContain('HEADWATER_TOKEN');
    }
    const accepted = await run('sh', ['-c', `${line}\n${commands[0] ?? ''}`]);
    expect(JSON.parse(accepted.stdout)).toMatchObject({ duplicate: false });
    await caughtUp(product.url);
    const answered = await run('sh', ['-c', `${line}\n${commands[1] ?? ''}`]);
    const { data } = JSON.parse(answered.stdout) as { data: { lineage: { nodes: object[]; edges: object[] } } };
    expect([data.lineage.nodes.length, data.lineage.edges.length]).toEqual([3, 2]);
  });

  test('the example loads with authentication on', async () => {
    expect(product.output).toContain('example loaded');
    await product.caughtUp();
    const headers = bearer(await token());
    const { search } = await dataOf<{ search: { totalCount: number } }>(
      product.url,
      '{ search(query: "claims") { totalCount } }',
      {},
      headers,
    );
    expect(search.totalCount).toBeGreaterThan(5);
  });

  test('a later start prints another link and leaves the token as it is; one that was revoked is made anew', async () => {
    const [before, link] = [await token(), product.signInLink];
    await chmod(file, 0o644);
    await product.stop();
    product = await serve(settings);
    expect(product.signInLink).not.toBe(link);
    expect(await token()).toBe(before);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const revoked = ProductProcess.command(settings, ['token', 'revoke', before]);
    expect(await revoked.exited).toEqual({ code: 0, signal: null });
    await product.stop();
    product = await serve(settings);
    const after = await token();
    expect(after).not.toBe(before);
    expect((await ask(product.url, '{ __typename }', {}, bearer(before))).status).toBe(401);
    expect((await ask(product.url, '{ __typename }', {}, bearer(after))).status).toBe(200);
  });
});

describe('on a database elsewhere', settled, () => {
  const started: ProductProcess[] = [];
  let database: TestDatabase;
  let folder: Awaited<ReturnType<typeof temporaryDataDir>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await temporaryDataDir();
  });
  afterAll(async () => {
    for (const product of started) await product.stop();
    await database.drop();
    await folder.remove();
  });

  test('the token is in the data directory all the same, the worker prints no link, and every address and name is answered', async () => {
    const dataDir = path.join(folder.dataDir, 'not', 'there', 'yet');
    const settings = { DATABASE_URL: database.url, HEADWATER_DATA_DIR: dataDir, HOST: '0.0.0.0' };
    const [api, worker] = await Promise.all([
      serve(settings, ['--part', 'api']),
      serve(settings, ['--part', 'worker']),
    ]);
    started.push(api, worker);
    const text = (await readFile(path.join(dataDir, 'admin-token'), 'utf8')).trim();
    expect(worker.output).not.toContain('/auth/');
    const accepted = await fetch(`${api.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(text) },
      body: JSON.stringify(loadEvent('apart', 1)),
    });
    expect(accepted.status).toBe(201);
    const { run: found } = await dataOf<{ run: { state: string } }>(
      api.url,
      'query ($id: ID!) { run(id: $id) { state } }',
      { id: loadEvent('apart', 1).run.runId },
      { ...bearer(text), 'headwater-position': accepted.headers.get('headwater-position') ?? '' },
    );
    expect(found.state).toBe('COMPLETED');
    expect((await fetch(`${worker.url}/metrics`)).status).toBe(401);
    expect((await fetch(`${worker.url}/metrics`, { headers: bearer(text) })).status).toBe(200);
    const { port } = new URL(api.url);
    const named = await run('curl', [
      ...['-sS', '-o', '/dev/null', '-w', '%{http_code}', '--connect-to', `catalog.example.org:80:127.0.0.1:${port}`],
      ...['-H', `authorization: Bearer ${text}`, 'http://catalog.example.org/graphql?query=%7B__typename%7D'],
    ]);
    expect(named.stdout).toBe('200');
  });

  test('a data directory that takes no writes is told, with what to do, and the link works', async () => {
    const file = path.join(folder.dataDir, 'a-file');
    await writeFile(file, '');
    const product = await serve({ DATABASE_URL: database.url, HEADWATER_DATA_DIR: path.join(file, 'below') });
    started.push(product);
    expect(product.output).toContain('cannot be written (ENOTDIR)');
    expect(product.output).toContain('headwater -- token create');
    expect((await new Browser().ask(product.signInLink)).status).toBe(303);
  });
});
