import { pairOf } from '@headwater/domain/governance/agents/agents-edit';
import { agentId, type NodeId } from '@headwater/domain/identifiers';
import { LATEST } from '@headwater/domain/reading/read-time';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { ProjectionDatabase } from '@headwater/store-postgres/catalog/projection-database';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataset, datasetEvent, minute, ownershipFacet, type Sent } from '../support/lineage-events.js';
import { expectSameReplays, stateOf } from '../support/projection-state.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const JO = agentId('user', 'jo@x.org');
const LOUD = agentId('user', 'JO@X.org');
const SUBJECT = agentId('user', '00u1');
const TEAM = agentId('team', 'data');
const ANA = agentId('user', 'ANA');

const owned = (name: string, ...owners: readonly string[]): Sent =>
  datasetEvent({ at: 0, dataset: { name, facets: { ownership: ownershipFacet(owners) } } });
const person = (email: string | null, subject: string | null) =>
  ({ action: 'CREATE', body: { name: 'Jo', description: null, email, subject, members: [] } }) as const;
const readerOf = (projection: TestProjection) =>
  postgresCatalogReader(new ProjectionDatabase(projection.database.pool, () => projection.schema));

async function namesOf(projection: TestProjection, id: NodeId, knownAt = LATEST): Promise<readonly NodeId[]> {
  return (await readerOf(projection).agentNames([id], knownAt)).get(id) ?? [];
}

async function ownersOf(projection: TestProjection, name: string, knownAt = LATEST): Promise<readonly string[]> {
  const found = await readerOf(projection).effectiveOwners([dataset(name)], { at: minute(999), knownAt });
  return (found.get(dataset(name))?.owners ?? []).map(({ agent }) => agent);
}

test('30. owners that producers call by one address are one agent, told once, and as known before they were two', async () => {
  const projection = await fresh();
  await projection.send(owned('a', 'user:jo@x.org'));
  const before = await projection.knownNow();
  await projection.send(owned('b', 'user:JO@X.org', 'user:jo@x.org'));
  expect(await ownersOf(projection, 'b')).toEqual([LOUD]);
  expect(await ownersOf(projection, 'a')).toEqual([LOUD]);
  expect(await ownersOf(projection, 'a', before)).toEqual([JO]);
  expect(await namesOf(projection, JO)).toEqual([LOUD, JO]);
  expect(await namesOf(projection, JO, before)).toEqual([JO]);
  const may = await readerOf(projection).mayAnswerFor(JO, { at: minute(999), knownAt: LATEST });
  expect(may.map(({ id }) => id).sort()).toEqual([dataset('a'), dataset('b')]);
});

test('30. an entered subject and address join agents of both, and none any more once it has another', async () => {
  const projection = await fresh();
  await projection.send(owned('a', 'user:jo@x.org', 'user:00u1'));
  expect(await ownersOf(projection, 'a')).toHaveLength(2);
  const jo = agentId('user', 'jo');
  await projection.define(5, jo, person('Jo@X.org', '00u1'));
  expect(await namesOf(projection, SUBJECT)).toEqual([SUBJECT, jo, JO]);
  expect(await ownersOf(projection, 'a')).toEqual([SUBJECT]);
  await projection.define(6, jo, { action: 'CHANGE', body: { email: 'other@x.org' } });
  expect(await namesOf(projection, SUBJECT)).toEqual([SUBJECT, jo]);
  await projection.define(7, jo, { action: 'REMOVE' });
  expect(await namesOf(projection, SUBJECT)).toEqual([SUBJECT]);
  expect((await ownersOf(projection, 'a')).toSorted()).toEqual([SUBJECT, JO]);
});

test('30. a sign-in joins who is called by its subject with who is called by its address', async () => {
  const projection = await fresh();
  await projection.send(owned('a', 'user:JO@X.org'), owned('b', 'user:00u1'));
  await projection.agents(5, SUBJECT, { action: 'SIGN_IN', email: 'jo@x.org', subject: '00u1' });
  await projection.agents(6, SUBJECT, { action: 'SIGN_IN', email: 'jo@x.org', subject: '00u1' });
  expect(await namesOf(projection, JO)).toEqual([SUBJECT, LOUD, JO]);
  const statements = await readerOf(projection).agentStatements([SUBJECT, JO], LATEST);
  expect(statements.filter(({ source }) => source === 'SIGN_IN')).toHaveLength(4);
});

test('30. what was split stays apart through later events until it is merged again, also after a replay', async () => {
  const projection = await fresh();
  await projection.send(owned('a', 'user:jo@x.org', 'user:JO@X.org'), owned('b', 'user:ANA'));
  await projection.agents(5, JO, { action: 'SPLIT', pairs: [pairOf(JO, LOUD)], kept: [] });
  await projection.send(owned('c', 'user:jo@x.org', 'user:JO@X.org', 'user:Jo@x.org'));
  expect(await ownersOf(projection, 'c')).toEqual([LOUD, JO]);
  await projection.agents(6, JO, { action: 'MERGE', other: ANA, pairs: [] });
  expect(await namesOf(projection, ANA)).toEqual([ANA, JO]);
  const apart = await projection.knownNow();
  await projection.agents(7, JO, { action: 'MERGE', other: LOUD, pairs: [pairOf(JO, LOUD)] });
  expect(await ownersOf(projection, 'c')).toEqual([ANA]);
  expect((await ownersOf(projection, 'c', apart)).toSorted()).toEqual([ANA, LOUD]);
  expect(await projection.findings()).toEqual([]);
  for (const replay of await expectSameReplays(projection)) expect(await ownersOf(replay, 'c')).toEqual([ANA]);
});

test('30. teams have members that are there, and none is in itself or removed while a team has it', async () => {
  const projection = await fresh();
  const [inner, jo] = [agentId('team', 'inner'), agentId('user', 'jo')];
  const team = (members: readonly NodeId[]) =>
    ({ action: 'CREATE', body: { name: 'Data', description: null, email: null, subject: null, members } }) as const;
  await projection.define(1, TEAM, team([jo]));
  await projection.define(2, jo, person(null, null));
  await projection.define(3, inner, team([jo]));
  await projection.define(4, TEAM, team([inner]));
  await projection.define(5, inner, { action: 'CHANGE', body: { members: [jo, TEAM] } });
  await projection.define(6, jo, { action: 'CHANGE', body: { members: [inner] } });
  await projection.define(7, jo, { action: 'REMOVE' });
  expect((await projection.findings()).map((one) => one.match(/EDIT_\w+/)?.[0])).toEqual([
    ...['EDIT_NAMES_UNKNOWN', 'EDIT_MAKES_CYCLE', 'EDIT_OF_OTHER_KIND', 'EDIT_OF_USED'],
  ]);
});

/** Owners under names that meet by address, by subject, or not at all. */
const OWNERS = ['user:jo@x.org', 'user:JO@x.org', 'owner:Jo@X.org', 'user:00u1', 'user:ana', 'team:jo@x.org'];
const IDS = OWNERS.map((text) => agentId(...(text.split(':') as [string, string])));
const event = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(5), fc.subarray(OWNERS))
  .map(([name, at, owners]) => datasetEvent({ at, dataset: { name, facets: { ownership: ownershipFacet(owners) } } }));
const edit = fc
  .tuple(fc.nat(3), fc.constantFrom(...IDS), fc.subarray(IDS, { minLength: 1, maxLength: 3 }))
  .filter(([, node, others]) => others.some((id) => id !== node))
  .map(([kind, node, given]) => {
    const others = given.filter((id) => id !== node);
    const pairs = others.map((id) => pairOf(node, id));
    return (projection: TestProjection, at: number): Promise<void> => {
      const kept = others.slice(1).map((id) => pairOf(others[0] ?? id, id));
      if (kind === 0) return projection.agents(at, node, { action: 'SPLIT', pairs, kept });
      if (kind === 1) return projection.agents(at, node, { action: 'MERGE', other: others[0] ?? node, pairs });
      if (kind === 2) return projection.agents(at, SUBJECT, { action: 'SIGN_IN', email: 'jo@x.org', subject: '00u1' });
      return projection.define(at, agentId('user', `p${String(at)}`), person('jo@x.org', '00u1'));
    };
  });

test('30. in any order of events between the edits, the same ids are one agent', { timeout: 300_000 }, async () => {
  let merged = 0;
  const cases = fc.record({
    events: fc.array(event, { minLength: 2, maxLength: 7 }),
    edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
    keys: fc.array(fc.nat(100), { minLength: 20, maxLength: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ events, edits, keys }) => {
      const first = await fresh();
      for (const [index, make] of edits.entries()) await make(first, 10 + index);
      await first.send(...events);
      const other = await fresh();
      const waiting = events.map((one, index) => ({ one, key: keys[index] ?? 0 })).sort((a, b) => a.key - b.key);
      for (const [index, make] of edits.entries()) {
        const count = (keys[10 + index] ?? 0) % (waiting.length + 1);
        await other.send(...waiting.splice(0, count).map(({ one }) => one));
        await make(other, 10 + index);
      }
      await other.send(...waiting.map(({ one }) => one));
      const [expected, actual] = [await stateOf(first), await stateOf(other)];
      for (const part of ['alias', 'agent_alias', 'agent_statement', 'fact'])
        expect(actual[part]).toEqual(expected[part]);
      const rows = (await first.rows(`SELECT member_id FROM @.agent_alias`)).length;
      expect(rows).toBe((expected['alias'] ?? []).length);
      merged += rows;
    }),
    { numRuns: 25 },
  );
  expect(merged).toBeGreaterThan(10);
});
