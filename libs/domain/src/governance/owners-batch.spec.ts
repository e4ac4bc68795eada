import { agentId, domainId, productId, termId } from '../identifiers.js';
import { expect, test } from 'vitest';
import { editOutline } from './edit-outline.js';
import { ownersBatchBytes, readOwnersBatch, type OwnersWrite } from './owners-batch.js';
import { OWNERSHIP_RULES_ID } from './ownership-rules.js';

const head = { id: '1', by: { id: 'user:ana', name: 'Ana' }, reason: 'leaves', expected: null };
const owners = [{ agent: agentId('user', 'ben'), role: 'OWNER' }];
const ofDomain: OwnersWrite = { node: domainId('claims'), action: 'CHANGE', body: { owners }, expected: 7 };
const ofProduct: OwnersWrite = { node: productId('scores'), action: 'CHANGE', body: { owners: [] }, expected: 8 };
const rule = { namespace: null, name: 'a', path: null, tag: null, domain: null, owners };
const ofRules: OwnersWrite = { node: OWNERSHIP_RULES_ID, action: 'REPLACE', rules: [rule], expected: 9 };

test('a batch is read as the edits that it consists of, each with what it expects', () => {
  const writes = [ofRules, ofDomain, ofProduct];
  const bytes = ownersBatchBytes({ ...head, writes });
  expect(readOwnersBatch(bytes)).toEqual(writes.map((write) => ({ ...head, ...write })));
  expect(editOutline(bytes)).toMatchObject({
    ...{ by: 'Ana', reason: 'leaves', subject: OWNERSHIP_RULES_ID },
    parts: [
      { action: 'STATE', part: 'RULES', value: '1' },
      { action: 'STATE', part: 'OWNERS', on: 'domain:claims', value: 'agent:user:ben as OWNER' },
      { action: 'WITHDRAW', part: 'OWNERS', on: 'product:scores' },
    ],
  });
});

test.each([
  ['nothing', []],
  ['two of one', [ofDomain, ofDomain]],
  ['a change of something else', [{ ...ofDomain, body: { owners, name: 'x' } }]],
  ['a change of a term', [{ ...ofDomain, node: termId('loss'), body: { name: 'x' } }]],
  ['something that is no write', [ofDomain, { node: 'x' }]],
])('a batch of %s is none', (_, writes) => {
  expect(readOwnersBatch(ownersBatchBytes({ ...head, writes: writes as readonly OwnersWrite[] }))).toBeUndefined();
});
