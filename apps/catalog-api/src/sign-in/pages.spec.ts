import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { html } from './html.js';
import { noRolePage, problemPage, signInPage } from './pages.js';

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

test('nothing that comes from outside becomes markup', () => {
  for (const { body } of [
    signInPage({ next: EVIL, provider: EVIL, problem: EVIL, losesCookies: true }),
    noRolePage({ ...person, id: EVIL, name: EVIL, email: EVIL }),
    problemPage(400, EVIL, EVIL, EVIL),
  ]) {
    expect(body.markup).not.toContain('<script');
  }
});

test('the command that an administrator copies means what it says to a shell, whoever signed in', () => {
  const email = `o'brien$(touch /nowhere)\`id\`"@example.org`;
  const command = /role grant (.+) viewer/.exec(unescaped(noRolePage({ ...person, email }).body.markup))?.[1] ?? '';
  expect(execFileSync('sh', ['-c', `printf %s ${command}`], { encoding: 'utf8' })).toBe(`email:${email}`);
});

test('a browser that will not stay signed in is told why', () => {
  const page = { next: '/', provider: null };
  expect(signInPage({ ...page, losesCookies: true }).body.markup).toContain('over https or on localhost only');
  expect(signInPage(page).body.markup).not.toContain('https');
});
