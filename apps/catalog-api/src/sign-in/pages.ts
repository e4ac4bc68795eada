import type { SessionUser } from '@headwater/domain/access/access-store';
import type { Principal } from '@headwater/domain/access/principal';
import type { HeadwaterError } from '@headwater/domain/errors';
import { html, type Html } from '../pages/html.js';
import type { Language } from '../pages/language.js';
import { TEXTS, type Texts, type WordedReason } from '../pages/messages.js';
import type { Page } from '../pages/page.js';

export interface SignInPage {
  readonly next: string;
  /** Host of the provider, where one is configured. */
  readonly provider: string | null;
  /** Whether a token was shown just now that is not good. */
  readonly isTokenWrong?: boolean;
  /** Whether the browser will not keep the cookie, since it came by plain http from another machine. */
  readonly losesCookies?: boolean;
}

const NOTHING = html``;

export function signInPage(
  language: Language,
  { next, provider, isTokenWrong = false, losesCookies = false }: SignInPage,
): Page {
  const texts = TEXTS[language];
  const wrong = html`<p class="wrong" role="alert" id="wrong">${texts.wrongToken}</p>`;
  const body = html`${isTokenWrong ? wrong : NOTHING}
    ${losesCookies ? html`<p class="wrong" role="alert">${texts.losesCookies}</p>` : NOTHING}
    ${provider === null ? NOTHING : providerLink(texts, provider, next)}
    <form method="post" action="/auth/sign-in">
      <input type="hidden" name="next" value="${next}" />
      <label for="token">${texts.token}</label>
      <input
        id="token"
        name="token"
        type="password"
        autocomplete="current-password"
        spellcheck="false"
        required
        ${provider === null || isTokenWrong ? html`autofocus` : NOTHING}
        ${isTokenWrong ? html`aria-invalid="true" aria-describedby="wrong"` : NOTHING}
      />
      <button class="${provider === null ? '' : 'second'}">${texts.withToken}</button>
    </form>
    <p class="quiet">${texts.whereTokensAre}</p>`;
  return { language, status: isTokenWrong ? 401 : 200, title: texts.signIn, body };
}

function providerLink(texts: Texts, provider: string, next: string): Html {
  return html`<p>
      <a class="button" href="/auth/oidc?next=${encodeURIComponent(next)}">${texts.withProvider(provider)}</a>
    </p>
    <p class="or">${texts.or}</p>`;
}

/** For somebody who is signed in already. */
export function accountPage(language: Language, { id, name }: Principal, next: string): Page {
  const texts = TEXTS[language];
  const body = html`<p>${texts.youAre(name, id)}</p>
    <p><a class="button" href="${next}">${texts.goOn}</a></p>
    <form method="post" action="/auth/sign-out"><button class="second">${texts.signOut}</button></form>`;
  return { language, status: 200, title: texts.signedIn, body };
}

export function linkOverPage(language: Language): Page {
  const texts = TEXTS[language];
  const body = html`<p>${texts.linkWorksOnce}</p>
    <p>${texts.linkAgain}</p>`;
  return { language, status: 410, title: texts.linkOver, body };
}

/** For somebody whom the provider knows and we do not. */
export function noRolePage(language: Language, { id, name, email }: SessionUser): Page {
  const texts = TEXTS[language];
  // For a shell: whoever signs in may choose it.
  const subject = `'${(email === null ? id : `email:${email}`).replaceAll("'", `'\\''`)}'`;
  const body = html`<p>${texts.noRoleYet(name, email === null ? '' : `, ${email}`, id)}</p>
    <p>${texts.askForRole}</p>
    <p><code>npm run headwater -- role grant ${subject} viewer</code></p>
    <p class="quiet">${texts.thenSignIn}</p>`;
  return { language, status: 403, title: texts.noRole, body };
}

/** What went wrong with a sign-in, in words for people, and where to begin again. */
export function problemPage(language: Language, status: number, error: HeadwaterError, traceId: string): Page {
  const texts = TEXTS[language];
  const body = html`<p class="wrong" role="alert">${detailOf(texts, error)}</p>
    <p><a class="button" href="/auth/sign-in">${texts.toSignIn}</a></p>
    <p class="quiet">${texts.trace} <code>${traceId}</code></p>`;
  return { language, status, title: texts.problem[error.category].title, body };
}

function detailOf({ problem, reason, tooOften }: Texts, error: HeadwaterError): string {
  if (error.category === 'RATE_LIMITED' && error.retryAfterS !== undefined) return tooOften(error.retryAfterS);
  const { why } = error.facts;
  const worded = (Object.keys(reason) as WordedReason[]).find((name) => name === why || name === error.reason);
  return worded === undefined ? problem[error.category].detail : reason[worded];
}
