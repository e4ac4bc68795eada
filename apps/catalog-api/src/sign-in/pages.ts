import type { SessionUser } from '@headwater/domain/access/access-store';
import type { Principal } from '@headwater/domain/access/principal';
import { html, type Html } from './html.js';
import type { Page } from './page.js';

export interface SignInPage {
  readonly next: string;
  /** Host of the provider, where one is configured. */
  readonly provider: string | null;
  /** What did not work just now. */
  readonly problem?: string;
  readonly status?: number;
  /** Whether the browser will not keep the cookie, since it came by plain http from another machine. */
  readonly losesCookies?: boolean;
}

const NOTHING = html``;

export function signInPage({ next, provider, problem, status = 200, losesCookies = false }: SignInPage): Page {
  const lost = html`<p class="wrong" role="alert">
    This page came over plain http from another machine. Browsers stay signed in over https or on localhost only: use
    one of these.
  </p>`;
  const body = html`${problem === undefined ? NOTHING : html`<p class="wrong" role="alert">${problem}</p>`}
    ${losesCookies ? lost : NOTHING} ${provider === null ? NOTHING : providerLink(provider, next)}
    <form method="post" action="/auth/sign-in">
      <input type="hidden" name="next" value="${next}" />
      <label for="token">Token</label>
      <input
        id="token"
        name="token"
        type="password"
        autocomplete="current-password"
        spellcheck="false"
        required
        ${provider === null ? html`autofocus` : NOTHING}
      />
      <button class="${provider === null ? '' : 'second'}">Sign in with the token</button>
    </form>
    <p class="quiet">
      Whoever runs this server finds a link that signs in, and a token, in what <code>npm start</code> prints.
    </p>`;
  return { status, title: 'Sign in', body };
}

function providerLink(provider: string, next: string): Html {
  return html`<p><a class="button" href="/auth/oidc?next=${encodeURIComponent(next)}">Sign in with ${provider}</a></p>
    <p class="or">or</p>`;
}

/** For somebody who is signed in already. */
export function accountPage({ id, name }: Principal, next: string): Page {
  const body = html`<p>You are <strong>${name}</strong> <span class="quiet">(${id})</span>.</p>
    <p><a class="button" href="${next}">Go on</a></p>
    <form method="post" action="/auth/sign-out"><button class="second">Sign out</button></form>`;
  return { status: 200, title: 'You are signed in', body };
}

export function linkOverPage(): Page {
  const body = html`<p>It signs in once, within an hour of the start that printed it.</p>
    <p>
      Start Headwater again for a new one, or <a href="/auth/sign-in">sign in with a token</a>: the file
      <code>admin-token</code> in the data directory holds one.
    </p>`;
  return { status: 410, title: 'This link was used, or is too old', body };
}

/** For somebody whom the provider knows and we do not. */
export function noRolePage({ id, name, email }: SessionUser): Page {
  // For a shell: whoever signs in may choose it.
  const subject = `'${(email === null ? id : `email:${email}`).replaceAll("'", `'\\''`)}'`;
  const body = html`<p>
      You are <strong>${name}</strong>${email === null ? NOTHING : html`, ${email}`} <span class="quiet">(${id})</span>,
      and nobody has given you a role here yet.
    </p>
    <p>Ask an administrator of this catalog for one. They run:</p>
    <p><code>npm run headwater -- role grant ${subject} viewer</code></p>
    <p class="quiet">Then <a href="/auth/sign-in">sign in</a> again.</p>`;
  return { status: 403, title: 'You have no role here', body };
}

export function problemPage(status: number, title: string, detail: string, traceId: string): Page {
  const body = html`<p class="wrong" role="alert">${detail}</p>
    <p><a class="button" href="/auth/sign-in">Back to sign-in</a></p>
    <p class="quiet">Trace <code>${traceId}</code></p>`;
  return { status, title, body };
}
