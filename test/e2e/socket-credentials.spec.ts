import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { sessionCookie } from '@headwater/platform/access/session-cookie';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_CONNECTIONS_PER_CALLER: '4' });
  const scopes = ['catalog:read'] as const;
  const wanted = { name: 'other', owner: 'tests', scopes, writes: null, reads: null, expiresAt: null };
  const asker = { principal: LOCAL_PRINCIPAL, address: null };
  token = (await new CreateToken(server.access.parts).execute(asker, wanted)).text;
});
afterAll(() => server.close());

interface Talk {
  readonly socket: WebSocket;
  readonly messages: Record<string, unknown>[];
  readonly closed: Promise<number>;
}

async function open(headers: Readonly<Record<string, string>>): Promise<Talk> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const messages: Record<string, unknown>[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as Record<string, unknown>));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return { socket, messages, closed };
}

test('a connection ends with the session that it was opened with, whatever its messages bring', async () => {
  const user = { id: 'user:test#1', name: 'A', email: null, groups: [], roles: ['viewer'] as const, token: null };
  const value = await server.access.sessions.start({ user, method: 'LINK', address: null });
  const [cookie = ''] = sessionCookie(value, { isSecure: false, maxAgeS: 600 }).split(';');
  const { socket, closed, messages } = await open({ cookie, origin: server.url });
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  const query = 'subscription { assetChanged { position } }';
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
  await expect.poll(() => messages).toContainEqual({ type: 'connection_ack' });
  await server.access.sessions.end(value, user.id, null);
  expect(await closed).toBe(4401);
});

test('a second connection_init ends the connection', async () => {
  const { socket, closed } = await open({ authorization: `Bearer ${token}` });
  socket.send('{"type":"connection_init"}');
  socket.send('{"type":"connection_init"}');
  expect(await closed).toBe(4429);
});

test('one connection more than a caller may hold is closed for it to try again later', async () => {
  const held = await Promise.all(Array.from({ length: 4 }, () => open({ authorization: `Bearer ${token}` })));
  const { closed } = await open({ authorization: `Bearer ${token}` });
  expect(await closed).toBe(1013);
  for (const { socket } of held) socket.terminate();
  await Promise.all(held.map((talk) => talk.closed));
  await expect
    .poll(async () => {
      const { socket, messages } = await open({ authorization: `Bearer ${token}` });
      socket.send('{"type":"connection_init"}');
      await expect.poll(() => messages.length > 0 || socket.readyState === WebSocket.CLOSED).toBe(true);
      socket.terminate();
      return messages;
    })
    .toContainEqual({ type: 'connection_ack' });
});

test('what Mercurius cannot read is answered with our words', async () => {
  const { socket, messages } = await open({ authorization: `Bearer ${token}` });
  socket.send('{"type":"connection_init"}');
  socket.send('{"type":"subscribe","id":"1"}');
  socket.send('{"type":"subscribe","id":"2","payload":{"query":"{"}}');
  await expect.poll(() => messages.filter(({ type }) => type === 'error')).toHaveLength(2);
  expect(messages).toContainEqual({
    type: 'error',
    id: '1',
    payload: [
      {
        message: expect.stringContaining('no message of the graphql-ws protocol') as unknown,
        extensions: { code: 'BAD_USER_INPUT', reason: 'MESSAGE', traceId: expect.any(String) as unknown },
      },
    ],
  });
  expect(messages).toContainEqual({
    type: 'error',
    id: '2',
    payload: [expect.objectContaining({ message: expect.stringContaining('Syntax Error') as unknown })],
  });
  socket.terminate();
});

test('a document of more tokens than a request may have is refused on a connection too', async () => {
  const { socket, messages } = await open({ authorization: `Bearer ${token}` });
  socket.send('{"type":"connection_init"}');
  const query = `subscription { assetChanged { ${'position '.repeat(5_000)} } }`;
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
  await expect.poll(() => JSON.stringify(messages)).toContain('QUERY_TOKENS');
  socket.terminate();
});
