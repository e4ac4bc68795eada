import { expect, test } from 'vitest';
import { CLIENTS, snippetsOf, uuidOf, type SnippetSettings } from './snippets.js';

const OPEN: SnippetSettings = {
  origin: 'https://headwater.example.org',
  token: null,
  eventTime: '2026-01-05T10:00:00.000Z',
  runId: '0195f2a4-7c1e-4000-8000-000000000001',
};
const textOf = (client: (typeof CLIENTS)[number], settings: SnippetSettings): string =>
  snippetsOf(client, settings)
    .map(({ text }) => text)
    .join('\n');

test.each(CLIENTS)('%s is given the address of this server and the token', (client) => {
  const text = textOf(client, { ...OPEN, token: 'hw_0123456789ab_secret' });
  expect(text).toContain(OPEN.origin);
  expect(text).toContain('hw_0123456789ab_secret');
});

test.each(CLIENTS)('%s is given no key where the server asks for none', (client) => {
  expect(textOf(client, OPEN)).not.toMatch(/token|api_?key|Authorization|null/i);
});

test('the event that curl sends is JSON with the id and the time given', () => {
  const text = textOf('curl', OPEN);
  const event = JSON.parse(text.slice(text.indexOf("'{") + 1, text.lastIndexOf("'"))) as Record<string, unknown>;
  expect(event).toMatchObject({ eventTime: OPEN.eventTime, run: { runId: OPEN.runId }, job: { name: 'first-job' } });
});

test('the token reaches curl by standard input and not by its arguments', () => {
  const text = textOf('curl', { ...OPEN, token: 'hw_0123456789ab_secret' });
  expect(text).toMatch(/^export HEADWATER_TOKEN='hw_0123456789ab_secret'\nprintf/);
  expect(text.slice(text.indexOf('curl'))).not.toContain('hw_');
});

test.each(['airflow', 'spark'] as const)('the transport of %s is JSON between straight quotes', (client) => {
  const text = textOf(client, { ...OPEN, token: 'hw_0123456789ab_secret' });
  const json = /TRANSPORT='([^']*)'/.exec(text)?.[1] ?? '';
  expect(JSON.parse(json)).toEqual({
    type: 'http',
    url: OPEN.origin,
    auth: { type: 'api_key', apiKey: 'hw_0123456789ab_secret' },
  });
});

test('sixteen bytes make a version 4 UUID', () => {
  expect(uuidOf(new Uint8Array(16).fill(0xff))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
});
