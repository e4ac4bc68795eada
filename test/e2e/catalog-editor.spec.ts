import { readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { CatalogApp } from './catalog-app.js';

const SDL = new URL('../../apps/catalog-api/schema.graphql', import.meta.url);
const EXAMPLES = new URL('../../apps/catalog-api/ide/examples.js', import.meta.url);

describe('the GraphQL editor', () => {
  let folder = '';
  let catalog: CatalogApp;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'headwater-editor-'));
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>editor</title>');
    await writeFile(path.join(folder, 'assets', 'main-1a2b.js'), 'export {};');
    await writeFile(path.join(folder, '.built'), 'secret');
    catalog = await CatalogApp.start({ settings: { ideFolder: folder } });
  });
  afterAll(async () => {
    await catalog.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (where: string, headers: Record<string, string> = { accept: 'text/html,*/*' }): Promise<Response> =>
    fetch(`${catalog.url}${where}`, { headers });

  test('opens where a browser asks for a page, and loads from nowhere else', async () => {
    const page = await get('/graphql');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    // The form that signs out stays on this server, and browsers say that it comes from there.
    expect(policy).toContain("form-action 'self'");
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe/);
    expect(await page.text()).toContain('editor');
  });

  test('a query by GET is answered with data, whatever the browser accepts', async () => {
    const answer = await get(`/graphql?query=${encodeURIComponent('{status{logId}}')}`);
    expect(await answer.json()).toEqual({ data: { status: { logId: catalog.log.logId } } });
  });

  test('serves its files for good, and nothing outside of them', async () => {
    const script = await get('/graphql/ide/assets/main-1a2b.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
    for (const outside of [
      '.built',
      'assets/none.js',
      '..%2f..%2fpackage.json',
      '%2fetc%2fpasswd',
      'assets%2f..%2f..%2fx.js',
    ]) {
      expect((await get(`/graphql/ide/${outside}`)).status).toBe(404);
    }
  });

  test('its examples fit the schema', async () => {
    const schema = buildSchema(readFileSync(SDL, 'utf8'));
    const { exampleTabs } = (await import(EXAMPLES.href)) as { exampleTabs: readonly { query: string }[] };
    expect(exampleTabs.length).toBeGreaterThan(4);
    for (const { query } of exampleTabs) expect(validate(schema, parse(query))).toEqual([]);
  });

  test('a page of another site cannot open a subscription', async () => {
    const socket = new WebSocket(`${catalog.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      origin: 'https://evil.example',
    });
    const outcome = await new Promise<string>((resolve) => {
      socket.on('open', () => resolve('open'));
      socket.on('error', (error) => resolve(error.message));
    });
    expect(outcome).toContain('403');
  });
});
