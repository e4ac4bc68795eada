import { coded, HeadwaterError } from '@headwater/domain/errors';
import { expect, test } from 'vitest';
import { allOf, durationOf, explain, listOf, tableOf, UsageError } from './command-line.js';
import { roleCommand } from './role-command.js';
import { secretCommand } from './secret-command.js';
import { tokenCommand } from './token-command.js';

const NAMED = ['create', '--name', 'x', '--owner', 'y'];

test.each<[string[], string]>([
  [[], 'token must be followed by create, list, rotate, revoke'],
  [['constructor'], 'token must be followed by'],
  [['create'], '--name, what the token is for, is missing'],
  [['create', '--name', 'x'], '--owner, who answers for it, is missing'],
  [NAMED, '--scopes, a list of lineage:write,'],
  [[...NAMED, '--scopes', 'read,catalog:read'], 'there is no scope read; there are lineage:write'],
  [[...NAMED, '--scopes', 'admin', '--expires', 'soon'], '--expires must be a time such as 30m, 24h'],
  [['create', '--nmae', 'x'], "Unknown option '--nmae'"],
  [['create', 'x'], 'Unexpected argument'],
  [['list', 'x'], 'Unexpected argument'],
  [['revoke'], 'the id of the token'],
  [['revoke', 'a', 'b'], 'one token at a time'],
  [['rotate', 'x', '--overlap', '1'], '--overlap must be a time'],
])('token %j is refused before a store is opened', (words, why) => {
  expect(() => tokenCommand(words)).toThrow(why);
});

test.each<[string[], string]>([
  [[], 'role must be followed by grant, list, withdraw'],
  [['grant'], 'the subject (email:<address>'],
  [['grant', 'email:a@example.org'], 'the role (producer, viewer'],
  [['grant', 'email:a@example.org', 'king'], 'there is no role king; there are producer'],
  [['grant', 'email:a@example.org', 'viewer', 'editor'], 'one role at a time'],
  [['withdraw'], 'the id of the role binding'],
  [['withdraw', 'a', 'b'], 'one role binding at a time'],
])('role %j is refused before a store is opened', (words, why) => {
  expect(() => roleCommand(words)).toThrow(why);
});

test.each<[string[], string]>([
  [[], 'secret must be followed by rotate'],
  [['rotate', 'sessions'], 'there is no secret sessions; there are hidden-ids, sign-in'],
  [['rotate', '--overlap', 'soon'], '--overlap must be a time'],
])('secret %j is refused before a store is opened', (words, why) => {
  expect(() => secretCommand(words)).toThrow(why);
});

test('times are minutes, hours, days or weeks', () => {
  const minutes = ['30m', '24h', '90d', '2w', '0d'].map((text) => durationOf('--expires', text) / 60_000_000);
  expect(minutes).toEqual([30, 24 * 60, 90 * 24 * 60, 14 * 24 * 60, 0]);
  for (const text of ['', '1', 'd', '-1d', '1.5h', '1y', '1d1h', ' 1d']) {
    expect(() => durationOf('--expires', text)).toThrow(UsageError);
  }
});

test('a list that is not given is another thing than an empty one', () => {
  expect([listOf(undefined), listOf(''), listOf(' a, ,b ')]).toEqual([null, [], ['a', 'b']]);
});

test('faults are told under the names of the options', () => {
  const faults = [
    { pointer: '/expiresAt', ...coded('TIME_PAST', 'must be in the future') },
    { pointer: '/writes/1', ...coded('TEXT_LENGTH', 'must have 1 to 512 characters', { most: 512 }) },
  ];
  expect(explain(new HeadwaterError('INVALID_INPUT', 'Not like this', { faults }))).toBe(
    'Not like this\n  --expires must be in the future\n  --writes, number 2, must have 1 to 512 characters',
  );
});

test('a list is read to its end', async () => {
  const pages = [
    { items: [{ cursor: 'a', item: 1 }], hasNextPage: true },
    { items: [{ cursor: 'b', item: 2 }], hasNextPage: false },
  ];
  const asked: (string | null)[] = [];
  const all = await allOf(({ after }) => {
    asked.push(after);
    return Promise.resolve(pages[asked.length - 1] ?? { items: [], hasNextPage: false });
  });
  expect([all, asked]).toEqual([
    [1, 2],
    [null, 'a'],
  ]);
});

test('columns are as wide as they need to be', () => {
  expect(
    tableOf(
      ['ID', 'NAME'],
      [
        ['abc', 'x'],
        ['d', 'yz'],
      ],
    ),
  ).toEqual(['ID   NAME', 'abc  x', 'd    yz']);
});
