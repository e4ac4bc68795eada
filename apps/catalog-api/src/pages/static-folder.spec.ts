import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StaticFolder } from './static-folder.js';

let folder = '';
let server: FastifyInstance;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headwater-pages-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(path.join(folder, 'assets', 'a.js'), 'plain');
  await writeFile(path.join(folder, 'assets', 'a.js.gz'), gzipSync('packed'));
  await writeFile(path.join(folder, 'assets', 'b.css'), 'plain');
  serve(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function serve(where: string | null): void {
  const files = new StaticFolder(where, "default-src 'none'");
  server = fastify();
  for (const url of ['/', '/lineage', '/lineages'])
    server.get(url, (request, reply) => files.sendPage(request, reply, 'not built'));
  server.get<{ Params: { '*': string } }>('/ui/*', async (request, reply) => {
    try {
      await files.send(request, reply, request.params['*']);
    } catch {
      return reply.code(404).send('none');
    }
    return reply;
  });
}

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

test('a packed file is sent to whoever takes it, the plain one to others, and caches are told apart', async () => {
  const packed = await get('/ui/assets/a.js', { 'accept-encoding': 'gzip, br' });
  expect([packed.headers['content-encoding'], gunzipSync(packed.rawPayload).toString()]).toEqual(['gzip', 'packed']);
  const plain = await get('/ui/assets/a.js');
  expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, 'plain']);
  expect([packed.headers['vary'], plain.headers['vary']]).toEqual(['accept-encoding', 'accept-encoding']);
  expect((await get('/ui/assets/b.css', { 'accept-encoding': 'gzip' })).body).toBe('plain');
});

test('files are kept for good, the page is asked for anew, and both carry the policy', async () => {
  expect((await get('/ui/assets/a.js')).headers['cache-control']).toContain('immutable');
  const page = await get('/');
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.headers['content-security-policy']).toBe("default-src 'none'");
  expect(page.body).toContain('page');
});

test('a page that was built for a path is sent for it, and the one for all where there is none', async () => {
  await writeFile(path.join(folder, 'lineage.html'), 'for lineage');
  expect((await get('/lineage?root=dataset%3Aa%3Ab')).body).toBe('for lineage');
  for (const url of ['/lineages', '/']) expect((await get(url)).body).toContain('page');
});

test('what is not in the folder is not there, however it is written', async () => {
  await writeFile(path.join(folder, 'notes.txt'), 'ours');
  for (const name of ['none.js', '../package.json', '..%2fpackage.json', 'notes.txt', 'assets', 'assets/a.js.gz']) {
    expect((await get(`/ui/${name}`)).statusCode, name).toBe(404);
  }
});

test('a new build under a running server is seen within a second', async () => {
  expect((await get('/ui/assets/new.js')).statusCode).toBe(404);
  await writeFile(path.join(folder, 'assets', 'new.js'), 'new');
  expect((await get('/ui/assets/new.js')).statusCode).toBe(404);
  const later = performance.now() + 1_001;
  vi.spyOn(performance, 'now').mockReturnValue(later);
  expect((await get('/ui/assets/new.js')).body).toBe('new');
});

test('where nothing was built, the page says what to do', async () => {
  await server.close();
  serve(path.join(folder, 'nowhere'));
  expect((await get('/')).body).toContain('not built');
});
