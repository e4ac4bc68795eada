import { LOCAL_PRINCIPAL } from '../access/principals.js';
import { Principal } from '@headwater/domain/access/principal';
import type { AssetRow, FindingRow } from '@headwater/domain/catalog';
import { HeadwaterError } from '@headwater/domain/errors';
import type { KeptRequest } from '@headwater/domain/governance/edit-requests';
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
/** The same caller, who may only read by now. */
const READER = new Principal({
  ...{ id: LOCAL_PRINCIPAL.id, kind: 'LOCAL', name: LOCAL_PRINCIPAL.name },
  grants: [{ scopes: ['catalog:read'], namespaces: null }],
});
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
    requests: { find: () => Promise.resolve(null), keep: (request) => Promise.resolve(request) },
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

test('under a key the same request is one edit, whose rights are asked for each time', async () => {
  const kept = new Map<string, KeptRequest>();
  const appended: string[] = [];
  const edit = new EditAsset({
    log: {
      logId: LOG_ID,
      append: (events) => {
        appended.push(...events.map(({ bytes }) => new TextDecoder().decode(bytes)));
        return Promise.resolve([{ position: 7, duplicate: appended.length > 1 }]);
      },
      read: () => Promise.resolve([]),
    },
    catalog: {
      findingsOfEvents: () => Promise.resolve(new Map()),
      definitions: () => Promise.resolve(new Map()),
      facts: () => Promise.resolve(new Map()),
      definitionsOf: () => Promise.resolve([]),
    },
    awaitPosition: { execute: () => Promise.resolve() },
    requests: {
      find: (id) => Promise.resolve(kept.get(id) ?? null),
      keep: (request) => {
        kept.set(request.id, kept.get(request.id) ?? request);
        return Promise.resolve(kept.get(request.id) ?? request);
      },
    },
    clock: { now: () => 1 },
    ids: { uuid: () => 'b', bytes: () => new Uint8Array() },
  });
  const keyed = { ...wanted, idempotencyKey: 'k', expectedVersion: `${LOG_ID}.3` };
  const first = await edit.execute(LOCAL_PRINCIPAL, view, keyed);
  const moved = {
    ...view,
    assets: async () => new Map([...(await view.assets())].map(([id, row]) => [id, { ...row, editPosition: 9 }])),
  };
  expect(await edit.execute(LOCAL_PRINCIPAL, moved, keyed)).toEqual(first);
  expect(new Set(appended).size).toBe(1);
  const other = { ...keyed, change: { ...wanted.change, value: 'other' } };
  await expect(edit.execute(LOCAL_PRINCIPAL, view, other)).rejects.toMatchObject({ reason: 'KEY_USED' });
  await expect(edit.execute(READER, view, keyed)).rejects.toMatchObject({ category: 'FORBIDDEN' });
  const blind = { ...view, assets: () => Promise.resolve(new Map<NodeId, AssetRow>()) };
  await expect(edit.execute(LOCAL_PRINCIPAL, blind, keyed)).rejects.toMatchObject({ reason: 'NO_SUCH_ASSET' });
  expect(appended).toHaveLength(2);
});
