import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AccessDirectory } from '@headwater/application/access/access-directory';
import type { AccessParts } from '@headwater/application/access/access-parts';
import { CreateToken } from '@headwater/application/access/create-token';
import { START_PRINCIPAL } from '@headwater/application/access/principals';
import { linkHashOf, LINK_LIFETIME } from '@headwater/application/access/sign-in-link';
import type { Scope } from '@headwater/domain/access/scopes';
import { MICROS_PER_HOUR } from '@headwater/domain/time';
import { readConfig } from '@headwater/platform/config';
import { SystemIdSource } from '@headwater/platform/system-id-source';
import { MemoryAccessStore } from '@headwater/store-contract/memory-access-store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDoor } from './first-start.js';

const URL_HERE = 'http://127.0.0.1:4000';

let now = 0;
let folder = '';
let file = '';
let parts: AccessParts;

beforeEach(async () => {
  now = Date.parse('2026-11-25T00:00:00Z') * 1000;
  folder = await mkdtemp(path.join(tmpdir(), 'headwater-door-'));
  file = path.join(folder, 'admin-token');
  const clock = { now: () => now };
  const store = new MemoryAccessStore(clock);
  parts = { store, directory: new AccessDirectory(store, clock), clock, ids: new SystemIdSource() };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (settings: Record<string, string> = {}) =>
  openDoor(parts, readConfig({ HEADWATER_DATA_DIR: folder, ...settings }), URL_HERE);
const tokens = async () => (await parts.store.tokens({ first: 100, after: null })).items.map(({ item }) => item);

async function put(scopes: readonly Scope[], expiresAt: number | null = null): Promise<string> {
  const wanted = { name: 'x', owner: 'y', scopes, writes: null, reads: null, expiresAt };
  const { text } = await new CreateToken(parts).execute({ principal: START_PRINCIPAL, address: null }, wanted);
  await writeFile(file, `${text}\n`);
  return text;
}

describe('the admin token', () => {
  test('is made at the first start, in a file of its owner only, and may do everything', async () => {
    const door = await open();
    expect((await readFile(file, 'utf8')).trim()).toBe(door.token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['admin-token']);
    const [token] = await tokens();
    expect(token).toMatchObject({ createdBy: 'local:start', writes: null, reads: null, expiresAt: null });
    expect(token?.scopes).toContain('admin');
  });

  test('stays while it is good, and its file is closed to others again', async () => {
    const first = await open();
    await rm(file);
    await writeFile(file, `${first.token ?? ''}\n`, { mode: 0o644 });
    const second = await open();
    expect(second.token).toBe(first.token);
    expect(await tokens()).toHaveLength(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['is missing', () => rm(file, { force: true })],
    ['is nonsense', () => writeFile(file, 'nonsense')],
    ['is empty', () => writeFile(file, '')],
    ['is of another installation', () => writeFile(file, `hw_${'0'.repeat(12)}_${'A'.repeat(43)}`)],
    [
      'has another secret',
      async () => {
        const text = await put(['admin']);
        await writeFile(file, `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`);
      },
    ],
    ['may not administer', () => put(['catalog:read'])],
    [
      'has expired',
      async () => {
        await put(['admin'], now + MICROS_PER_HOUR);
        now += 2 * MICROS_PER_HOUR;
      },
    ],
  ])('that %s is made anew', async (_, spoil) => {
    await spoil();
    const before = await readFile(file, 'utf8').catch(() => '');
    const { token } = await open();
    expect(token).toMatch(/^hw_[0-9a-z]{12}_[\w-]{43}$/);
    expect(token).not.toBe(before.trim());
    expect((await readFile(file, 'utf8')).trim()).toBe(token);
  });

  test('is not made where it cannot be kept; then the link is what is left', async () => {
    await writeFile(file, '');
    const door = await open({ HEADWATER_DATA_DIR: path.join(file, 'below') });
    expect(door).toMatchObject({
      token: null,
      problem: 'ENOTDIR',
      link: expect.stringContaining('/auth/link?code=') as string,
    });
    expect(await tokens()).toEqual([]);
  });
});

describe('the link', () => {
  test('is another one at each start, leads to where browsers reach the server, and lasts an hour', async () => {
    const [first, second] = [await open(), await open({ HEADWATER_PUBLIC_URL: 'https://catalog.example.org/' })];
    expect(first.link).toMatch(/^http:\/\/127\.0\.0\.1:4000\/auth\/link\?code=[\w-]{43}$/);
    expect(second.link).toMatch(/^https:\/\/catalog\.example\.org\/auth\/link\?code=/);
    const use = async (link: string): Promise<void> => {
      const hash = linkHashOf(new URL(link).searchParams.get('code')) ?? '';
      const detail = { type: 'SIGNED_IN', method: 'LINK', name: 'x' } as const;
      await parts.store.record({ id: parts.ids.uuid(), at: now, actor: null, address: null, detail }, [
        { kind: 'USE_LINK', hash },
      ]);
    };
    now += LINK_LIFETIME - 1;
    await use(first.link);
    await expect(use(first.link)).rejects.toMatchObject({ reason: 'LINK_USED' });
    now += 1;
    await expect(use(second.link)).rejects.toMatchObject({ reason: 'LINK_USED' });
  });
});
