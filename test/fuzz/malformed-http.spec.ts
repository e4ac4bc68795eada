import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FuzzedProduct, LONGEST_ANSWER_MS, SEED } from './fuzzed-product.js';
import { faultsOf } from './judge-answer.js';
import { exchange, type ExchangeOptions } from './raw-http.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? '600');
const EVENT = '{"eventTime":"2026-11-23T10:15:30Z","job":{"namespace":"fuzz","name":"raw"}}';

let product: FuzzedProduct;
/** The token is not known when the tables of cases are made. */
const BEARER = 'Authorization: Bearer {{token}}\r\n';

beforeAll(async () => {
  product = await FuzzedProduct.start();
  for (let run = 0; run < 50; run += 1) await product.requireAnswer();
  await product.warm();
});
afterAll(() => product.stop());

/** Sends and judges; the statuses that came. `mayWait`: the request is not whole, so that the server may wait for more. */
async function send(
  chunks: readonly (string | Uint8Array)[],
  options: ExchangeOptions & { readonly mayWait?: boolean } = {},
): Promise<readonly number[]> {
  const { text, statuses, ms, isOver } = await exchange(
    product.port,
    chunks.map((chunk) => (typeof chunk === 'string' ? chunk.replaceAll('{{token}}', product.token) : chunk)),
    options,
  );
  const faults = [0, ...statuses].flatMap((status) =>
    faultsOf({ status, retryAfter: /^retry-after: (.+)$/im.exec(text)?.[1] ?? null, text, ms: 0 }),
  );
  if (options.mayWait !== true && (!isOver || ms > LONGEST_ANSWER_MS)) faults.push(`${ms.toFixed(0)} ms: ${text}`);
  if (faults.length > 0) {
    const sent = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as string))).toString('latin1');
    throw new Error(`${faults.join('\n')}\nfor ${JSON.stringify(sent.slice(0, 2_000))}`);
  }
  return statuses;
}

const post = (path: string, headers: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${BEARER}Content-Type: application/json\r\n${headers}\r\n${body}`;
const event = (headers: string, body: string): string =>
  post('/api/v1/lineage', `Connection: close\r\n${headers}`, body);
const get = (target: string, headers = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${BEARER}${headers}Connection: close\r\n\r\n`;
const gzipped = (body: string, headers: string, encoding = 'gzip', cut = 0): (string | Uint8Array)[] => {
  const bytes = gzipSync(body);
  const sent = bytes.subarray(0, bytes.length - cut);
  return [event(`Content-Encoding: ${encoding}\r\nContent-Length: ${String(sent.length)}\r\n${headers}`, ''), sent];
};

describe('a request line or a header that is none', () => {
  test.each([
    ['noise', '\u0000\u0001\u0002\u00ff\r\n\r\n'],
    ['an empty line', '\r\n\r\n'],
    ['no version', 'GET /\r\n\r\n'],
    ['a strange version', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n'],
    ['HTTP/0.9', 'GET /\r\n'],
    ['a strange method', 'NOPE /graphql HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a long method', `${'A'.repeat(10_000)} / HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ['spaces in the target', 'GET /a b c HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a long target', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
    ['a null byte in the target', 'GET /graphql/ide/\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['no Host', 'GET /health/live HTTP/1.1\r\n\r\n'],
    ['two Hosts', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost: localhost\r\nnope\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n'],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n'],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-A: a\r\n b\r\n\r\n'],
    ['a null byte in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-A: a\u0000b\r\n\r\n'],
    ['bare line feeds', 'GET /health/live HTTP/1.1\nHost: localhost\n\n'],
    ['bare carriage returns', 'GET / HTTP/1.1\rHost: localhost\r\r'],
    ['a huge header', `GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(1_000_000)}\r\n\r\n`],
    ['a flood of headers', `GET / HTTP/1.1\r\nHost: localhost\r\n${'X-A: a\r\n'.repeat(20_000)}\r\n`],
    [
      'a huge token',
      `GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer hw_${'a'.repeat(15_000)}\r\nConnection: close\r\n\r\n`,
    ],
    ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
    ['a proxy line', 'PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['an absolute target', 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a trace', 'TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
    ['options of everything', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
  ])('%s', async (_, text) => {
    for (const status of await send([text], { quietMs: 400 })) expect(status).toBeGreaterThanOrEqual(200);
  });
});

describe('a body that contradicts its headers', () => {
  const length = (value: string | number): string => `Content-Length: ${String(value)}\r\n`;
  const chunked = 'Transfer-Encoding: chunked\r\n';
  test.each([
    ['both length and chunks', event(`${length(3)}${chunked}`, '0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n')],
    ['chunks twice', event(`${chunked}${chunked}`, '0\r\n\r\n')],
    ['an unknown transfer', event('Transfer-Encoding: chunked, nope\r\n', '0\r\n\r\n')],
    ['a hidden transfer', event('Transfer-Encoding: \u000bchunked\r\n', '0\r\n\r\n')],
    ['two lengths', event(`${length(1)}${length(2)}`, '{}')],
    ['a list of lengths', event(length('2, 2'), '{}')],
    ['a negative length', event(length(-1), '{}')],
    ['a signed length', event(length('+2'), '{}')],
    ['a hexadecimal length', event(length('0x2'), '{}')],
    ['a length beyond all bounds', event(length('9'.repeat(40)), '{}')],
    ['a length beyond the limit', event(length(10 ** 12), '{}')],
    ['less than its length', event(length(1_000), '{}')],
    ['a chunk without a size', event(chunked, 'nope\r\n{}\r\n0\r\n\r\n')],
    ['a chunk of a negative size', event(chunked, '-1\r\n{}\r\n0\r\n\r\n')],
    ['a chunk beyond all bounds', event(chunked, 'ffffffffffffffffff\r\n{}\r\n')],
    ['a chunk longer than its size', event(chunked, '1\r\n{}\r\n0\r\n\r\n')],
    ['a chunk with long extensions', event(chunked, `2;${'a'.repeat(100_000)}\r\n{}\r\n0\r\n\r\n`)],
    ['chunks without an end', event(chunked, '2\r\n{}\r\n')],
    ['trailers', event(chunked, `2\r\n{}\r\n0\r\n${'X-A: a\r\n'.repeat(5_000)}\r\n`)],
  ])('%s is refused', async (_, text) => {
    const statuses = await send([text], { quietMs: 400 });
    // Nothing behind the first answer was taken for another request.
    expect(statuses.length).toBeLessThanOrEqual(1);
    for (const status of statuses) expect(status).toBeGreaterThanOrEqual(400);
  });

  const body = JSON.stringify({ filler: 'x'.repeat(100_000), ...(JSON.parse(EVENT) as object) });
  test.each([
    ['gzip that ends early', gzipped(body, '', 'gzip', 20)],
    ['gzip of nothing', [event('Content-Encoding: gzip\r\nContent-Length: 0\r\n', '')]],
    ['gzip that is brotli', gzipped(body, '', 'br')],
    ['gzip that is deflate', gzipped(body, '', 'deflate')],
    ['gzip twice', gzipped(body, '', 'gzip, gzip')],
    ['an unknown encoding', gzipped(body, '', 'zstd')],
    ['plain text as gzip', [event(`Content-Encoding: gzip\r\n${length(EVENT.length)}`, EVENT)]],
    ['plain text as brotli', [event(`Content-Encoding: br\r\n${length(EVENT.length)}`, EVENT)]],
    ['plain text as deflate', [event(`Content-Encoding: deflate\r\n${length(EVENT.length)}`, EVENT)]],
    ['64 MiB of nothing in 64 KiB', gzipped(' '.repeat(64 * 1024 * 1024), '')],
  ])('%s is refused', async (_, chunks) => {
    for (const status of await send(chunks)) expect([400, 413, 415]).toContain(status);
  });

  test('gzip of the body that it says is taken', async () => {
    expect(await send(gzipped(EVENT, ''))).toEqual([201]);
  });
});

describe('a client in no hurry, or in too much', () => {
  test('Expect: 100-continue is told to go on, and refused for a stranger', async () => {
    const expecting = `Expect: 100-continue\r\nContent-Length: ${String(EVENT.length)}\r\n`;
    expect(await send([event(expecting, ''), EVENT], { pauseMs: 100 })).toEqual([100, 201]);
    const stranger = event(expecting, '').replace(BEARER, '');
    expect((await send([stranger, EVENT], { pauseMs: 100 })).at(-1)).toBe(401);
    expect(await send([event('Expect: miracles\r\nContent-Length: 2\r\n', '{}')])).toEqual([417]);
  });

  test('pipelined requests are answered in order', async () => {
    const live = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';
    expect(await send([live.repeat(200) + get('/nope')])).toEqual([...Array<number>(200).fill(200), 404]);
  });

  test('a body that comes byte by byte is taken', async () => {
    const head = event(`Content-Length: ${String(EVENT.length)}\r\n`, '');
    expect(await send([head, ...EVENT], { pauseMs: 2 })).toEqual([201]);
  });

  test('200 connections that never finish keep nobody else waiting', async () => {
    const halves = [
      'GET /health/live HTT',
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${BEARER}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
      event('Transfer-Encoding: chunked\r\n', '5\r\n{"a"'),
      '',
    ];
    const waiting = Array.from({ length: 200 }, (_, at) =>
      send([halves[at % halves.length] ?? ''], { timeoutMs: 3_000, mayWait: true }),
    );
    await product.requireAnswer();
    await Promise.all(waiting);
    await product.requireAnswer();
  });

  test('300 connections that are cut in the middle of a body cost nothing', async () => {
    const cut = event('Content-Length: 1000000\r\n', 'x'.repeat(100_000));
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(Array.from({ length: 30 }, () => send([cut], { timeoutMs: 20, mayWait: true })));
    }
    await product.requireAnswer();
  });
});

describe('a path that leads elsewhere', () => {
  test.each([
    '/graphql/ide/../../../../etc/passwd',
    '/graphql/ide/..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/graphql/ide/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/graphql/ide/....//....//package.json',
    '/graphql/ide/..%5c..%5cpackage.json',
    '/graphql/ide/..%252f..%252fpackage.json',
    '/graphql/ide/%c0%ae%c0%ae/package.json',
    '/graphql/ide/%00',
    '/graphql/ide/index.html%00.js',
    '/graphql/ide/a%00.js',
    '/graphql/ide//etc/passwd',
    '/graphql/ide/.js',
    '/graphql/ide/assets.js/',
    `/graphql/ide/${'a/'.repeat(4_000)}x.js`,
    `/graphql/ide/${'a'.repeat(5_000)}.js`,
    '/graphql/ide/%',
    '/graphql/ide/%zz.js',
    '//etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..;/metrics',
    '/.git/config',
    '/.env',
    '/metrics%00',
    '/__proto__',
    '/constructor',
  ])('%.60s gives nothing', async (path) => {
    const statuses = await send([get(path)]);
    expect(statuses).toHaveLength(1);
    expect([400, 404, 414, 431]).toContain(statuses[0]);
  });
});

test('requests with bytes changed at random are answered or refused', async () => {
  const graphql = JSON.stringify({ query: '{ status { logId } search(first: 2) { totalCount } }' });
  const requests = [
    event(`Content-Length: ${String(EVENT.length)}\r\n`, EVENT),
    event('Transfer-Encoding: chunked\r\n', `${EVENT.length.toString(16)}\r\n${EVENT}\r\n0\r\n\r\n`),
    post('/graphql', `Connection: close\r\nContent-Length: ${String(graphql.length)}\r\n`, graphql),
    get('/graphql?query=%7Bstatus%7BlogId%7D%7D'),
    get(
      '/graphql',
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n',
    ),
    get('/graphql', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n'),
    get('/graphql/ide/index.html'),
  ];
  const edit = fc.record({
    at: fc.nat(2_000),
    byte: fc.nat(255),
    kind: fc.constantFrom('CHANGE', 'INSERT', 'DROP', 'CUT', 'REPEAT'),
  });
  const property = fc.asyncProperty(
    fc.constantFrom(...requests),
    fc.array(edit, { minLength: 1, maxLength: 8 }),
    async (request, edits) => {
      let bytes = [...Buffer.from(request.replaceAll('{{token}}', product.token), 'latin1')];
      for (const { at, byte, kind } of edits) {
        const index = at % Math.max(1, bytes.length);
        if (kind === 'CHANGE') bytes[index] = byte;
        else if (kind === 'INSERT') bytes.splice(index, 0, byte);
        else if (kind === 'DROP') bytes.splice(index, 1);
        else if (kind === 'CUT') bytes = bytes.slice(0, Math.max(index, 10));
        else bytes.splice(index, 0, ...bytes.slice(index, index + byte));
      }
      await send([Buffer.from(bytes)], { quietMs: 100 });
    },
  );
  await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
}, 300_000);

test('after all of it the product answers', () => product.verdict('malformed HTTP'));
