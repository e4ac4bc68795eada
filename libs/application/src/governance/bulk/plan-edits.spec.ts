import { Principal } from '@headwater/domain/access/principal';
import type { AssetRow, FactRow } from '@headwater/domain/catalog';
import { effectiveOwners } from '@headwater/domain/governance/effective-owners';
import { declinedDetail } from '@headwater/domain/governance/owner-answers';
import { agentId, datasetId, type NodeId } from '@headwater/domain/identifiers';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { SearchRequest } from '@headwater/domain/search';
import { expect, test } from 'vitest';
import { EditRights } from '../../access/edit-rights.js';
import { MOST_ASSETS, planEdits, type AskedChange, type PlanView } from './plan-edits.js';

const TIME = { at: LATEST, knownAt: LATEST };
const shop = (n: number): NodeId => datasetId('shop', `t${String(n).padStart(4, '0')}`);
const PRIVATE = datasetId('private', 'salaries');
const steward = new Principal({
  ...{ id: 'user:ana', kind: 'USER', name: 'Ana' },
  grants: [
    { scopes: ['catalog:read'], namespaces: null },
    { scopes: ['catalog:edit'], namespaces: ['shop*'] },
  ],
});
const rights = new EditRights(
  steward,
  { facts: () => Promise.resolve(new Map()), definitionsOf: () => Promise.resolve([]) },
  { now: () => 1 },
);
const TAG: AskedChange = { action: 'STATE', kind: 'TAG', value: 'pii', detail: null, pointer: '/change/addTags/0' };

function rowOf(id: NodeId): AssetRow {
  const namespace = id === PRIVATE ? 'private' : 'shop';
  return { id, namespace, editPosition: 7 } as AssetRow;
}

/** A catalog of these assets, all of which every search finds, 100 at a time. */
function viewOf(ids: readonly NodeId[], facts: ReadonlyMap<NodeId, readonly FactRow[]> = new Map()): PlanView {
  const search = ({ page }: SearchRequest) => {
    const begin = page.after === null ? 0 : Number(page.after) + 1;
    const hits = ids.slice(begin, begin + page.first).map((id, index) => ({ id, cursor: String(begin + index) }));
    const hasNextPage = begin + page.first < ids.length;
    return Promise.resolve({ hits, hasNextPage, totalCount: ids.length });
  };
  const known = (asked: readonly NodeId[]) => asked.filter((id) => ids.includes(id));
  return {
    catalog: {
      assets: (asked: readonly NodeId[]) => Promise.resolve(new Map(known(asked).map((id) => [id, rowOf(id)]))),
      facts: (asked: readonly NodeId[]) => Promise.resolve(new Map(asked.map((id) => [id, facts.get(id) ?? []]))),
      definitions: () => Promise.resolve(new Map()),
      effectiveOwners: (asked: readonly NodeId[]) =>
        Promise.resolve(new Map(asked.map((id) => [id, effectiveOwners(facts.get(id) ?? [], undefined)]))),
    },
    search: { search },
  } as unknown as PlanView;
}

const everything = { text: '', filter: {} };

test('what the caller may see and not edit is left out and counted', async () => {
  const plan = await planEdits(viewOf([PRIVATE, shop(1)]), rights, everything, [TAG], TIME);
  expect(plan.edits.map(({ asset }) => asset)).toEqual([shop(1)]);
  expect([plan.unchanged, plan.forbidden]).toEqual([0, 1]);
});

test('every page of a search is edited, in the order of ids, each from the edit that was looked at', async () => {
  const ids = Array.from({ length: 250 }, (_, n) => shop(250 - n));
  const plan = await planEdits(viewOf(ids), rights, everything, [TAG], TIME);
  expect(plan.edits.map(({ asset }) => asset)).toEqual([...ids].reverse());
  expect(plan.edits[0]).toMatchObject({ expected: 7, changes: [{ node: shop(1), kind: 'TAG', value: 'pii' }] });
});

test('a search that finds too much is refused with how much it is', async () => {
  const ids = Array.from({ length: MOST_ASSETS + 1 }, (_, n) => shop(n));
  await expect(planEdits(viewOf(ids), rights, everything, [TAG], TIME)).rejects.toMatchObject({
    category: 'INVALID_INPUT',
    faults: [
      { pointer: '/selection', detail: expect.stringContaining(`finds ${String(MOST_ASSETS + 1)} assets`) as string },
    ],
  });
});

test('the version is that of the edits: the same while nothing moves, another once one asset has it already', async () => {
  const ids = [shop(1), shop(2)];
  const versionOf = async (view: PlanView) => (await planEdits(view, rights, { ids }, [TAG], TIME)).version;
  const held = { kind: 'TAG', value: 'pii', detail: null, source: 'EDIT', nodeId: shop(2) } as FactRow;
  const before = await versionOf(viewOf(ids));
  expect(await versionOf(viewOf([...ids].reverse()))).toBe(before);
  expect(await versionOf(viewOf(ids, new Map([[shop(2), [held]]])))).not.toBe(before);
  // A producer that says the same does not keep it from being entered.
  expect(await versionOf(viewOf(ids, new Map([[shop(2), [{ ...held, source: 'FACET' }]]])))).toBe(before);
});

test('an owner who declined is entered again, and one who did not is not', async () => {
  const ana: string = agentId('user', 'ana');
  const ownerChange: AskedChange = {
    ...{ action: 'STATE', kind: 'OWNER', value: ana, detail: 'STEWARD', pointer: '/change/addOwners/0' },
  };
  const entered = {
    kind: 'OWNER',
    value: ana,
    detail: 'STEWARD',
    source: 'EDIT',
    position: 1,
    validFrom: 1,
  } as FactRow;
  const declined: FactRow = { ...entered, kind: 'DECLINED', detail: declinedDetail('STEWARD', 'moved'), position: 2 };
  const other: FactRow = { ...declined, detail: declinedDetail('OWNER', 'moved') };
  const facts = new Map([
    [shop(1), [entered]],
    [shop(2), [entered, declined]],
    [shop(3), [entered, other]],
  ]);
  const plan = await planEdits(viewOf([...facts.keys()], facts), rights, everything, [ownerChange], TIME);
  expect(plan.edits.map(({ asset }) => asset)).toEqual([shop(2)]);
  expect(plan.unchanged).toBe(2);
});
