import type { Judgement } from '@headwater/application/access/authenticate-token';
import { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import { expect, test } from 'vitest';
import { Authenticator, type Judges } from './authenticator.js';

const somebody = (id: string): Judgement => ({
  principal: new Principal({ id, kind: 'TOKEN', name: id, grants: [] }),
});

/** Who is found says by which judge. */
function authenticator(parts: Partial<Judges> = {}): Authenticator {
  return new Authenticator({
    token: (text) => Promise.resolve(somebody(`token ${text}`)),
    recall: () => undefined,
    jwt: (text) => Promise.resolve(somebody(`jwt ${text}`)),
    session: (value) => Promise.resolve(somebody(`session ${value}`)),
    ...parts,
  });
}
const idOf = async (headers: Record<string, string>, parts?: Partial<Judges>): Promise<string | undefined> =>
  (await authenticator(parts).judge(headers)).principal?.id;

test('tokens of ours, JWTs and cookies go to their own judge', async () => {
  expect(await idOf({ authorization: 'Bearer hw_a' })).toBe('token hw_a');
  expect(await idOf({ authorization: 'Bearer a.b.c' })).toBe('jwt a.b.c');
  expect(await idOf({ authorization: 'Bearer a.b.c' }, { jwt: undefined })).toBe('token a.b.c');
  expect(await idOf({ cookie: 'x=1; headwater=v; y=2', host: '[::1]:4000' })).toBe('session v');
  expect(await idOf({ cookie: '__Host-headwater=s; headwater=v' })).toBe('session s');
});

test('how it was shown is told, since cookies come along by themselves', async () => {
  expect(await authenticator().judge({ authorization: 'Bearer hw_a' })).toMatchObject({ by: 'HEADER' });
  expect(await authenticator().judge({ cookie: 'headwater=v', host: 'localhost:4000' })).toMatchObject({
    by: 'COOKIE',
  });
});

test('a cookie without the prefix that browsers protect counts on this machine only', async () => {
  expect(await idOf({ cookie: 'headwater=v', host: 'catalog.example.org' })).toBeUndefined();
});

test('nothing shown, or nothing that can be read, is no credentials', async () => {
  const headers = [{}, { cookie: '' }, { cookie: 'other=1' }, { authorization: '' }, { authorization: 'Basic YTpi' }];
  for (const one of headers) {
    expect(await authenticator().judge(one)).toEqual({ refused: 'NO_CREDENTIALS', token: null });
  }
});

test('a refusal keeps its reason', async () => {
  const refused = { refused: 'EXPIRED_TOKEN', token: 'a' } as const;
  const parts = { token: () => Promise.resolve(refused), session: () => Promise.resolve(refused) };
  expect(await authenticator(parts).judge({ authorization: 'Bearer hw_a' })).toEqual(refused);
  expect(await authenticator(parts).judge({ cookie: 'headwater=v', host: 'localhost:4000' })).toEqual(refused);
});

test('a judge that cannot tell is an outage, not a refusal', async () => {
  const away = new HeadwaterError('UNAVAILABLE', 'away');
  const parts = { token: () => Promise.reject(away), session: () => Promise.reject(away) };
  await expect(authenticator(parts).judge({ authorization: 'Bearer hw_a' })).rejects.toBe(away);
  await expect(authenticator(parts).judge({ cookie: 'headwater=v', host: 'localhost:4000' })).rejects.toBe(away);
});

test("requests that are judged at once do not get each other's answers", async () => {
  const slow = authenticator({
    token: async (text) => {
      await new Promise((resolve) => setTimeout(resolve, Number(text.slice(3)) % 7));
      return somebody(text);
    },
  });
  const ids = Array.from({ length: 50 }, (_, n) => `hw_${String(n)}`);
  const judged = await Promise.all(ids.map((id) => slow.judge({ authorization: `Bearer ${id}` })));
  expect(judged.map(({ principal }) => principal?.id)).toEqual(ids);
});

test('what is recalled is not judged again, and only a bearer token is recalled', async () => {
  const parts: Partial<Judges> = {
    recall: (text) => new Principal({ id: `recalled ${text}`, kind: 'TOKEN', name: 'a', grants: [] }),
  };
  expect(await idOf({ authorization: 'Bearer hw_a' }, parts)).toBe('recalled hw_a');
  expect(await idOf({ authorization: 'Basic hw_a' }, parts)).toBeUndefined();
  expect(await idOf({ cookie: 'headwater=v', host: 'localhost:4000' }, parts)).toBe('session v');
});

test('what is judged without a statement is cheap', () => {
  const isCheap = (headers: Record<string, string>): boolean => authenticator().isCheap(headers);
  expect([isCheap({}), isCheap({ authorization: 'Bearer hw_x' })]).toEqual([true, true]);
  expect([isCheap({ authorization: 'Bearer a.b.c' }), isCheap({ cookie: 'headwater=x', host: '127.0.0.1' })]).toEqual([
    false,
    false,
  ]);
});
