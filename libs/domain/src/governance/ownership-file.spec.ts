import { agentId, domainId } from '../identifiers.js';
import { expect, test } from 'vitest';
import { lineOf, ownershipFile, readOwnershipFile } from './ownership-file.js';
import type { OwnershipRule } from './ownership-rules.js';

const NONE = { namespace: null, name: null, path: null, tag: null, domain: null };
const rule = (given: Partial<OwnershipRule>): OwnershipRule => ({ ...NONE, owners: [], ...given });
const owner = (kind: string, name: string, role = 'OWNER') => ({ agent: agentId(kind, name), role });
const rulesOf = (text: string) => readOwnershipFile(text).rules.map(({ rule: read }) => read);

test.each<[line: string, read: OwnershipRule]>([
  ['*  team:data', rule({ owners: [owner('team', 'data')] })],
  ['claims.*  ana@example.com', rule({ name: 'claims.*', owners: [owner('user', 'ana@example.com')] })],
  [
    'postgres://w*/public.*  @org/claims @ben',
    rule({ path: 'postgres://w*/public.*', owners: [owner('team', 'org/claims'), owner('user', 'ben')] }),
  ],
  ['/shop/  service:ingest', rule({ path: 'shop/*', owners: [owner('service', 'ingest')] })],
  [
    'namespace:kafka://* name:*.raw team:ingest',
    rule({ namespace: 'kafka://*', name: '*.raw', owners: [owner('team', 'ingest')] }),
  ],
  ['tag:pii=email  STEWARD=team:privacy', rule({ tag: 'pii=email', owners: [owner('team', 'privacy', 'STEWARD')] })],
  [
    'domain:claims team:claims # since the merger',
    rule({ domain: domainId('claims'), owners: [owner('team', 'claims')] }),
  ],
  ['*.tmp', rule({ name: '*.tmp' })],
  ['name:with\\ space team:a\\ b', rule({ name: 'with space', owners: [owner('team', 'a b')] })],
  ['\\#odd team:x', rule({ name: '#odd', owners: [owner('team', 'x')] })],
])('reads the line %s', (line, read) => {
  expect(readOwnershipFile(line)).toEqual({ rules: [{ line: 1, rule: read }], faults: [] });
});

test('tells every line that cannot be read, and reads the others', () => {
  const text =
    '# rules\n\n*  team:data\nclaims.* nobody\ntag: team:x\n* team:a name:b\nname:a name:b team:x\n*.raw =team:x\n';
  const { rules, faults } = readOwnershipFile(text);
  expect(rules.map(({ line }) => line)).toEqual([3]);
  expect(faults.map(({ line, detail }) => [line, detail])).toEqual([
    [4, expect.stringContaining('"nobody" is no owner')],
    [5, '"tag:" says nothing behind the colon'],
    [6, '"name:b" stands behind an owner: conditions come first'],
    [7, '"name:b" is a second condition of its kind'],
    [8, expect.stringContaining('"=team:x" is no owner')],
  ]);
});

test.each([
  ['STEWARD=team:x', 'is an owner in the place of what it owns: write a pattern before it'],
  ['STEWARD=@ana team:x', 'is an owner in the place of what it owns'],
  ['@org/team', 'is an owner in the place of what it owns'],
  ['ana@example.com', 'is an owner in the place of what it owns'],
  ['team:claims user:ana', 'is an owner in the place of what it owns'],
  ['[Section] @a/b', 'begins a section, which there is none of here'],
  ['^[Optional][2] @c', 'begins a section'],
  ['!neg team:z', 'leaves something out, which no line does here'],
  [
    'unknown:foo team:z',
    '"unknown:" is no condition: write namespace:, name:, path:, tag: or domain:, or name:unknown:foo',
  ],
  ['tag:pii,domain:x team:z', 'holds a second condition: write white space before domain:x, and no comma'],
])('%s is a fault that says what to write, with every other one', (line, detail) => {
  const { rules, faults } = readOwnershipFile(`* team:a\n${line}\n*.raw nobody`);
  expect(rules.map((read) => read.line)).toEqual([1]);
  expect(faults.map((fault) => [fault.line, fault.detail])).toEqual([
    [2, expect.stringContaining(detail)],
    [3, expect.stringContaining('"nobody" is no owner')],
  ]);
  // The text of a page in another language is made of the code and these.
  expect(faults.map(({ code }) => code)).toEqual([expect.stringMatching(/^[A-Z_]+$/), 'NO_OWNER']);
  expect(faults.map(({ parameters }) => parameters[0]?.name)).toEqual(['text', 'text']);
});

test.each(['myhost:5432/public.* team:x', 'postgres://w*/a team:x', 'name:unknown:foo team:x', '\\!odd team:x'])(
  '%s is read',
  (line) => {
    expect(readOwnershipFile(line).faults).toEqual([]);
  },
);

test.each(['@@', '@', '@a@', '@@a', '@org/', '@/team', 'STEWARD=@@'])('%s is no owner', (text) => {
  const { rules, faults } = readOwnershipFile(`* ${text} team:a\n`);
  expect(rules).toEqual([]);
  expect(faults).toMatchObject([{ line: 1, code: 'NO_OWNER', parameters: [{ name: 'text', value: text }] }]);
});

test('an endless list ends with a fault', () => {
  const { faults } = readOwnershipFile('* team:a\n'.repeat(2_001));
  expect(faults).toEqual([
    {
      ...{ line: 2_001, detail: 'there are more than 2000 rules' },
      ...{ code: 'TOO_MANY', parameters: [{ name: 'most', value: '2000' }] },
    },
  ]);
});

const AWKWARD = [
  '!a',
  '[a]',
  '^[a]',
  '@a',
  '@a/b',
  'x=team:a',
  'q:x',
  'team:a/b',
  'a@b.c',
  'a,tag:b',
  '*',
  'a',
  'a/b',
  '/a',
  'a/',
  'tag:x',
  'name:',
  '#a',
  'a b',
  'a\\b',
  'ü/*',
  'a=b',
  '\\',
  'domain:a/b',
];

test('what is written is read back, whatever the names are', () => {
  const rules = AWKWARD.flatMap((text) => [
    rule({ name: text, owners: [owner('team', text)] }),
    rule({ path: text, owners: [owner('team', 'x', 'STEWARD')] }),
    rule({ namespace: text, name: text, tag: text, domain: domainId(text) }),
    rule({ path: text, name: text, owners: [owner('user', text), owner('user', text, 'a b')] }),
  ]);
  expect(rulesOf(ownershipFile(rules))).toEqual(rules);
});

test('a line says what it fits before whom', () => {
  expect(lineOf(rule({ owners: [owner('team', 'data'), owner('user', 'ana', 'STEWARD')] }))).toBe(
    '* team:data STEWARD=user:ana',
  );
});

test('a fault has a code, with what it speaks of as it was written', () => {
  const { faults } = readOwnershipFile('* bar\n* team:a team:b name:x\ntag: team:a\n');
  expect(faults.map(({ line, code, parameters }) => [line, code, parameters])).toEqual([
    [1, 'NO_OWNER', [{ name: 'text', value: 'bar' }]],
    [2, 'CONDITION_LATE', [{ name: 'text', value: 'name:x' }]],
    [3, 'CONDITION_EMPTY', [{ name: 'text', value: 'tag:' }]],
  ]);
});

test('a known role is one however it is spelled', () => {
  const { rules } = readOwnershipFile('* steward=team:a Technical-Owner=team:b owner=team:c Other=team:d\n');
  expect(rules.map(({ rule: { owners } }) => owners.map(({ role }) => role))).toEqual([
    ['STEWARD', 'TECHNICAL_OWNER', 'OWNER', 'Other'],
  ]);
});
