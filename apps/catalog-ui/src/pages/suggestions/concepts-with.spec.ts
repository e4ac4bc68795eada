import { expect, test } from 'vitest';
import { conceptsWith } from './concepts-with.js';

const policy = { name: 'Policy', names: ['policy_id', 'pol_no'], isOne: true };
const buyer = { name: 'Buyer', names: ['buyer', 'customer'], isOne: true };
const apart = { name: 'no', names: ['policy_id', 'claim_id'], isOne: false };

test('names of one meaning are a concept behind the others', () => {
  expect(conceptsWith([buyer, apart], ['policy_id', 'pol_no'], true)).toEqual([
    buyer,
    apart,
    { name: 'policy_id', names: ['policy_id', 'pol_no'], isOne: true },
  ]);
});

test('they join what one of them is of already, however it is spelled, and join two such concepts', () => {
  expect(conceptsWith([policy, apart], ['POLICY-ID', 'policy_number'], true)).toEqual([
    apart,
    { name: 'Policy', names: ['policy_id', 'pol_no', 'policy_number'], isOne: true },
  ]);
  expect(conceptsWith([policy, buyer], ['pol_no', 'customer'], true)).toEqual([
    { name: 'Policy', names: ['policy_id', 'pol_no', 'buyer', 'customer'], isOne: true },
  ]);
});

test('names that are not the same stay in their concepts', () => {
  expect(conceptsWith([policy], ['policy_id', 'claim_id'], false)).toEqual([
    policy,
    { name: 'policy_id, claim_id', names: ['policy_id', 'claim_id'], isOne: false },
  ]);
});
