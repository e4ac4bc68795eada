import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startServer, type TestServer } from '../support/server.js';

const MOST = 3;
const QUERY = 'subscription { assetChanged { position } }';

let server: TestServer;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  server = await startServer({ HEADWATER_SUBSCRIPTIONS_PER_CONNECTION: String(MOST) });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});
afterAll(() => server.close());

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** What a client says in each of the protocols, and what it hears. */
const WORDS = {
  'graphql-transport-ws': { start: 'subscribe', stop: 'complete', data: 'next' },
  'graphql-ws': { start: 'start', stop: 'stop', data: 'data' },
} as const;

class Talk {
  readonly messages: Message[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #words: (typeof WORDS)[keyof typeof WORDS];

  constructor(
    readonly socket: WebSocket,
    protocol: keyof typeof WORDS,
  ) {
    this.#words = WORDS[protocol];
    socket.on('message', (data: Buffer) => this.messages.push(JSON.parse(data.toString()) as Message));
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  start(id: unknown, query = QUERY): void {
    this.send({ type: this.#words.start, id, payload: { query } });
  }

  stop(id: string): void {
    this.send({ type: this.#words.stop, id });
  }

  /** Ids under which a change was told; any change where no position is given. */
  heard(position?: string): readonly string[] {
    const text = position === undefined ? '' : `"${position}"`;
    return this.messages
      .filter(({ type, payload }) => type === this.#words.data && JSON.stringify(payload).includes(text))
      .map(({ id = '' }) => id)
      .sort();
  }

  errors(): readonly Message[] {
    return this.messages.filter(({ type }) => type === 'error');
  }
}

async function open(protocol: keyof typeof WORDS = 'graphql-transport-ws', { url } = server): Promise<Talk> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol);
  sockets.push(socket);
  const talk = new Talk(socket, protocol);
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  talk.send({ type: 'connection_init' });
  await expect.poll(() => talk.messages).toContainEqual({ type: 'connection_ack' });
  return talk;
}

let runs = 0;

/** The position of an event that every subscription is told of, once those that were asked for have had time to begin. */
async function change({ url } = server): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  const run = { runId: randomUUID() };
  const event = {
    ...{ eventType: 'COMPLETE', eventTime: '2026-11-23T10:00:00Z', run, producer: 'https://example.org/tests' },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    job: { namespace: 'sockets', name: `job-${String((runs += 1))}` },
  };
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v1/lineage`, { method: 'POST', headers, body: JSON.stringify(event) });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { position: string }).position;
}

describe.each(['graphql-transport-ws', 'graphql-ws'] as const)('on a connection of %s', (protocol) => {
  test('one subscription too many is refused by itself, and the others go on', async () => {
    const talk = await open(protocol);
    for (const id of ['a', 'b', 'c', 'd']) talk.start(id);
    await expect.poll(() => talk.errors()).toHaveLength(1);
    expect(talk.errors()[0]).toMatchObject({
      id: 'd',
      payload: [
        {
          message: expect.stringContaining('3 subscriptions') as string,
          extensions: {
            code: 'BAD_USER_INPUT',
            reason: 'SUBSCRIPTIONS',
            limit: MOST,
            traceId: expect.any(String) as string,
          },
        },
      ],
    });
    const first = await change();
    await expect.poll(() => talk.heard(first)).toEqual(['a', 'b', 'c']);
    talk.stop('b');
    talk.start('d');
    const second = await change();
    await expect.poll(() => talk.heard(second)).toEqual(['a', 'c', 'd']);
  });

  test('the id of a subscription that runs ends the connection when it is used again', async () => {
    const talk = await open(protocol);
    talk.start('a');
    talk.start('a');
    expect(await talk.closed).toEqual({ code: 4409, reason: 'Subscriber for a already exists' });
  });

  test('an id that was ended is free at once, and nothing of the first subscription comes under it', async () => {
    const talk = await open(protocol);
    for (let n = 0; n < 20; n += 1) {
      talk.start('a');
      talk.stop('a');
    }
    talk.start('a');
    for (let n = 0; n < 3; n += 1) {
      const position = await change();
      await expect.poll(() => talk.heard(position)).toEqual(['a']);
    }
    expect(talk.messages.filter(({ type }) => type === 'complete' || type === 'error')).toEqual([]);
    expect(talk.socket.readyState).toBe(WebSocket.OPEN);
  });
});

test('subscriptions that are ended before they have begun leave nothing behind', async () => {
  const talk = await open();
  for (let n = 0; n < 500; n += 1) {
    talk.start(`x${String(n)}`);
    talk.stop(`x${String(n)}`);
    if (n % MOST === MOST - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  for (const id of ['a', 'b', 'c']) talk.start(id);
  const position = await change();
  await expect.poll(() => talk.heard(position)).toEqual(['a', 'b', 'c']);
  expect(talk.errors()).toEqual([]);
});

test('what was refused counts no longer, however often', async () => {
  const talk = await open();
  for (let n = 0; n < 60; n += 1) {
    talk.start(`x${String(n)}`, n % 2 === 0 ? 'subscription { nope }' : '{');
    await expect.poll(() => talk.errors()).toHaveLength(n + 1);
  }
  expect(JSON.stringify(talk.errors())).not.toContain('SUBSCRIPTIONS');
  for (const id of ['a', 'b', 'c']) talk.start(id);
  const position = await change();
  await expect.poll(() => talk.heard(position)).toEqual(['a', 'b', 'c']);
});

test('an id too long for the reason of a close is left out of it; an operation without an id ends the connection', async () => {
  const [long, none] = [await open(), await open()];
  long.start('é'.repeat(100));
  long.start('é'.repeat(100));
  expect(await long.closed).toEqual({ code: 4409, reason: 'Subscriber already exists' });
  none.start(undefined);
  expect((await none.closed).code).toBe(4400);
});

test('messages that come in one piece with connection_init are counted as all others', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  sockets.push(socket);
  const talk = new Talk(socket, 'graphql-transport-ws');
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const { _socket: raw } = socket as unknown as { _socket: { cork(): void; uncork(): void } };
  raw.cork();
  talk.send({ type: 'connection_init' });
  for (let n = 0; n < 10; n += 1) talk.start(`x${String(n)}`);
  raw.uncork();
  await expect.poll(() => talk.errors()).toHaveLength(10 - MOST);
});

describe.each(['graphql-transport-ws', 'graphql-ws'] as const)('a server that goes down, by %s,', (protocol) => {
  test('closes the connection and ends no operation on it, so that clients ask again', async () => {
    const down = await startServer();
    const talk = await open(protocol, down);
    talk.start('a');
    // As often as it takes: the first may come before the subscription has begun.
    await expect.poll(() => change(down).then(() => talk.heard()), { timeout: 15_000 }).not.toEqual([]);
    await down.close();
    expect(await talk.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect(talk.messages.filter(({ type }) => type === 'complete')).toEqual([]);
  });
});
