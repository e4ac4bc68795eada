import type { SignIn } from '@headwater/application/access/sessions';
import type { RefusalReason } from '@headwater/domain/access/access-event';
import type { Principal } from '@headwater/domain/access/principal';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { foreignPage } from '@headwater/platform/access/gate';
import { isFromOwnPage } from '@headwater/platform/access/own-page';
import {
  isLocalHost,
  needsSecureCookies,
  sessionCookie,
  sessionCookieOf,
} from '@headwater/platform/access/session-cookie';
import type { Config } from '@headwater/platform/config';
import { ACCESS, CONFIG } from '@headwater/platform/tokens';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendOn } from '../pages/page.js';

/** What the pages of sign-in have in common: sessions and their cookies, refusals and their counting. */
@Injectable()
export class BrowserSignIn {
  constructor(
    @Inject(ACCESS) readonly access: AccessServices,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get isOn(): boolean {
    return this.config.access.isOn;
  }

  /** Where browsers reach this server, without a trailing slash. */
  base(request: FastifyRequest): string {
    return this.config.access.publicUrl ?? request.server.listeningOrigin;
  }

  get hasPublicUrl(): boolean {
    return this.config.access.publicUrl !== null;
  }

  /** Who the browser is signed in as. */
  async current(request: FastifyRequest, reply: FastifyReply): Promise<Principal | undefined> {
    const { cookie, host } = request.headers;
    if (sessionCookieOf(request.headers) === undefined) return undefined;
    const { authenticator, limits } = this.access;
    await limits.checkFailures(request.ip, reply);
    return (await authenticator.judge({ cookie, host })).principal;
  }

  /** Starts a session, gives the browser its cookie, and sends it on. Throws CONFLICT for a link that was used. */
  async signIn(
    request: FastifyRequest,
    reply: FastifyReply,
    { next, ...who }: Pick<SignIn, 'user' | 'method' | 'link'> & { readonly next: string },
  ): Promise<void> {
    const value = await this.access.sessions.start({ ...who, address: request.ip });
    this.setCookie(request, reply, value, this.config.access.sessionHours * 3_600);
    sendOn(reply, next);
  }

  setCookie(request: FastifyRequest, reply: FastifyReply, value: string, maxAgeS: number): void {
    void reply.header('set-cookie', sessionCookie(value, { isSecure: this.isSecure(request), maxAgeS }));
  }

  isSecure(request: FastifyRequest): boolean {
    return needsSecureCookies(request, this.config.access.publicUrl);
  }

  /** Whether the browser came by plain http from another machine: it would not keep our cookies. */
  losesCookies({ protocol, headers }: FastifyRequest): boolean {
    // Browsers say where a request comes from over https and to this machine only (Fetch Metadata), also behind a proxy.
    return protocol === 'http' && !isLocalHost(headers.host) && headers['sec-fetch-site'] === undefined;
  }

  /** Tells the audit, and counts against guessing; throws RATE_LIMITED beyond the limit. */
  async refuse(request: FastifyRequest, reply: FastifyReply, reason: RefusalReason, token: string | null = null) {
    this.access.refusals.add({ reason, token, address: request.ip, actor: null });
    await this.access.limits.countFailure(request.ip, reply);
  }

  /**
   * What changes whether a browser is signed in must come from our pages: signing somebody in as somebody else is an
   * attack too. Throws FORBIDDEN.
   */
  requireOwnPage(request: FastifyRequest): void {
    if (isFromOwnPage(request.headers)) return;
    this.access.refusals.add({ reason: 'FOREIGN_ORIGIN', token: null, address: request.ip, actor: null });
    throw foreignPage();
  }
}
