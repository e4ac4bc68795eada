import { Client, fetchExchange, gql } from '@urql/core';
import { afterEach, expect, test, vi } from 'vitest';
import { fetchAnswers } from './fetch-answers.js';
import { problemOf } from './problem.js';

afterEach(() => vi.unstubAllGlobals());

async function problemWith(answer: () => Response) {
  vi.stubGlobal('fetch', () => Promise.resolve(answer()));
  const client = new Client({
    url: 'http://headwater.invalid/graphql',
    fetch: fetchAnswers,
    exchanges: [fetchExchange],
  });
  const { error } = await client.query(gql('{ __typename }'), {});
  if (error === undefined) throw new Error('it was answered');
  return problemOf(error);
}

const refused = (status: number, problem: object) => () =>
  new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  });

test('a refusal before GraphQL is told with its words and its trace id', async () => {
  const problem = { code: 'RATE_LIMITED', detail: 'Too many requests: ask again in 3 s.', traceId: 't1' };
  expect(await problemWith(refused(429, problem))).toEqual({
    kind: 'TOO_MANY',
    message: 'Too many requests: ask again in 3 s.',
    traceId: 't1',
  });
});

test('of a session that ended, only what the pages say of it themselves is shown', async () => {
  const problem = { code: 'UNAUTHENTICATED', detail: 'Send a current token.', traceId: 't2' };
  expect(await problemWith(refused(401, problem))).toEqual({ kind: 'SIGNED_OUT', message: '', traceId: 't2' });
});

test('an answer that is none of ours counts by its status', async () => {
  const proxy = () => new Response('<html>', { status: 503, headers: { 'content-type': 'text/html' } });
  expect(await problemWith(proxy)).toMatchObject({ kind: 'UNAVAILABLE', traceId: null });
});
