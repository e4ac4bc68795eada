import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import type { PropertyDefinition } from '@headwater/domain/governance/definition';
import type { PropertyChange } from '@headwater/domain/governance/definitions/property';
import { writeValues } from '@headwater/domain/governance/property-values';
import { propertyId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import { dataset, datasetEvent, minute } from '../support/lineage-events.js';
import { expectSameReplays } from '../support/projection-state.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const RETENTION = propertyId('retention');
const A = dataset('a');
const PLAIN: PropertyDefinition = {
  ...{ name: 'Retention', description: null, type: 'NUMBER', isMany: false, kinds: ['DATASET'], values: [] },
  ...{ unit: 'days', min: null, max: null, isRequired: false },
};
const created = (body: Partial<PropertyDefinition> = {}): PropertyChange => ({
  action: 'CREATE',
  body: { ...PLAIN, ...body },
});
const changed = (body: Partial<PropertyDefinition>): PropertyChange => ({ action: 'CHANGE', body });
const value = (...values: readonly string[]): FactEdit => ({
  ...{ action: 'STATE', node: A, kind: 'PROPERTY' },
  ...{ value: RETENTION, detail: writeValues(values) },
});
const none: FactEdit = { ...value(), action: 'WITHDRAW', detail: null };
const event = datasetEvent({ at: 0, dataset: { name: 'a' } });

async function heldAt(projection: TestProjection, at: number): Promise<readonly string[]> {
  const rows = await projection.rows<{ detail: string }>(
    `SELECT detail FROM @.fact WHERE kind = 'PROPERTY' AND valid_from <= $1
       AND (valid_to IS NULL OR valid_to > $1) AND recorded_to IS NULL`,
    [minute(at)],
  );
  return rows.map(({ detail }) => detail);
}

const numbers = (projection: TestProjection): Promise<readonly { readonly number: number | null }[]> =>
  projection.rows('SELECT number FROM @.search_property ORDER BY number');

test('values hold until others take their place, and a replay tells the same', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, RETENTION, created({ isMany: true }));
  await projection.edit(10, [value('30')]);
  await projection.edit(20, [value('60', '90')]);
  await projection.edit(30, [none]);
  expect(await Promise.all([5, 10, 20, 30].map((at) => heldAt(projection, at)))).toEqual([
    [],
    ['["30"]'],
    ['["60","90"]'],
    [],
  ]);
  expect(await projection.findings()).toEqual([]);
  await expectSameReplays(projection);
});

test.each<[code: string, act: (projection: TestProjection) => Promise<void>]>([
  ['EDIT_UNFITS_PROPERTY', (projection) => projection.edit(9, [value('many')])],
  ['EDIT_UNFITS_PROPERTY', (projection) => projection.edit(9, [value('1.0')])],
  ['EDIT_UNFITS_PROPERTY', (projection) => projection.edit(9, [value('1', '2')])],
  ['EDIT_UNFITS_PROPERTY', (projection) => projection.edit(9, [value()])],
  ['EDIT_NAMES_UNKNOWN', (projection) => projection.edit(9, [{ ...value('1'), value: propertyId('x') }])],
  ['EDIT_OF_USED', (projection) => projection.define(9, RETENTION, { action: 'REMOVE' })],
  ['EDIT_UNFITS_VALUES', (projection) => projection.define(9, RETENTION, changed({ type: 'DATE', unit: null }))],
  ['EDIT_MISDECLARES', (projection) => projection.define(9, RETENTION, changed({ type: 'TEXT' }))],
  ['EDIT_MISDECLARES', (projection) => projection.define(9, RETENTION, changed({ min: 2, max: 1 }))],
])('what does not fit changes nothing: %s', async (code, act) => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, RETENTION, created());
  await projection.edit(2, [value('30')]);
  await act(projection);
  expect(await projection.findings()).toEqual([code]);
  expect(await heldAt(projection, 10)).toEqual(['["30"]']);
});

test('search keeps numbers by the type that the property has now', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, RETENTION, created());
  await projection.edit(2, [value('30')]);
  expect(await numbers(projection)).toEqual([{ number: 30 }]);
  await projection.define(3, RETENTION, changed({ type: 'TEXT', unit: null }));
  await projection.edit(4, [value('thirty')]);
  expect(await numbers(projection)).toEqual([{ number: null }]);
  await projection.edit(5, [none]);
  expect(await numbers(projection)).toEqual([]);
});
