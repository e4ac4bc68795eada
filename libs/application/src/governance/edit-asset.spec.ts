import { LOCAL_PRINCIPAL } from '../access/principals.js';
import type { AssetRow, FindingRow } from '@headwater/domain/catalog';
import { HeadwaterError } from '@headwater/domain/errors';
import { datasetId, type NodeId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import { EditAsset } from './edit-asset.js';

const CLAIMS = datasetId('warehouse', 'claims');
const LOG_ID = '0123456789ab';
const view = {
  assets: () =>
    Promise.resolve(new Map([[CLAIMS, { id: CLAIMS, namespace: 'warehouse', editPosition: 3 } as AssetRow]])),
  fields: () => Promise.resolve(new Map()),
  facts: () => Promise.resolve(new Map()),
  agentNames: () => Promise.resolve(new Map()),
  definitions: () => Promise.resolve(new Map()),
};
const wanted = {
  on: CLAIMS,
  change: { action: 'STATE', kind: 'TAG', value: 'audited', detail: null },
  reason: null,
  expectedVersion: null,
  idempotencyKey: null,
} as const;

/** An edit that comes to position 7, where the projection finds this of it, or is behind. */
function editing(
  found: readonly string[] | 'BEHIND' | 'GRAPH_BEHIND',
): Promise<{ readonly asset: NodeId; readonly isReadable: boolean }> {
  const awaitPosition = {
    execute: (_position: string, projection: string) =>
      found === 'BEHIND' || (found === 'GRAPH_BEHIND' && projection === 'GRAPH')
        ? Promise.reject(new HeadwaterError('UNAVAILABLE', 'behind', { reason: 'PROJECTION_BEHIND' }))
        : Promise.resolve(),
  };
  const codes = typeof found === 'string' ? [] : found;
  const edit = new EditAsset({
    log: {
      logId: LOG_ID,
      append: () => Promise.resolve([{ position: 7, duplicate: false }]),
      read: () => Promise.resolve([]),
    },
    catalog: {
      findingsOfEvents: () => Promise.resolve(new Map([[7, codes.map((code) => ({ code }) as FindingRow)]])),
      definitions: () => Promise.resolve(new Map()),
      facts: () => Promise.resolve(new Map()),
      definitionsOf: () => Promise.resolve([]),
    },
    awaitPosition,
    clock: { now: () => 1 },
    ids: { uuid: () => 'b', bytes: () => new Uint8Array() },
  });
  return edit.execute(LOCAL_PRINCIPAL, view, wanted);
}

test('an edit is told once the projection has applied it', async () => {
  expect(await editing([])).toEqual({ asset: CLAIMS, position: 7, isReadable: true, removedTags: [] });
});

test('an edit that the graph has yet to reach is made, and not readable everywhere', async () => {
  expect(await editing('GRAPH_BEHIND')).toMatchObject({ asset: CLAIMS, position: 7, isReadable: false });
});

test('an edit that the projection has yet to reach is kept, and said to be', async () => {
  expect(await editing('BEHIND')).toEqual({ asset: CLAIMS, position: 7, isReadable: false, removedTags: [] });
});

test.each([
  ['EDIT_CONFLICT', 'EDITED_MEANWHILE'],
  ['EDIT_OF_UNKNOWN', 'NO_SUCH_ASSET'],
  ['EDIT_NAMES_UNKNOWN', 'NO_SUCH_DOMAIN'],
  ['EDIT_OF_DELETED', 'ALREADY_DELETED'],
  ['EDIT_OF_NOT_DELETED', 'NOT_DELETED'],
])('what the projection refused as %s is answered with %s', async (code, reason) => {
  await expect(editing([code])).rejects.toMatchObject({ reason });
});
