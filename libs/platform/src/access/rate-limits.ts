import { HeadwaterError } from '@headwater/domain/errors';
import type { FastifyReply } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateClass } from './route-access.js';

/** Calls a minute; 0 sets no limit. */
export interface RateSettings {
  /** Of one caller: questions and everything else but events. */
  readonly requestsPerMinute: number;
  /** Of one caller: requests that bring events, one or a batch. */
  readonly eventRequestsPerMinute: number;
  /** Wrong credentials from one address. */
  readonly failuresPerMinute: number;
}

const WINDOW_S = 60;
/** One address may hold several callers (a proxy, a cluster): it has this many callers' worth. */
const CALLERS_OF_AN_ADDRESS = 20;

interface Limiter {
  readonly name: string;
  readonly points: number;
  readonly policy: string;
  readonly memory: RateLimiterMemory;
}

function limiter(name: string, points: number): Limiter | undefined {
  if (points === 0) return undefined;
  const policy = `"${name}";q=${String(points)};w=${String(WINDOW_S)}`;
  return { name, points, policy, memory: new RateLimiterMemory({ keyPrefix: name, points, duration: WINDOW_S }) };
}

/**
 * How often each caller and each address may ask, counted by this process in windows of a minute. Answers carry
 * RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10) and, when refused, Retry-After.
 */
export class RateLimits {
  readonly #perCaller: Readonly<Record<RateClass, Limiter | undefined>>;
  readonly #perAddress: Readonly<Record<RateClass, Limiter | undefined>>;
  readonly #failures: Limiter | undefined;

  constructor({ requestsPerMinute, eventRequestsPerMinute, failuresPerMinute }: RateSettings) {
    this.#perCaller = {
      REQUESTS: limiter('requests', requestsPerMinute),
      EVENTS: limiter('events', eventRequestsPerMinute),
      UNLIMITED: undefined,
    };
    this.#perAddress = {
      REQUESTS: limiter('address', requestsPerMinute * CALLERS_OF_AN_ADDRESS),
      EVENTS: limiter('address-events', eventRequestsPerMinute * CALLERS_OF_AN_ADDRESS),
      UNLIMITED: undefined,
    };
    this.#failures = limiter('failures', failuresPerMinute);
  }

  /** Counts a request. Throws RATE_LIMITED, or UNAVAILABLE for events, when the caller or its address asked too often. */
  async take(
    rate: RateClass,
    caller: { readonly address: string; readonly principal: string | null },
    reply: FastifyReply,
  ): Promise<void> {
    await consume(this.#perAddress[rate], caller.address, rate, reply, false);
    // An unknown caller is its address.
    await consume(this.#perCaller[rate], caller.principal ?? caller.address, rate, reply, true);
  }

  /**
   * Refuses an address that has shown too many wrong credentials. For those that are costly to judge: tokens are judged
   * all the same, so that a good client behind the address of a bad one goes on.
   */
  async checkFailures(address: string, reply: FastifyReply, rate: RateClass = 'REQUESTS'): Promise<void> {
    if (this.#failures === undefined) return;
    const seen = await this.#failures.memory.get(address);
    if (seen !== null && seen.consumedPoints > this.#failures.points) refuse(rate, seen, reply);
  }

  /**
   * Counts wrong credentials; throws RATE_LIMITED, or UNAVAILABLE for events, beyond the limit, which tells nothing about
   * them.
   */
  async countFailure(address: string, reply: FastifyReply, rate: RateClass = 'REQUESTS'): Promise<void> {
    await consume(this.#failures, address, rate, reply, false);
  }
}

async function consume(
  limiter: Limiter | undefined,
  key: string,
  rate: RateClass,
  reply: FastifyReply,
  isShown: boolean,
): Promise<void> {
  if (limiter === undefined) return;
  try {
    const seen = await limiter.memory.consume(key);
    if (isShown) showLimit(limiter, seen, reply);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    showLimit(limiter, error, reply);
    refuse(rate, error, reply);
  }
}

function showLimit({ name, policy }: Limiter, seen: RateLimiterRes, reply: FastifyReply): void {
  void reply.header('ratelimit-policy', policy);
  void reply.header('ratelimit', `"${name}";r=${String(seen.remainingPoints)};t=${String(secondsOf(seen))}`);
}

function refuse(rate: RateClass, seen: RateLimiterRes, reply: FastifyReply): never {
  const retryAfterS = secondsOf(seen);
  // OpenLineage's clients lose events at 429 and try again at 503.
  if (rate === 'EVENTS') {
    throw new HeadwaterError('UNAVAILABLE', 'Too many requests of this caller', {
      reason: 'RATE_LIMITED',
      publicMessage: `Too many requests: send it again in ${String(retryAfterS)} s.`,
      retryAfterS,
    });
  }
  void reply.header('retry-after', String(retryAfterS));
  throw new HeadwaterError('RATE_LIMITED', `Too many requests: ask again in ${String(retryAfterS)} s.`, {
    reason: 'RATE_LIMITED',
    retryAfterS,
  });
}

function secondsOf(seen: RateLimiterRes): number {
  return Math.max(1, Math.ceil(seen.msBeforeNext / 1000));
}
