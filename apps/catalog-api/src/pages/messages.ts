import type { BadSignIn } from '@headwater/platform/access/oidc-sign-in';
import type { ErrorCategory } from '@headwater/domain/errors';
import { html, type Html } from './html.js';
import type { Language } from './language.js';

/** What a page says that could not do what it was asked for. */
interface ProblemText {
  readonly title: string;
  readonly detail: string;
}

/** Errors that a page has more to say of than of their category. */
export type WordedReason = BadSignIn | 'FOREIGN_ORIGIN' | 'NO_PROVIDER' | 'PROVIDER_AWAY';

/** All that the pages without a script say; what is markup already is {@link Html}. */
export interface Texts {
  readonly signIn: string;
  readonly token: string;
  readonly withToken: string;
  readonly withProvider: (host: string) => string;
  readonly or: string;
  readonly whereTokensAre: Html;
  readonly wrongToken: string;
  readonly losesCookies: string;
  readonly signedIn: string;
  readonly youAre: (name: string, id: string) => Html;
  readonly goOn: string;
  readonly signOut: string;
  readonly linkOver: string;
  readonly linkWorksOnce: string;
  readonly linkAgain: Html;
  readonly noRole: string;
  readonly noRoleYet: (name: string, email: string, id: string) => Html;
  readonly askForRole: string;
  readonly thenSignIn: Html;
  readonly toSignIn: string;
  readonly trace: string;
  readonly nothingHere: string;
  readonly nothingHereWhy: string;
  readonly toCatalog: string;
  readonly problem: Readonly<Record<ErrorCategory, ProblemText>>;
  readonly reason: Readonly<Record<WordedReason, string>>;
  readonly tooOften: (seconds: number) => string;
}

const SIGN_IN = '/auth/sign-in';

const en: Texts = {
  signIn: 'Sign in',
  token: 'Token',
  withToken: 'Sign in with the token',
  withProvider: (host) => `Sign in with ${host}`,
  or: 'or',
  whereTokensAre: html`Whoever runs this server finds a link that signs in, and a token, in what
    <code>npm start</code> prints.`,
  wrongToken: 'This token is not good: mistyped, revoked, or expired.',
  losesCookies:
    'This page came over plain http from another machine. Browsers stay signed in over https or on localhost only: use one of these.',
  signedIn: 'You are signed in',
  youAre: (name, id) => html`You are <strong>${name}</strong> <span class="quiet">(${id})</span>.`,
  goOn: 'Go on',
  signOut: 'Sign out',
  linkOver: 'This link was used, or is too old',
  linkWorksOnce: 'It signs in once, within an hour of the start that printed it.',
  linkAgain: html`Start Headwater again for a new one, or <a href="${SIGN_IN}">sign in with a token</a>: the file
    <code>admin-token</code> in the data directory holds one.`,
  noRole: 'You have no role here',
  noRoleYet: (name, email, id) =>
    html`You are <strong>${name}</strong>${email} <span class="quiet">(${id})</span>, and nobody has given you a role
      here yet.`,
  askForRole: 'Ask an administrator of this catalog for one. They run:',
  thenSignIn: html`Then <a href="${SIGN_IN}">sign in</a> again.`,
  toSignIn: 'Back to sign-in',
  trace: 'Trace',
  nothingHere: 'Nothing is at this address',
  nothingHereWhy: 'It may be mistyped, or lead to something that is called otherwise by now. The search finds it.',
  toCatalog: 'To the catalog',
  problem: {
    INVALID_INPUT: { title: 'Invalid input', detail: 'This cannot be answered as it was sent. Go back and try again.' },
    UNAUTHENTICATED: { title: 'Not signed in', detail: 'The sign-in did not work. Begin it again.' },
    FORBIDDEN: { title: 'Forbidden', detail: 'You may not do this. Ask an administrator for a role that allows it.' },
    NOT_FOUND: { title: 'Not found', detail: 'What was asked for is not here.' },
    CONFLICT: { title: 'Conflict', detail: 'Something changed in the meantime. Try again.' },
    LIMIT_EXCEEDED: { title: 'Too large', detail: 'This is more than is taken at once.' },
    RATE_LIMITED: { title: 'Too many tries', detail: 'Wait a moment and try again.' },
    UNAVAILABLE: { title: 'Unavailable', detail: 'A part of the service is not available at the moment. Try again.' },
    INTERNAL: {
      title: 'Something went wrong',
      detail: 'Try again; if it stays, tell your administrator the trace: the log has the cause under it.',
    },
  },
  reason: {
    BEGUN_ELSEWHERE: 'The sign-in was begun in another browser, or too long ago. Begin it again.',
    NOT_LET_IN: 'The provider did not let you in.',
    UNFITTING: 'What came back from the provider is not what was asked for. Begin the sign-in again.',
    NO_ID_TOKEN: 'The provider sent no ID token. Tell whoever runs this server.',
    FOREIGN_ORIGIN: 'This did not come from a page of this server. Open the sign-in page here and use its form.',
    NO_PROVIDER: 'No identity provider is configured: sign in with a token.',
    PROVIDER_AWAY: 'The identity provider cannot be reached at the moment: try again, or use an API token.',
  },
  tooOften: (seconds) => `There were too many wrong tries from your address. Try again in ${String(seconds)} s.`,
};

const de: Texts = {
  signIn: 'Anmelden',
  token: 'Token',
  withToken: 'Mit dem Token anmelden',
  withProvider: (host) => `Mit ${host} anmelden`,
  or: 'oder',
  whereTokensAre: html`Wer diesen Server betreibt, findet einen Link, der anmeldet, und ein Token in dem, was
    <code>npm start</code> ausgibt.`,
  wrongToken: 'Dieses Token gilt nicht: vertippt, widerrufen oder abgelaufen.',
  losesCookies:
    'Diese Seite kam unverschlüsselt (http) von einem anderen Rechner. Browser bleiben nur über https oder auf localhost angemeldet: Benutzen Sie eines davon.',
  signedIn: 'Sie sind angemeldet',
  youAre: (name, id) => html`Sie sind <strong>${name}</strong> <span class="quiet">(${id})</span>.`,
  goOn: 'Weiter',
  signOut: 'Abmelden',
  linkOver: 'Dieser Link ist benutzt oder zu alt',
  linkWorksOnce: 'Er meldet einmal an, binnen einer Stunde nach dem Start, der ihn ausgab.',
  linkAgain: html`Starten Sie Headwater neu, um einen neuen zu bekommen, oder
    <a href="${SIGN_IN}">melden Sie sich mit einem Token an</a>: Die Datei <code>admin-token</code> im Datenverzeichnis
    enthält eines.`,
  noRole: 'Sie haben hier keine Rolle',
  noRoleYet: (name, email, id) =>
    html`Sie sind <strong>${name}</strong>${email} <span class="quiet">(${id})</span>, und niemand hat Ihnen hier bisher
      eine Rolle gegeben.`,
  askForRole: 'Bitten Sie einen Administrator dieses Katalogs um eine. Der Befehl dafür:',
  thenSignIn: html`Danach <a href="${SIGN_IN}">melden Sie sich noch einmal an</a>.`,
  toSignIn: 'Zurück zur Anmeldung',
  trace: 'Trace-Id',
  nothingHere: 'Unter dieser Adresse ist nichts',
  nothingHereWhy: 'Sie ist vielleicht vertippt, oder was dort war, heißt inzwischen anders. Die Suche findet es.',
  toCatalog: 'Zum Katalog',
  problem: {
    INVALID_INPUT: {
      title: 'Ungültige Eingabe',
      detail: 'So, wie es gesendet wurde, geht es nicht. Gehen Sie zurück und versuchen Sie es noch einmal.',
    },
    UNAUTHENTICATED: { title: 'Nicht angemeldet', detail: 'Die Anmeldung ging nicht. Beginnen Sie sie noch einmal.' },
    FORBIDDEN: {
      title: 'Nicht erlaubt',
      detail: 'Das dürfen Sie nicht. Bitten Sie einen Administrator um eine Rolle, die es erlaubt.',
    },
    NOT_FOUND: { title: 'Nicht gefunden', detail: 'Was Sie suchen, ist hier nicht.' },
    CONFLICT: { title: 'Konflikt', detail: 'Inzwischen hat sich etwas geändert. Versuchen Sie es noch einmal.' },
    LIMIT_EXCEEDED: { title: 'Zu groß', detail: 'Das ist mehr, als auf einmal genommen wird.' },
    RATE_LIMITED: {
      title: 'Zu viele Versuche',
      detail: 'Warten Sie einen Moment und versuchen Sie es noch einmal.',
    },
    UNAVAILABLE: {
      title: 'Nicht verfügbar',
      detail: 'Ein Teil des Dienstes fehlt gerade. Versuchen Sie es noch einmal.',
    },
    INTERNAL: {
      title: 'Etwas ist schiefgegangen',
      detail:
        'Versuchen Sie es noch einmal; bleibt es dabei, nennen Sie Ihrem Administrator die Trace-Id: Das Protokoll hat die Ursache darunter.',
    },
  },
  reason: {
    BEGUN_ELSEWHERE:
      'Die Anmeldung wurde in einem anderen Browser begonnen oder vor zu langer Zeit. Beginnen Sie sie noch einmal.',
    NOT_LET_IN: 'Der Anbieter hat Sie nicht eingelassen.',
    UNFITTING: 'Was vom Anbieter zurückkam, passt nicht zur Anfrage. Beginnen Sie die Anmeldung noch einmal.',
    NO_ID_TOKEN: 'Der Anbieter hat kein ID-Token gesendet. Sagen Sie es dem Betreiber dieses Servers.',
    FOREIGN_ORIGIN:
      'Dies kam nicht von einer Seite dieses Servers. Öffnen Sie hier die Anmeldung und benutzen Sie ihr Formular.',
    NO_PROVIDER: 'Kein Identitätsanbieter ist eingerichtet: Melden Sie sich mit einem Token an.',
    PROVIDER_AWAY:
      'Der Identitätsanbieter ist gerade nicht erreichbar: Versuchen Sie es noch einmal, oder benutzen Sie ein API-Token.',
  },
  tooOften: (seconds) =>
    `Von Ihrer Adresse kamen zu viele falsche Versuche. Versuchen Sie es in ${String(seconds)} s noch einmal.`,
};

export const TEXTS: Readonly<Record<Language, Texts>> = { en, de };
