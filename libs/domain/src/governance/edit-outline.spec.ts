import { expect, test } from 'vitest';
import { datasetId, domainId } from '../identifiers.js';
import { assetEditBytes } from './asset-edit.js';
import { definitionEditBytes } from './definition-edit.js';
import type { DomainChange } from './definitions/domain.js';
import { editOutline } from './edit-outline.js';

const A = datasetId('ns', 'a');
const CLAIMS = domainId('claims');
const head = { id: '1', by: { id: 'user:ana', name: 'Ana' }, reason: 'agreed', expected: null };

test('an edit of an asset tells what holds from then on, and what no more', () => {
  const bytes = assetEditBytes({
    ...{ ...head, asset: A },
    changes: [
      { action: 'STATE', node: A, kind: 'OWNER', value: 'agent:team:claims', detail: 'STEWARD' },
      { action: 'WITHDRAW', node: A, kind: 'DESCRIPTION', value: '', detail: null },
    ],
  });
  expect(editOutline(bytes)).toEqual({
    ...{ by: 'Ana', reason: 'agreed', subject: A },
    parts: [
      { action: 'STATE', part: 'OWNER', on: A, value: 'agent:team:claims', detail: 'STEWARD' },
      { action: 'WITHDRAW', part: 'DESCRIPTION', on: A, value: null, detail: null },
    ],
  });
});

test.each<[change: DomainChange, parts: readonly string[]]>([
  [
    {
      action: 'CREATE',
      body: { name: 'Claims', description: null, parent: null, layer: null, isExternal: false, owners: [] },
    },
    ['STATE DEFINITION null', 'STATE NAME Claims'],
  ],
  [
    { action: 'CHANGE', body: { description: null, parent: domainId('board') } },
    ['WITHDRAW DESCRIPTION null', 'STATE PARENT domain:board'],
  ],
  [{ action: 'REMOVE' }, ['WITHDRAW DEFINITION null']],
])('an edit of a domain tells its parts: %j', (change, parts) => {
  const outline = editOutline(definitionEditBytes({ ...head, node: CLAIMS, ...change }));
  expect(outline?.parts.map(({ action, part, value }) => `${action} ${part} ${String(value)}`)).toEqual(parts);
  expect(outline?.subject).toBe(CLAIMS);
});

test('other events have none', () => {
  expect(editOutline(new TextEncoder().encode('{"edit":"projection.settings","id":"1"}'))).toBeUndefined();
});
