import { expect, it } from 'vitest';
import { isSafeLink } from './safe-link.js';

it('links to pages elsewhere, and to nothing that could run here', () => {
  expect(isSafeLink('https://openlineage.io/spec#x')).toBe(true);
  for (const url of [
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'http://x.example',
    'data:text/html,x',
    '/asset',
    '',
  ])
    expect(isSafeLink(url)).toBe(false);
});
