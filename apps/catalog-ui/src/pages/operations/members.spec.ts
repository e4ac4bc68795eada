import { expect, test } from 'vitest';
import { subjectOf } from './members.js';

test.each([
  ['email', ' ann@example.org ', 'email:ann@example.org'],
  ['group', 'data analysts', 'group:data analysts'],
  ['user', 'https://id.example.org#ann', 'user:https://id.example.org#ann'],
  ['token', '0123456789ab', 'token:0123456789ab'],
] as const)('a subject of kind %s is named %s', (kind, text, subject) => {
  expect(subjectOf(kind, text)).toBe(subject);
});

test.each([
  ['email', 'ann'],
  ['group', '  '],
  ['user', 'https://id.example.org'],
  ['token', 'hw_0123456789ab_secret'],
] as const)('no subject of kind %s is called “%s”', (kind, text) => {
  expect(subjectOf(kind, text)).toBeNull();
});
