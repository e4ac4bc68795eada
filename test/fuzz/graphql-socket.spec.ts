import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc, { type Arbitrary } from 'fast-check';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { projectRoot } from '../../scripts/build-project.mjs';
import { NASTY_DOCUMENTS } from './documents.js';
import { FuzzedProduct, LONGEST_ANSWER_MS, SEED } from './fuzzed-product.js';
import { hostileText, wrongValue } from './hostile-values.js';
import { faultsOf } from './judge-answer.js';
import { drawOperation } from './operations.js';
import { exchange } from './raw-http.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? '250');
const QUIET_MS = 30;

const schema = buildSchema(readFileSync(join(projectRoot, 'apps/catalog-api/schema.graphql'), 'utf8'));
const subscriptions = schema.getSubscriptionType();
let product: FuzzedProduct;

beforeAll(async () => {
  product = await FuzzedProduct.start();
});
afterAll(() => product.stop());

type Frame = string | Uint8Array;

/** Sends frames and reads until nothing more comes; fails where an answer says what it should not. */
async function talk(frames: readonly Frame[], protocol = 'graphql-transport-ws'): Promise<string> {
  const socket = new WebSocket(`${product.url.replace('http', 'ws')}/graphql`, [protocol], {
    headers: { authorization: `Bearer ${product.token}` },
  });
  let text = '';
  let heardAt = performance.now();
  socket.on('message', (data: Buffer) => {
    text += `${data.toString()}\n`;
    heardAt = performance.now();
  });
  socket.on('close', (code: number, reason: Buffer) => (text += `closed ${String(code)} ${reason.toString()}\n`));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', (error) => {
      text += `${error.message}\n`;
      reject(error);
    });
  });
  for (const frame of frames) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  heardAt = performance.now();
  while (performance.now() - heardAt < QUIET_MS && socket.readyState === WebSocket.OPEN) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  socket.terminate();
  const faults = faultsOf({ status: 200, retryAfter: null, text, ms: 0 });
  if (faults.length > 0) {
    throw new Error(`${faults.join('\n')}\nfor ${frames.map((frame) => frame.toString().slice(0, 500)).join('\n')}`);
  }
  return text;
}

const INIT = JSON.stringify({ type: 'connection_init' });
const message = (type: unknown, id?: unknown, payload?: unknown): string => JSON.stringify({ id, type, payload });
const subscribe = (query: unknown, variables?: unknown, operationName?: unknown): string =>
  message('subscribe', '1', { query, variables, operationName });

const types = fc.constantFrom<unknown>(
  ...['connection_init', 'connection_ack', 'ping', 'pong', 'subscribe', 'next', 'error', 'complete', 'start', 'stop'],
  ...['connection_terminate', 'ka', '__proto__', '', null, 7],
);
const frame: Arbitrary<Frame> = fc.oneof(
  fc
    .record({ type: types, id: fc.oneof(fc.constantFrom<unknown>('1', '2'), wrongValue), payload: wrongValue })
    .map(({ type, id, payload }) => message(type, id, payload)),
  wrongValue.map((value) => JSON.stringify(value)),
  hostileText.map((text) => text.toWellFormed()),
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom(...Object.values(NASTY_DOCUMENTS)).map((document) => subscribe(document)),
  fc.gen().map((g) => {
    if (subscriptions == null) throw new Error('the schema has no subscriptions');
    const { query, variables } = drawOperation(g, schema, subscriptions, ['dataset:a:b']);
    return subscribe(query, variables);
  }),
);

test('messages of any kind in any order are answered, refused, or end the connection', async () => {
  const conversations = async (count: number): Promise<void> => {
    const property = fc.asyncProperty(
      fc.array(frame, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      fc.constantFrom('graphql-transport-ws', 'graphql-ws'),
      async (frames, isOpened, protocol) => {
        await talk(isOpened ? [INIT, ...frames] : frames, protocol);
      },
    );
    await fc.assert(property, { seed: SEED, numRuns: count, endOnFailure: true });
  };
  await conversations(RUNS / 5);
  await product.warm();
  await conversations(RUNS);
}, 300_000);

test.each([
  ['null', ['null']],
  ['a number', [INIT, '0']],
  ['a list', [INIT, '[]']],
  ['no payload', [INIT, message('subscribe', '1')]],
  ['no id', [INIT, message('subscribe', undefined, { query: 'subscription { assetChanged { position } }' })]],
  ['a query that is a number', [INIT, subscribe(7)]],
  ['a query that is an object', [INIT, subscribe({})]],
  ['a query that claims to be parsed', [INIT, subscribe({ kind: 'Document', definitions: [{ kind: 'Nope' }] })]],
  [
    'a parsed query without a selection',
    [INIT, subscribe({ kind: 'Document', definitions: [{ kind: 'OperationDefinition', operation: 'subscription' }] })],
  ],
  ['no operation of the name', [INIT, subscribe('subscription A { assetChanged { position } }', {}, 'B')]],
  ['an empty document', [INIT, subscribe('')]],
  ['variables that are a list', [INIT, subscribe('subscription { assetChanged { position } }', [1])]],
  [
    'a document beyond all tokens',
    [INIT, subscribe(`subscription { assetChanged { ${'position '.repeat(100_000)} } }`)],
  ],
  ['the same id twice', [INIT, ...Array<string>(50).fill(subscribe('subscription { assetChanged { position } }'))]],
  ['complete before subscribe', [INIT, message('complete', '1'), message('complete', '1')]],
  ['subscribe before connection_init', [subscribe('subscription { assetChanged { position } }')]],
  ['connection_init a hundred times', Array<string>(100).fill(INIT)],
  ['a payload that is a prototype', ['{"type":"connection_init","payload":{"__proto__":{"isAdmin":true}}}']],
  [
    'an extension that nobody knows',
    [INIT, '{"type":"subscribe","id":"1","extensions":[{"type":"x"}],"payload":{"query":"{a}"}}'],
  ],
  ['an extension that is null', [INIT, '{"type":"subscribe","id":"1","extensions":[null],"payload":{"query":"{a}"}}']],
  ['binary', [new Uint8Array([0xff, 0xfe, 0, 1]), new Uint8Array(10_000)]],
])('a nasty conversation: %s', async (_, frames) => {
  await talk(frames);
});

test('a message of more than a megabyte ends the connection', async () => {
  expect(await talk([INIT, message('ping', '1', 'x'.repeat(2_000_000))])).not.toContain('pong');
});

const UPGRADE = (headers: string): string =>
  `GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n`;
const KEY = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

test.each([
  ['no key', 'Sec-WebSocket-Version: 13\r\n', [], 400],
  ['a short key', 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n', [], 400],
  ['an old version', 'Sec-WebSocket-Version: 1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n', [], 400],
  ['a frame of a reserved kind', KEY, [0x8f, 0x80, 0, 0, 0, 0], 101],
  ['a frame without a mask', KEY, [0x81, 0x02, 0x7b, 0x7d], 101],
  ['a frame of 2^63 bytes', KEY, [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], 101],
  ['a long ping', KEY, [0x89, 0xfe, 0xff, 0xff, 0, 0, 0, 0], 101],
  ['a continuation of nothing', KEY, [0x80, 0x80, 0, 0, 0, 0], 101],
  ['text that is not UTF-8', KEY, [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe], 101],
  ['a close of an unknown code', KEY, [0x88, 0x82, 0, 0, 0, 0, 0, 1], 101],
  ['compression that was not agreed on', KEY, [0xc1, 0x82, 0, 0, 0, 0, 1, 2], 101],
] as const)('a nasty upgrade: %s', async (_, headers, bytes, status) => {
  const upgrade = UPGRADE(`Authorization: Bearer ${product.token}\r\n${headers}`);
  const answer = await exchange(product.port, [upgrade, new Uint8Array(bytes)], { pauseMs: 50, quietMs: 1_000 });
  expect(answer.isOver).toBe(true);
  expect(answer.ms).toBeLessThan(LONGEST_ANSWER_MS);
  expect(answer.statuses).toEqual([status]);
});

test('an upgrade without credentials is refused', async () => {
  expect((await exchange(product.port, [UPGRADE(KEY)], { quietMs: 1_000 })).statuses).toEqual([401]);
});

test('after all of it the product answers', () => product.verdict('WebSocket'));
