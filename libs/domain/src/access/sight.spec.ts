import { expect, test } from 'vitest';
import { kindOf, parseNodeId, type NodeId } from '../identifiers.js';
import { NamespaceRule } from './namespace-rule.js';
import { absentLike, HiddenIds, isHiddenId, Sight } from './sight.js';

const UUID = '0190b0c5-0000-7000-8000-000000000001';
const IDS = [
  'dataset:hush:x',
  'job:hush:x',
  'field:hush:x:y',
  `run:hush:x:${UUID}`,
  'version:hush:x:facet:1',
  `version:hush:x:run:hush:j:${UUID}`,
] as NodeId[];

test('an id is seen where every namespace in it is', () => {
  const sight = new Sight(NamespaceRule.of(['open*', 'kafka://*']));
  const seen = ['dataset:open:x', 'job:open2:x', 'field:kafka%3A%2F%2Fb%3A9:t:f', `run:open:j:${UUID}`, 'agent:team:x'];
  expect(seen.filter((id) => !sight.sees(id))).toEqual([]);
  expect(
    [...IDS, `version:open:x:run:hush:j:${UUID}`, 'hidden:00', 'nonsense', ''].filter((id) => sight.sees(id)),
  ).toEqual([]);
});

test('what is asked instead of a hidden id is of its kind, in no namespace that an event could name, and one for all', () => {
  for (const id of IDS) {
    const absent = absentLike(id);
    expect(kindOf(absent)).toBe(kindOf(id));
    expect(parseNodeId(absent)?.segments[0]).toBe('\0');
    expect(absent).not.toContain('hush');
  }
});

test('an opaque id is the same for the same node and caller, and for nobody else', () => {
  const key = new Uint8Array(32).fill(1);
  const [id = '' as NodeId, other = '' as NodeId] = IDS;
  const mine = new HiddenIds(key, 'token:a').of(id);
  expect(mine).toMatch(/^hidden:[0-9a-f]{32}$/);
  expect(isHiddenId(mine)).toBe(true);
  expect(new HiddenIds(key, 'token:a').of(id)).toBe(mine);
  const others = [
    new HiddenIds(key, 'token:b').of(id),
    new HiddenIds(key, 'token:a').of(other),
    new HiddenIds(new Uint8Array(32).fill(2), 'token:a').of(id),
  ];
  expect(others).not.toContain(mine);
});
