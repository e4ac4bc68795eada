import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { expect, test } from 'vitest';
import { dataset, datasetEvent, minute, ownershipFacet, run } from '../support/lineage-events.js';
import { expectSameReplays } from '../support/projection-state.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const A = dataset('a');
const owner = (action: FactEdit['action'], name: string, detail: string | null = 'OWNER'): FactEdit => ({
  ...{ action, node: A, kind: 'OWNER', detail },
  value: `agent:owner:${name}`,
});
const said = (at: number, ...owners: readonly string[]) =>
  datasetEvent({ at, dataset: { name: 'a', facets: { ownership: ownershipFacet(owners) } } });

/** Owners at a minute, as known now or then: `<name> <source>`. */
async function ownersAt(projection: TestProjection, at: number, knownAt?: number): Promise<readonly string[]> {
  const known = knownAt ?? (await projection.knownNow());
  const rows = await projection.rows<{ value: string; source: string }>(
    `SELECT value, source FROM @.fact WHERE kind = 'OWNER' AND valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)
       AND recorded_from <= $2 AND (recorded_to IS NULL OR recorded_to > $2) ORDER BY value, source`,
    [minute(at), known],
  );
  return rows.map(({ value, source }) => `${value.split(':')[2] ?? ''} ${source}`);
}

test('30. an edit holds from its receipt on beside what facets say, and the search row follows', async () => {
  const projection = await fresh();
  await projection.send(said(0, 'bob'));
  const before = await projection.knownNow();
  await projection.edit(10, [owner('STATE', 'ana')]);
  expect(await ownersAt(projection, 5)).toEqual(['bob FACET']);
  expect(await ownersAt(projection, 10)).toEqual(['ana EDIT', 'bob FACET']);
  expect(await ownersAt(projection, 10, before)).toEqual(['bob FACET']);
  expect(await projection.rows('SELECT owner_ids, edit_position FROM @.asset')).toEqual([
    { owner_ids: ['agent:owner:ana', 'agent:owner:bob'], edit_position: 2 },
  ]);
});

test('30. removing a fact by edit suppresses it whatever facets say later, until another edit states it', async () => {
  const projection = await fresh();
  await projection.send(said(0, 'bob', 'cid'));
  await projection.edit(10, [owner('WITHDRAW', 'bob', 'MAINTAINER')]);
  await projection.send(said(20, 'bob', 'dora'));
  expect(await ownersAt(projection, 9)).toEqual(['bob FACET', 'cid FACET']);
  expect(await ownersAt(projection, 15)).toEqual(['cid FACET']);
  expect(await ownersAt(projection, 25)).toEqual(['dora FACET']);
  await projection.edit(30, [owner('STATE', 'bob', 'MAINTAINER')]);
  expect(await ownersAt(projection, 25)).toEqual(['dora FACET']);
  expect(await ownersAt(projection, 30)).toEqual(['bob EDIT', 'bob FACET', 'dora FACET']);
});

test('30. another role of the same agent stays', async () => {
  const projection = await fresh();
  await projection.send(said(0, 'bob'));
  await projection.edit(10, [owner('WITHDRAW', 'bob', 'STEWARD')]);
  expect(await ownersAt(projection, 15)).toEqual(['bob FACET']);
});

test('30. a facet that comes late changes nothing that an edit took away', async () => {
  const projection = await fresh();
  await projection.send(said(0, 'bob'));
  await projection.edit(10, [owner('WITHDRAW', 'bob', null)]);
  await projection.send(said(20, 'bob'), said(5, 'bob', 'eve'));
  expect(await ownersAt(projection, 7)).toEqual(['bob FACET', 'eve FACET']);
  expect(await ownersAt(projection, 12)).toEqual(['eve FACET']);
  expect(await ownersAt(projection, 25)).toEqual([]);
});

test('30. what an edit stated and another took away stays for what was', async () => {
  const projection = await fresh();
  await projection.send(said(0, 'bob'));
  await projection.edit(10, [owner('STATE', 'ana')]);
  await projection.edit(20, [owner('WITHDRAW', 'ana')]);
  expect(await ownersAt(projection, 15)).toEqual(['ana EDIT', 'bob FACET']);
  expect(await ownersAt(projection, 20)).toEqual(['bob FACET']);
});

test('an edit of another state than it expected, or of nothing, changes nothing and is a finding', async () => {
  const projection = await fresh();
  await projection.send(said(0, 'bob'));
  await projection.edit(10, [owner('STATE', 'ana')], 0);
  await projection.edit(20, [owner('STATE', 'cid')], 0);
  await projection.edit(30, [{ ...owner('STATE', 'cid'), node: dataset('unknown') }]);
  expect(await projection.findings()).toEqual(['EDIT_CONFLICT', 'EDIT_OF_UNKNOWN']);
  expect(await ownersAt(projection, 40)).toEqual(['ana EDIT', 'bob FACET']);
  await projection.edit(40, [owner('STATE', 'cid')], 2);
  expect(await ownersAt(projection, 40)).toEqual(['ana EDIT', 'bob FACET', 'cid EDIT']);
});

test('edits and events in one batch or many, live or replayed, give the same rows', async () => {
  const projection = await fresh();
  await projection.send(said(0, 'bob', 'cid'), run({ run: 1, at: 1, inputs: ['a'], outputs: ['x'] }));
  await projection.edit(10, [owner('WITHDRAW', 'bob'), owner('STATE', 'ana')]);
  await projection.send(said(20, 'bob'), said(15, 'cid'));
  await projection.edit(30, [owner('STATE', 'bob'), owner('WITHDRAW', 'ana')]);
  await expectSameReplays(projection);
});
