import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import type { TermDefinition } from '@headwater/domain/governance/definition';
import type { TermChange } from '@headwater/domain/governance/definitions/term';
import { termBatchBytes, type TermWrite } from '@headwater/domain/governance/term-batch';
import { fieldId, termId, type NodeId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import { dataset, datasetEvent, minute, schemaFacet } from '../support/lineage-events.js';
import { expectSameReplays } from '../support/projection-state.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const [CLAIM, LOSS, RESERVE] = ['claim', 'loss', 'reserve'].map(termId) as [NodeId, NodeId, NodeId];
const A = dataset('a');
const ID = fieldId(A, ['id']);
const NONE = { description: null, parent: null, synonyms: [], related: [], status: 'DRAFT', successor: null } as const;
const created = (name: string, body: Partial<TermDefinition> = {}): TermChange => ({
  action: 'CREATE',
  body: { ...NONE, name, ...body },
});
const changed = (body: Partial<TermDefinition>): TermChange => ({ action: 'CHANGE', body });
const REMOVED = { action: 'REMOVE' } as const;
const has = (term: NodeId, node = A): FactEdit => ({ action: 'STATE', node, kind: 'TERM', value: term, detail: null });
const not = (term: NodeId, node = A): FactEdit => ({ ...has(term, node), action: 'WITHDRAW' });
const event = datasetEvent({
  at: 0,
  dataset: { name: 'a', facets: { schema: schemaFacet(['id']) } },
});

async function termsOf(projection: TestProjection, at: number): Promise<readonly string[]> {
  const rows = await projection.rows<{ node: string; value: string }>(
    `SELECT node_id AS node, value FROM @.fact WHERE kind = 'TERM' AND valid_from <= $1
       AND (valid_to IS NULL OR valid_to > $1) AND recorded_to IS NULL ORDER BY node_id COLLATE "C", value COLLATE "C"`,
    [minute(at)],
  );
  return rows.map(({ node, value }) => `${node.slice(0, node.indexOf(':'))} ${value}`);
}

async function defined(projection: TestProjection): Promise<readonly unknown[]> {
  return projection.rows(
    `SELECT id, body FROM @.definition WHERE valid_to IS NULL AND recorded_to IS NULL ORDER BY id COLLATE "C"`,
  );
}

async function searched(projection: TestProjection): Promise<unknown> {
  const [row] = await projection.rows<{ terms: unknown }>('SELECT term_ids AS terms FROM @.search_group');
  return row?.terms;
}

test('assets and fields have terms from one edit to another, and search knows those of both', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, CLAIM, created('Claim'));
  await projection.define(2, LOSS, created('Loss', { related: [CLAIM], synonyms: ['Damage'] }));
  await projection.edit(10, [has(CLAIM)]);
  await projection.edit(20, [has(LOSS, ID)], null, A);
  expect(await searched(projection)).toEqual([CLAIM, LOSS]);
  await projection.edit(30, [not(CLAIM)]);
  expect(await Promise.all([5, 10, 20, 30].map((at) => termsOf(projection, at)))).toEqual([
    [],
    [`dataset ${CLAIM}`],
    [`dataset ${CLAIM}`, `field ${LOSS}`],
    [`field ${LOSS}`],
  ]);
  expect(await searched(projection)).toEqual([LOSS]);
  expect(await projection.findings()).toEqual([]);
});

test.each<[code: string, act: (projection: TestProjection) => Promise<void>]>([
  ['EDIT_OF_KNOWN', (projection) => projection.define(9, CLAIM, created('Other'))],
  ['EDIT_OF_UNKNOWN', (projection) => projection.define(9, termId('x'), REMOVED)],
  ['EDIT_NAMES_UNKNOWN', (projection) => projection.define(9, CLAIM, changed({ parent: termId('x') }))],
  ['EDIT_NAMES_UNKNOWN', (projection) => projection.define(9, CLAIM, changed({ related: [termId('x')] }))],
  ['EDIT_NAMES_UNKNOWN', (projection) => projection.edit(9, [has(termId('x'))])],
  ['EDIT_NAMES_ITSELF', (projection) => projection.define(9, CLAIM, changed({ related: [CLAIM] }))],
  ['EDIT_NAMES_ITSELF', (projection) => projection.define(9, LOSS, changed({ status: 'DEPRECATED', successor: LOSS }))],
  ['EDIT_OF_CURRENT', (projection) => projection.define(9, CLAIM, changed({ successor: LOSS }))],
  ['EDIT_MAKES_CYCLE', (projection) => projection.define(9, CLAIM, changed({ parent: LOSS }))],
  ['EDIT_CONFLICT', (projection) => projection.define(9, CLAIM, changed({ name: 'x' }), 1)],
  // It has a narrower term; a field has it; another term names it.
  ['EDIT_OF_USED', (projection) => projection.define(9, CLAIM, REMOVED)],
  ['EDIT_OF_USED', (projection) => projection.define(9, LOSS, REMOVED)],
  ['EDIT_OF_USED', (projection) => projection.define(9, RESERVE, REMOVED)],
])('what does not fit changes nothing and is a finding: %s', async (code, act) => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(2, CLAIM, created('Claim'));
  await projection.define(3, RESERVE, created('Reserve'));
  await projection.define(4, LOSS, created('Loss', { parent: CLAIM, related: [RESERVE] }));
  await projection.edit(5, [has(LOSS, ID)], null, A);
  const before = [await defined(projection), await termsOf(projection, 20)];
  await act(projection);
  expect(await projection.findings()).toEqual([code]);
  expect([await defined(projection), await termsOf(projection, 20)]).toEqual(before);
});

test('successors that would lead back to a term are a finding, and change nothing', async () => {
  const projection = await fresh();
  for (const [index, id] of [CLAIM, LOSS, RESERVE].entries())
    await projection.define(index, id, created(`Term ${String(index)}`));
  await projection.define(5, CLAIM, changed({ status: 'DEPRECATED', successor: LOSS }));
  await projection.define(6, LOSS, changed({ status: 'DEPRECATED', successor: RESERVE }));
  const before = await defined(projection);
  await projection.define(7, RESERVE, changed({ status: 'DEPRECATED', successor: CLAIM }));
  expect(await projection.findings()).toEqual(['EDIT_SUCCEEDS_ITSELF']);
  expect(await defined(projection)).toEqual(before);
});

test('a term that nothing has is removed', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, CLAIM, created('Claim'));
  await projection.edit(2, [has(CLAIM, ID)], null, A);
  await projection.edit(3, [not(CLAIM, ID)], null, A);
  await projection.define(4, CLAIM, REMOVED);
  expect(await projection.findings()).toEqual([]);
  expect(await defined(projection)).toEqual([]);
});

async function imported(projection: TestProjection, at: number, writes: readonly TermWrite[]): Promise<void> {
  const by = { id: 'user:tests#ana', name: 'Ana' };
  const bytes = termBatchBytes({ id: String(at), by, reason: null, expected: null, writes });
  await projection.log.append([{ kind: 'EDIT', bytes, receivedAt: minute(at) }]);
  await projection.project();
}

test('an edit of many terms makes all, whatever their order, or none', async () => {
  const projection = await fresh();
  const make = (node: NodeId, body: Partial<TermDefinition>): TermWrite => ({
    ...{ node, action: 'CREATE', expected: null },
    body: { ...NONE, name: node, ...body },
  });
  await imported(projection, 1, [
    make(LOSS, { parent: CLAIM, related: [RESERVE] }),
    make(CLAIM, {}),
    make(RESERVE, {}),
  ]);
  expect(await projection.findings()).toEqual([]);
  const before = await defined(projection);
  expect(before).toHaveLength(3);
  const late: TermWrite = { node: CLAIM, action: 'CHANGE', body: { name: 'x' }, expected: 999 };
  await imported(projection, 2, [{ node: LOSS, action: 'CHANGE', body: { name: 'y' }, expected: null }, late]);
  await imported(projection, 3, [{ node: CLAIM, action: 'CHANGE', body: { parent: LOSS }, expected: null }]);
  expect(await projection.findings()).toEqual(['EDIT_CONFLICT', 'EDIT_MAKES_CYCLE']);
  expect(await defined(projection)).toEqual(before);
  await expectSameReplays(projection);
});

test('edits of terms in one batch or many, live or replayed, give the same rows and verdicts', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, CLAIM, created('Claim'));
  await projection.edit(2, [has(CLAIM, ID)], null, A);
  await projection.define(3, CLAIM, REMOVED);
  await projection.edit(4, [not(CLAIM, ID), has(LOSS)], null, A);
  await projection.edit(5, [not(CLAIM, ID)], null, A);
  await projection.define(6, LOSS, created('Loss'));
  await projection.define(7, CLAIM, changed({ status: 'DEPRECATED', successor: LOSS }));
  await projection.define(8, LOSS, REMOVED);
  expect(await projection.findings()).toEqual(['EDIT_OF_USED', 'EDIT_NAMES_UNKNOWN', 'EDIT_OF_USED']);
  await expectSameReplays(projection);
});
