import { execFileSync } from 'node:child_process';
import { HeadwaterError } from '@headwater/domain/errors';
import { expect, test } from 'vitest';
import { html } from '../pages/html.js';
import { LANGUAGES } from '../pages/language.js';
import { accountPage, noRolePage, problemPage, signInPage } from './pages.js';

const EVIL = `"><script>alert('&')</script>`;
const person = { id: 'user:https://id.example#1', name: 'x', email: null, groups: [], roles: [], token: null } as const;
const unescaped = (markup: string): string =>
  markup
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

test('every value is escaped once, markup is not', () => {
  expect(html`<p title="${EVIL}">${html`<b>${'<'}</b>`}${[html`<i></i>`, html`<u></u>`]}</p>`.markup).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;"><b>&lt;</b><i></i><u></u></p>',
  );
});

test.each(LANGUAGES)('nothing that comes from outside becomes markup: %s', (language) => {
  for (const { body } of [
    signInPage(language, { next: EVIL, provider: EVIL, isTokenWrong: true, losesCookies: true }),
    accountPage(language, { id: EVIL, name: EVIL } as never, EVIL),
    noRolePage(language, { ...person, id: EVIL, name: EVIL, email: EVIL }),
    problemPage(language, 400, new HeadwaterError('INVALID_INPUT', EVIL, { reason: EVIL }), EVIL),
  ]) {
    expect(body.markup).not.toContain('<script');
  }
});

test('the command that an administrator copies means what it says to a shell, whoever signed in', () => {
  const email = `o'brien$(touch /nowhere)\`id\`"@example.org`;
  const command =
    /role grant (.+) viewer/.exec(unescaped(noRolePage('en', { ...person, email }).body.markup))?.[1] ?? '';
  expect(execFileSync('sh', ['-c', `printf %s ${command}`], { encoding: 'utf8' })).toBe(`email:${email}`);
});

test('a browser that will not stay signed in is told why', () => {
  const page = { next: '/', provider: null };
  expect(signInPage('en', { ...page, losesCookies: true }).body.markup).toContain('over https or on localhost only');
  expect(signInPage('en', page).body.markup).not.toContain('https');
});

test('a wrong token takes the reader back to its field, which says what is wrong with it', () => {
  const page = signInPage('de', { next: '/', provider: 'id.example', isTokenWrong: true });
  expect(page.status).toBe(401);
  expect(page.body.markup).toMatch(/<p class="wrong" role="alert" id="wrong">Dieses Token gilt nicht/);
  expect(page.body.markup).toMatch(/autofocus\s+aria-invalid="true" aria-describedby="wrong"/);
});

test.each([
  [new HeadwaterError('RATE_LIMITED', 'x', { reason: 'RATE_LIMITED', retryAfterS: 7 }), 'in 7 s noch einmal'],
  [new HeadwaterError('UNAVAILABLE', 'x', { reason: 'PROVIDER_AWAY' }), 'Identitätsanbieter ist gerade nicht'],
  [new HeadwaterError('UNAUTHENTICATED', 'x', { reason: 'BAD_SIGN_IN', facts: { why: 'NOT_LET_IN' } }), 'eingelassen'],
  [new HeadwaterError('INTERNAL', 'password=1'), 'Etwas ist schiefgegangen'],
  [new HeadwaterError('NOT_FOUND', 'x', { reason: 'SOMETHING_NEW' }), 'Was Sie suchen, ist hier nicht'],
])('%s is said in the language of the page, with its trace', (error, text) => {
  const { title, body } = problemPage('de', 400, error, 'trace-1');
  expect(title + body.markup).toContain(text);
  expect(body.markup).toContain('<code>trace-1</code>');
  expect(body.markup).not.toContain(error.message === 'x' ? '>x<' : error.message);
});
