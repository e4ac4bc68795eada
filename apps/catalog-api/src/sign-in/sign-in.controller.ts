import { LINK_USER, linkHashOf } from '@headwater/application/access/sign-in-link';
import type { SessionUser } from '@headwater/domain/access/access-store';
import { looksLikeToken } from '@headwater/domain/access/access-token';
import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import { SIGN_IN_PATH } from '@headwater/platform/access/gate';
import { Route } from '@headwater/platform/access/route-access';
import { sessionCookieOf } from '@headwater/platform/access/session-cookie';
import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserSignIn } from './browser-sign-in.js';
import { languageOf } from '../pages/language.js';
import { sendOn, sendPage } from '../pages/page.js';
import { nextPath } from './next-path.js';
import { PageProblemFilter } from './page-problem.filter.js';
import { accountPage, linkOverPage, signInPage } from './pages.js';

/** Where people sign a browser in and out. */
@Controller()
@UseFilters(PageProblemFilter)
export class SignInController {
  constructor(private readonly browser: BrowserSignIn) {}

  @Get(SIGN_IN_PATH)
  @Route({ access: 'PUBLIC' })
  async form(
    @Query('next') wanted: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const next = nextPath(wanted);
    if (!this.browser.isOn) {
      sendOn(reply, next);
      return;
    }
    const principal = await this.browser.current(request, reply);
    const page =
      principal === undefined
        ? this.#signInPage(request, next)
        : accountPage(languageOf(request.headers), principal, next);
    sendPage(reply, page);
  }

  @Post(SIGN_IN_PATH)
  @Route({ access: 'PUBLIC', body: 'form' })
  async signIn(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.browser.requireOwnPage(request);
    const fields = (body ?? {}) as Readonly<Record<string, unknown>>;
    const next = nextPath(fields['next']);
    const token = typeof fields['token'] === 'string' ? fields['token'].trim() : '';
    const principal = await this.#principalOf(token, request, reply);
    if (principal !== undefined) {
      await this.browser.signIn(request, reply, { user: userOfToken(principal), method: 'TOKEN', next });
      return;
    }
    void reply.header('www-authenticate', 'Bearer realm="headwater"');
    sendPage(reply, this.#signInPage(request, next, true));
  }

  /** The link that a start prints. It works once. */
  @Get('/auth/link')
  @Route({ access: 'PUBLIC' })
  async link(@Query('code') code: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // Whatever looks at links before somebody follows them (mail, chat) must not use this one up.
    if (request.method === 'HEAD') {
      sendPage(reply, { ...linkOverPage(languageOf(request.headers)), status: 200 });
      return;
    }
    await this.browser.access.limits.checkFailures(request.ip, reply);
    const link = linkHashOf(code);
    try {
      if (link === undefined) throw new HeadwaterError('CONFLICT', 'There is no such link', { reason: 'LINK_USED' });
      await this.browser.signIn(request, reply, { user: LINK_USER, method: 'LINK', link, next: nextPath(undefined) });
    } catch (error) {
      if (!(error instanceof HeadwaterError && error.reason === 'LINK_USED')) throw error;
      await this.browser.refuse(request, reply, 'BAD_SIGN_IN');
      sendPage(reply, linkOverPage(languageOf(request.headers)));
    }
  }

  @Post('/auth/sign-out')
  @Route({ access: 'PUBLIC', body: 'form' })
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.browser.requireOwnPage(request);
    const principal = await this.browser.current(request, reply);
    const value = sessionCookieOf(request.headers);
    if (principal !== undefined && value !== undefined) {
      await this.browser.access.sessions.end(value, principal.id, request.ip);
    }
    this.browser.setCookie(request, reply, '', 0);
    sendOn(reply, SIGN_IN_PATH);
  }

  async #principalOf(token: string, request: FastifyRequest, reply: FastifyReply): Promise<Principal | undefined> {
    if (!looksLikeToken(token) || /\s/.test(token)) {
      await this.browser.refuse(request, reply, 'BAD_SIGN_IN');
      return undefined;
    }
    const presented = await this.browser.access.authenticator.judge({ authorization: `Bearer ${token}` });
    if (presented.principal !== undefined) return presented.principal;
    await this.browser.refuse(request, reply, presented.refused, presented.token);
    return undefined;
  }

  #signInPage(request: FastifyRequest, next: string, isTokenWrong = false) {
    const issuer = this.browser.access.provider?.settings.issuer;
    const provider = issuer === undefined ? null : new URL(issuer).host;
    const losesCookies = this.browser.losesCookies(request);
    return signInPage(languageOf(request.headers), { next, provider, losesCookies, isTokenWrong });
  }
}

/** The session ends with the token, and does what the token may. */
function userOfToken({ id, name }: Principal): SessionUser {
  return { id, name, email: null, groups: [], roles: [], token: id.slice('token:'.length) };
}
