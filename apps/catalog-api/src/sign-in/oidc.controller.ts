import { lackOf } from '@headwater/application/access/lacking';
import { RecordSignIn } from '@headwater/application/governance/record-sign-in';
import { HeadwaterError } from '@headwater/domain/errors';
import { OidcSignIn, SIGN_IN_SECONDS } from '@headwater/platform/access/oidc-sign-in';
import { Route } from '@headwater/platform/access/route-access';
import { isLocalHost, signInCookie, signInCookieOf } from '@headwater/platform/access/session-cookie';
import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserSignIn } from './browser-sign-in.js';
import { languageOf } from '../pages/language.js';
import { sendOn, sendPage } from '../pages/page.js';
import { nextPath } from './next-path.js';
import { PageProblemFilter } from './page-problem.filter.js';
import { noRolePage } from './pages.js';

const BEGIN = '/auth/oidc';
const CALLBACK = '/auth/oidc/callback';

/** Sign-in at the OpenID provider. */
@Controller()
@UseFilters(PageProblemFilter)
export class OidcController {
  constructor(
    private readonly browser: BrowserSignIn,
    private readonly recordSignIn: RecordSignIn,
  ) {}

  @Get(BEGIN)
  @Route({ access: 'PUBLIC' })
  async begin(
    @Query('next') wanted: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const next = nextPath(wanted);
    const oidc = this.#oidc();
    const base = this.browser.base(request);
    if (this.#isElsewhere(request, base)) {
      sendOn(reply, `${base}${BEGIN}?next=${encodeURIComponent(next)}`);
      return;
    }
    const { url, sealed } = await oidc.begin(next, base + CALLBACK);
    const isSecure = this.browser.isSecure(request);
    void reply.header('set-cookie', signInCookie(sealed, { isSecure, maxAgeS: SIGN_IN_SECONDS }));
    sendOn(reply, url.href);
  }

  @Get(CALLBACK)
  @Route({ access: 'PUBLIC' })
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const oidc = this.#oidc();
    const { limits, refusals } = this.browser.access;
    await limits.checkFailures(request.ip, reply);
    // Good for one return only, whatever comes of it.
    const gone = signInCookie('', { isSecure: this.browser.isSecure(request), maxAgeS: 0 });
    void reply.header('set-cookie', gone);
    const { user, next } = await this.#finish(oidc, request, reply);
    const principal = await this.browser.access.principalOf(user);
    if (lackOf(principal) === 'NO_ROLE') {
      refusals.add({ reason: 'NO_ROLE', token: null, address: request.ip, actor: user.id });
      sendPage(reply, noRolePage(languageOf(request.headers), user));
      return;
    }
    await this.recordSignIn.execute(user);
    await this.browser.signIn(request, reply, { user, method: 'OIDC', next });
  }

  async #finish(oidc: OidcSignIn, request: FastifyRequest, reply: FastifyReply) {
    const at = request.url.indexOf('?');
    try {
      return await oidc.finish(signInCookieOf(request.headers), at < 0 ? '' : request.url.slice(at));
    } catch (error) {
      if (error instanceof HeadwaterError && error.reason === 'BAD_SIGN_IN') {
        await this.browser.refuse(request, reply, 'BAD_SIGN_IN');
      }
      throw error;
    }
  }

  #oidc(): OidcSignIn {
    const { oidc } = this.browser.access;
    if (oidc !== undefined && this.browser.isOn) return oidc;
    throw new HeadwaterError('NOT_FOUND', 'No identity provider is configured: sign in with a token.', {
      reason: 'NO_PROVIDER',
    });
  }

  /** Whether the browser is at another name of this machine than the provider sends it back to: cookies know one only. */
  #isElsewhere({ headers }: FastifyRequest, base: string): boolean {
    return !this.browser.hasPublicUrl && isLocalHost(headers.host) && headers.host !== new URL(base).host;
  }
}
