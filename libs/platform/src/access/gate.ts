import { lackOf, lacking } from '@headwater/application/access/lacking';
import type { RefusalReason } from '@headwater/domain/access/access-event';
import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator, Presented } from './authenticator.js';
import { isFromOwnPage } from './own-page.js';
import type { RateLimits } from './rate-limits.js';
import type { RateClass, RouteAccess } from './route-access.js';

/** Told of each refusal, for the audit. */
export interface RefusalSink {
  add(refusal: {
    readonly reason: RefusalReason;
    readonly token: string | null;
    readonly address: string | null;
    readonly actor: string | null;
  }): void;
}

/** Lets requests in or refuses them, before anything of their body is read. */
export interface Gate {
  /** Sets `request.principal`. Throws UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED or, on ingest paths, UNAVAILABLE. */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** What became of the credentials that a connection was opened with. Throws UNAVAILABLE while nobody can tell. */
  standing(request: Pick<FastifyRequest, 'headers' | 'principal'>): Promise<Standing>;
}

/** SAME: as when the connection was opened; CHANGED: good, with other rights than then; ENDED: not good any more. */
export type Standing = 'SAME' | 'CHANGED' | 'ENDED';

/** Where people sign in. */
export const SIGN_IN_PATH = '/auth/sign-in';
const CHALLENGE = 'Bearer realm="headwater"';
/** RFC 9110 §9.2.1: these change nothing. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Judges every request by its credentials, its route's declared access, its origin, and how often its caller asks. */
export class AccessGate implements Gate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly limits: RateLimits,
    private readonly refusals: RefusalSink,
  ) {}

  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { access, rate = 'REQUESTS' } = request.routeOptions.config;
    if (request.is404 || access === 'PUBLIC') {
      await this.#limited(request, null, () => this.limits.take(rate, { address: request.ip, principal: null }, reply));
      return;
    }
    if (!this.authenticator.isCheap(request.headers)) {
      await this.#limited(request, null, () => this.limits.checkFailures(request.ip, reply, rate));
    }
    const presented = await this.authenticator.judge(request.headers);
    if (presented.principal === undefined) {
      await this.#refuseUnknown(request, reply, presented, rate);
      return;
    }
    const { principal, by } = presented;
    if (by === 'COOKIE') this.#requireOwnPage(request, principal);
    const caller = { address: request.ip, principal: principal.id };
    await this.#limited(request, principal.id, () => this.limits.take(rate, caller, reply));
    this.#requireAccess(request, principal, access);
    request.principal = principal;
  }

  async standing(request: Pick<FastifyRequest, 'headers' | 'principal'>): Promise<Standing> {
    const { principal } = await this.authenticator.judge(request.headers);
    if (principal === undefined) return 'ENDED';
    return request.principal !== null && principal.hasSameGrants(request.principal) ? 'SAME' : 'CHANGED';
  }

  /** What is refused for its number is counted for the audit. */
  async #limited(request: FastifyRequest, actor: string | null, count: () => Promise<void>): Promise<void> {
    try {
      await count();
    } catch (error) {
      if (error instanceof HeadwaterError && error.reason === 'RATE_LIMITED') {
        this.refusals.add({ reason: 'RATE_LIMITED', token: null, address: request.ip, actor });
      }
      throw error;
    }
  }

  async #refuseUnknown(
    request: FastifyRequest,
    reply: FastifyReply,
    { refused, token }: Extract<Presented, { principal?: undefined }>,
    rate: RateClass,
  ): Promise<void> {
    this.refusals.add({ reason: refused, token, address: request.ip, actor: null });
    // Whoever shows nothing guesses nothing.
    if (refused !== 'NO_CREDENTIALS') await this.limits.countFailure(request.ip, reply, rate);
    if (isNavigation(request)) {
      void reply.redirect(`${SIGN_IN_PATH}?next=${encodeURIComponent(request.url)}`, 303);
      return;
    }
    void reply.header(
      'www-authenticate',
      refused === 'NO_CREDENTIALS' ? CHALLENGE : `${CHALLENGE}, error="invalid_token"`,
    );
    throw new HeadwaterError(
      'UNAUTHENTICATED',
      refused === 'NO_CREDENTIALS'
        ? 'Say who you are: send the header Authorization: Bearer <token>, or sign in at /auth/sign-in.'
        : 'These credentials are not good (any more): send a current token, or sign in again at /auth/sign-in.',
    );
  }

  /** A cookie comes along whoever made the browser send the request; what changes something must come from our pages. */
  #requireOwnPage(request: FastifyRequest, principal: Principal): void {
    const isUpgrade = request.headers.upgrade !== undefined;
    if (SAFE_METHODS.has(request.method) && !isUpgrade) return;
    if (isFromOwnPage(request.headers)) return;
    this.refusals.add({ reason: 'FOREIGN_ORIGIN', token: null, address: request.ip, actor: principal.id });
    throw foreignPage();
  }

  #requireAccess(request: FastifyRequest, principal: Principal, access: RouteAccess | undefined): void {
    if (access === 'SIGNED_IN' || access === 'PUBLIC') return;
    if (access !== undefined && principal.may(access)) return;
    this.refusals.add({ reason: lackOf(principal), token: null, address: request.ip, actor: principal.id });
    throw missingScope(principal, access ?? 'admin');
  }
}

/** Whether somebody opened a page in a browser, as opposed to a program that asks. */
export function isNavigation({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean {
  return method === 'GET' && headers.authorization === undefined && /\btext\/html\b/.test(headers.accept ?? '');
}

export function foreignPage(): HeadwaterError {
  return new HeadwaterError('FORBIDDEN', 'With a cookie, requests that change something need an Origin header.', {
    reason: 'FOREIGN_ORIGIN',
  });
}

/** For a caller that lacks a scope, or has none at all. */
export function missingScope(principal: Principal, scope: string): HeadwaterError {
  return lacking(principal, `This needs the scope ${scope}, which these credentials do not have.`, { scope });
}

/** Everybody comes in as this principal: where authentication is off, on this machine only. */
export class OpenGate implements Gate {
  constructor(private readonly principal: Principal) {}

  admit(request: FastifyRequest): Promise<void> {
    request.principal = this.principal;
    return Promise.resolve();
  }

  standing(): Promise<Standing> {
    return Promise.resolve('SAME');
  }
}
