import { expect, test } from 'vitest';
import { HOME, nextPath } from './next-path.js';

test.each(['/graphql', '/graphql?query=%7Ba%7D', '/a/b?next=https://example.org/', '/auth/sign-in'])(
  '%s is a path of this server',
  (path) => {
    expect(nextPath(path)).toBe(path);
  },
);

test.each([
  'https://evil.example/',
  '//evil.example/',
  '///evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  '/\t/evil.example/',
  '/\n/evil.example/',
  '/.//evil.example/',
  '/x/..//evil.example/',
  '/%2e//evil.example/',
  'javascript:alert(1)',
  'evil.example',
  '@evil.example',
  ' /graphql',
  '',
  undefined,
  null,
  ['/graphql', '/graphql'],
])('%j leads home', (wanted) => {
  expect(nextPath(wanted)).toBe(HOME);
});

test('what it gives stays on the server that a browser is on, whatever was asked for', () => {
  const parts = ['/', '\\', '.', '..', '%2f', '%5c', '\t', '\r', '@', ':', '?', '#', 'evil.example'];
  const pairs = parts.flatMap((a) => parts.map((b) => a + b));
  const wanted = pairs.flatMap((a) => pairs.map((b) => `/${a}${b}evil.example/`));
  const leadsAway = (path: string): boolean =>
    new URL(nextPath(path), 'https://here.example/auth/sign-in').origin !== 'https://here.example';
  expect(wanted.filter(leadsAway)).toEqual([]);
});
