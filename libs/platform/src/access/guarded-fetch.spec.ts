import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedFetch, isInternalAddress } from './guarded-fetch.js';

let server: Server;
let origin: string;
const seen: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.url ?? '');
    if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/latest' });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('the origin that is trusted is called, wherever it is, and its redirects are not followed', async () => {
  const call = guardedFetch(new URL(`${origin}/realm`));
  expect((await call(`${origin}/keys`)).status).toBe(200);
  expect((await call(`${origin}/away`)).status).toBe(302);
  expect(await call(new Request(`${origin}/request`))).toHaveProperty('status', 200);
  expect(seen).toEqual(['/keys', '/away', '/request']);
});

test('anything else that is not the public internet over https is refused before a byte is sent', async () => {
  const call = guardedFetch(new URL('https://id.example.com'));
  const targets = [
    origin,
    `https://127.0.0.1:${new URL(origin).port}`,
    'http://id.example.com',
    'http://example.com',
    'https://localhost',
    'https://10.0.0.1',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[fd00::1]',
    'https://2130706433',
    'https://0x7f.1',
    'https://0',
    'ftp://example.com',
    'file:///etc/passwd',
    'data:application/json,{}',
  ];
  for (const target of targets) {
    await expect(call(target), target).rejects.toMatchObject({ category: 'FORBIDDEN', reason: 'SSRF' });
  }
  expect(seen).toHaveLength(3);
});

test('addresses are told apart by what they are for', () => {
  const inside = ['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.9.9.9', '172.31.255.255', '192.168.0.1', '198.18.0.1'];
  const inside6 = ['::', '::1', 'fe80::1', 'fc00::', 'fdff::1', 'ff02::1', '2001:db8::1', '64:ff9b::7f00:1'];
  const mapped = ['::ffff:10.0.0.1', '::FFFF:127.0.0.1', '::ffff:7f00:1', '::ffff:a00:1'];
  for (const address of [...inside, ...inside6, ...mapped, '224.0.0.1', '255.255.255.255']) {
    expect(isInternalAddress(address), address).toBe(true);
  }
  for (const address of ['1.1.1.1', '172.32.0.1', '192.167.1.1', '2606:4700::1111', '::ffff:1.1.1.1']) {
    expect(isInternalAddress(address), address).toBe(false);
  }
});

test('what is no address is not of the public internet', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/^[\da-f.:]+$/i.test(text));
      expect(isInternalAddress(text)).toBe(true);
    }),
  );
});
