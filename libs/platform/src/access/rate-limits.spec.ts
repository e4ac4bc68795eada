import type { FastifyReply } from 'fastify';
import { expect, test } from 'vitest';
import { RateLimits } from './rate-limits.js';

const SETTINGS = { requestsPerMinute: 2, eventRequestsPerMinute: 3, failuresPerMinute: 1 };

/** What an answer's headers would be. */
function reply(): { readonly sent: Record<string, string>; readonly reply: FastifyReply } {
  const sent: Record<string, string> = {};
  const header = (name: string, value: string): unknown => {
    sent[name] = value;
    return undefined;
  };
  return { sent, reply: { header } as unknown as FastifyReply };
}

async function outcome(count: (to: FastifyReply) => Promise<void>) {
  const { sent, reply: to } = reply();
  try {
    await count(to);
    return { sent, error: undefined };
  } catch (error) {
    return { sent, error: error as { category: string; reason: string; retryAfterS: number } };
  }
}

test('a caller has its rate over all addresses, and unknown callers that of their address', async () => {
  const limits = new RateLimits(SETTINGS);
  const take = (address: string, principal: string | null) =>
    outcome((to) => limits.take('REQUESTS', { address, principal }, to));
  expect((await take('a', 'ann')).sent['ratelimit']).toMatch(/^"requests";r=1;/);
  expect((await take('b', 'ann')).error).toBeUndefined();
  const refused = await take('c', 'ann');
  expect(refused.error).toMatchObject({ category: 'RATE_LIMITED', reason: 'RATE_LIMITED' });
  expect(refused.error?.retryAfterS).toBeGreaterThanOrEqual(1);
  expect(refused.sent['retry-after']).toBe(String(refused.error?.retryAfterS));
  expect((await take('d', null)).error).toBeUndefined();
  expect((await take('d', null)).error).toBeUndefined();
  expect((await take('d', null)).error).toBeDefined();
  expect((await take('a', 'bo')).error).toBeUndefined();
});

test('questions and events are counted apart, and events are refused as an outage that passes', async () => {
  const limits = new RateLimits(SETTINGS);
  const caller = { address: 'a', principal: 'ann' };
  for (let n = 0; n < 3; n += 1) await limits.take('EVENTS', caller, reply().reply);
  const refused = await outcome((to) => limits.take('EVENTS', caller, to));
  expect(refused.error).toMatchObject({ category: 'UNAVAILABLE', reason: 'RATE_LIMITED' });
  expect(refused.sent['ratelimit-policy']).toBe('"events";q=3;w=60');
  expect((await outcome((to) => limits.take('REQUESTS', caller, to))).error).toBeUndefined();
  for (let n = 0; n < 20; n += 1) await limits.take('UNLIMITED', caller, reply().reply);
});

test('wrong credentials are counted by address, and beyond the limit the address is refused', async () => {
  const limits = new RateLimits(SETTINGS);
  const fail = () => outcome((to) => limits.countFailure('a', to));
  const check = (address: string) => outcome((to) => limits.checkFailures(address, to));
  expect((await check('a')).error).toBeUndefined();
  expect((await fail()).error).toBeUndefined();
  expect((await check('a')).error).toBeUndefined();
  expect((await fail()).error).toMatchObject({ category: 'RATE_LIMITED' });
  expect((await check('a')).error).toMatchObject({ category: 'RATE_LIMITED' });
  expect((await check('b')).error).toBeUndefined();
  // Whoever brings events is told to send them again.
  const passes = { category: 'UNAVAILABLE', reason: 'RATE_LIMITED', retryAfterS: expect.any(Number) as number };
  expect((await outcome((to) => limits.checkFailures('a', to, 'EVENTS'))).error).toMatchObject(passes);
  expect((await outcome((to) => limits.countFailure('a', to, 'EVENTS'))).error).toMatchObject(passes);
});

test('a limit of 0 counts nothing', async () => {
  const limits = new RateLimits({ requestsPerMinute: 0, eventRequestsPerMinute: 0, failuresPerMinute: 0 });
  for (let n = 0; n < 100; n += 1) {
    const { sent, error } = await outcome((to) => limits.take('EVENTS', { address: 'a', principal: null }, to));
    expect([sent, error]).toEqual([{}, undefined]);
    await limits.countFailure('a', reply().reply);
    await limits.checkFailures('a', reply().reply);
  }
});
