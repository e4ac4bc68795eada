import fc from 'fast-check';
import { canonicalName } from './canonical-name.js';
import { expect, test } from 'vitest';
import { datasetId, datasetOf, fieldId, type NodeId } from '../identifiers.js';
import {
  areTypesCompatible,
  isBareKey,
  isNamedAsKey,
  JoinKeys,
  joinReasons,
  joinTree,
  type JoinKey,
  type KeyField,
} from './join-keys.js';

const DATASETS = ['a', 'b', 'c', 'd', 'e'].map((name) => datasetId('db', name));
const [A, B] = DATASETS as [NodeId, NodeId];

function field(dataset: NodeId, name: string, more: Partial<KeyField> = {}): KeyField {
  const id = fieldId(dataset, [name]);
  return { id, name, type: 'BIGINT', root: id, concept: null, joinedBy: new Set(), ...more };
}

test('names are one however they are written, and keys are told by their last word', () => {
  expect(new Set(['Customer_ID', 'customer-id', 'customerId', 'customer id'].map(canonicalName))).toEqual(
    new Set(['customerid']),
  );
  expect(['claim_id', 'policyNumber', 'ID', 'zip code'].every(isNamedAsKey)).toBe(true);
  expect(['paid', 'amount', 'identity', 'id_hint', 'void'].some(isNamedAsKey)).toBe(false);
});

test('types fit by what they hold; what is not known neither fits nor does not', () => {
  expect(areTypesCompatible('BIGINT', 'int')).toBe(true);
  expect(areTypesCompatible('varchar(20)', 'STRING')).toBe(true);
  expect(areTypesCompatible('BIGINT', 'VARCHAR')).toBe(false);
  expect(areTypesCompatible('timestamp', 'date')).toBe(false);
  expect(areTypesCompatible('ltree', 'LTREE')).toBe(true);
  expect(areTypesCompatible('ltree', 'BIGINT')).toBeNull();
  expect(areTypesCompatible(null, null)).toBeNull();
});

test('copies of one field are a key whatever they are called; a name alone is none unless it is that of a key', () => {
  const root = fieldId(datasetId('db', 'source'), ['x']);
  expect(joinReasons(field(A, 'buyer', { root }), field(B, 'customer', { root }))).toEqual([
    'SHARED_SOURCE',
    'COMPATIBLE_TYPE',
  ]);
  expect(joinReasons(field(A, 'claim_id'), field(B, 'ClaimId', { type: null }))).toEqual(['NAMED_AS_KEY', 'SAME_NAME']);
  expect(joinReasons(field(A, 'claim_id'), field(B, 'claim_id', { type: 'TEXT' }))).toEqual([]);
  expect(joinReasons(field(A, 'amount'), field(B, 'amount'))).toEqual([]);
  const joinedBy = new Set(['job:x:y field:db:z:z']);
  expect(joinReasons(field(A, 'region', { joinedBy }), field(B, 'region', { joinedBy }))).toEqual([
    'JOINED_BEFORE',
    'SAME_NAME',
    'COMPATIBLE_TYPE',
  ]);
  expect(joinReasons(field(A, 'region', { joinedBy }), field(B, 'area', { joinedBy }))).toEqual([]);
});

test.each(['id', 'ID', 'uuid', 'key', 'pk', 'row_id', 'rowId', 'record_no', 'primary_key'])(
  'a bare %s names the rows of its own table, and joins two only where something else says so',
  (name) => {
    expect(isBareKey(name)).toBe(true);
    expect(joinReasons(field(A, name), field(B, name))).toEqual([]);
    const root = fieldId(datasetId('db', 'source'), ['id']);
    expect(joinReasons(field(A, name, { root }), field(B, name, { root }))).toContain('SHARED_SOURCE');
    expect(joinReasons(field(A, name, { concept: 'user' }), field(B, name, { concept: 'user' }))).toContain(
      'SAME_NAME',
    );
    const joinedBy = new Set(['job:x:y field:db:z:z']);
    expect(joinReasons(field(A, name, { joinedBy }), field(B, name, { joinedBy }))).toContain('JOINED_BEFORE');
    expect(joinReasons(field(A, `claim_${name}`), field(B, `claim_${name}`))).toContain('SAME_NAME');
  },
);

test('names that mean the same are one name, and one of them that is named as a key is enough', () => {
  const concept = 'userid';
  expect(joinReasons(field(A, 'user_id', { concept }), field(B, 'uid', { concept }))).toEqual([
    'NAMED_AS_KEY',
    'SYNONYM',
    'COMPATIBLE_TYPE',
  ]);
  expect(joinReasons(field(A, 'user_id', { concept }), field(B, 'uid', { concept, type: 'TEXT' }))).toEqual([]);
  expect(joinReasons(field(A, 'user_id', { concept }), field(B, 'uid'))).toEqual([]);
  expect(joinReasons(field(A, 'area', { concept }), field(B, 'region', { concept }))).toEqual([]);
  const keys = new JoinKeys([field(A, 'user_id', { concept }), field(B, 'uid', { concept })]);
  expect(keys.of(A, B)).toHaveLength(1);
});

const anyField = fc
  .record({
    dataset: fc.constantFrom(...DATASETS),
    name: fc.constantFrom('claim_id', 'ClaimId', 'amount', 'region', 'no'),
    type: fc.constantFrom(null, 'BIGINT', 'TEXT'),
    root: fc.constantFrom(null, ...DATASETS.slice(0, 2).map((dataset) => fieldId(dataset, ['root']))),
    joinedBy: fc.constantFrom(new Set<string>(), new Set(['j']), new Set(['k'])),
    concept: fc.constantFrom(null, 'claim'),
  })
  .map(({ dataset, name, type, root, joinedBy, concept }) =>
    field(dataset, name, { type, joinedBy, concept, ...(root !== null && { root }) }),
  );

test('the keys of each two datasets are those that every pair of fields gives', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyField, { maxLength: 12, selector: ({ id }) => id }), (fields) => {
      const keys = new JoinKeys(fields);
      for (const a of DATASETS) {
        for (const b of DATASETS.filter((other) => other > a)) {
          const expected = fields
            .filter(({ id }) => datasetOf(id) === a)
            .flatMap((left) =>
              fields
                .filter(({ id }) => datasetOf(id) === b)
                .filter((right) => joinReasons(left, right).length > 0)
                .map((right) => `${left.id} ${right.id}`),
            );
          const found = keys.of(b, a);
          expect(found.map(({ left, right }) => `${left} ${right}`).sort()).toEqual(expected.sort());
          expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((x, y) => y - x));
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('joins connect what can be connected, by one fewer than datasets, and as strongly as any other tree', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 25, maxLength: 25 });
  fc.assert(
    fc.property(weights, (given) => {
      const scoreOf = (a: NodeId, b: NodeId): number => {
        const [one, other] = [DATASETS.indexOf(a), DATASETS.indexOf(b)].sort();
        return given[(one ?? 0) * 5 + (other ?? 0)] ?? 0;
      };
      const key = (left: NodeId, right: NodeId): JoinKey => ({
        ...{ left, right, reasons: [], source: null, score: scoreOf(left, right) },
      });
      const keys = { of: (a: NodeId, b: NodeId) => (scoreOf(a, b) === 0 ? [] : [key(a, b)]) };
      const { joins, groups } = joinTree(DATASETS, keys);
      expect(groups.flat().sort()).toEqual([...DATASETS].sort());
      expect(joins).toHaveLength(DATASETS.length - groups.length);
      const groupOf = (dataset: NodeId): number => groups.findIndex((group) => group.includes(dataset));
      for (const { left, right } of joins) expect(groupOf(left)).toBe(groupOf(right));
      // No pair across groups has a key, and no key left out is stronger than the weakest one on the way between its ends.
      for (const a of DATASETS)
        for (const b of DATASETS.filter((other) => other > a && keys.of(a, other).length > 0)) {
          expect(groupOf(a)).toBe(groupOf(b));
          expect(weakestBetween(a, b, joins)).toBeGreaterThanOrEqual(scoreOf(a, b));
        }
    }),
    { numRuns: 300 },
  );
});

function weakestBetween(
  from: NodeId,
  to: NodeId,
  joins: readonly { readonly left: NodeId; readonly right: NodeId; readonly keys: readonly JoinKey[] }[],
  before: NodeId | null = null,
): number {
  if (from === to) return Infinity;
  const ways = joins
    .filter(({ left, right }) => left === from || right === from)
    .map(({ left, right, keys }) => ({ next: left === from ? right : left, score: keys[0]?.score ?? 0 }))
    .filter(({ next }) => next !== before)
    .map(({ next, score }) => Math.min(score, weakestBetween(next, to, joins, from)));
  return Math.max(-Infinity, ...ways);
}

test('of a pair that has a key, what only happens to be equal is not told', () => {
  const key = (name: string, reasons: JoinKey['reasons'], score: number): JoinKey => ({
    ...{ left: fieldId(A, [name]), right: fieldId(B, [name]), source: null, reasons, score },
  });
  const amount = key('amount', ['SHARED_SOURCE'], 6);
  const claim = key('claim_id', ['NAMED_AS_KEY', 'SAME_NAME'], 4);
  const told = (keys: readonly JoinKey[]) => joinTree([A, B], { of: () => keys }).joins.map((join) => join.keys);
  expect(told([amount, claim])).toEqual([[claim]]);
  expect(told([amount])).toEqual([[amount]]);
});
