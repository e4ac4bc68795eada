import { expect, test } from 'vitest';
import { datasetId, fieldId, type NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { collectionOptions, type CollectionOption } from './collection-plan.js';

const [FORMS, CLAIMS, LOGINS] = ['forms', 'claims', 'logins'].map((name) => datasetId('db', name)) as [
  NodeId,
  NodeId,
  NodeId,
];
const id = (dataset: NodeId): NodeId => fieldId(dataset, ['id']);

function planned(
  targets: readonly (readonly NodeId[])[],
  freshAt: ReadonlyMap<NodeId, Micros>,
): readonly CollectionOption[] {
  return collectionOptions({
    freshAt,
    keys: { of: () => [] },
    targets: targets.map((datasets) => {
      const places = datasets.map((dataset, depth) => ({
        ...{ dataset, field: id(dataset), depth, tags: { put: [], carried: [] } },
      }));
      const [{ field: source } = { field: id(FORMS) }] = places;
      return { target: source, places, pathTo: (place) => ({ via: [source, place], commonSource: source }) };
    }),
  });
}
const told = (options: readonly CollectionOption[]): readonly object[] =>
  options.map(({ goals, freshAt, datasets }) => [goals, freshAt, datasets.map(({ dataset }) => dataset).sort()]);

test('a dataset of unknown freshness leaves the others to be compared, and the nearest to the sources to be offered', () => {
  const options = planned([[FORMS, CLAIMS], [LOGINS]], new Map([[CLAIMS, 5]]));
  expect(told(options)).toEqual([
    [['FEWEST_COMPONENTS', 'FEWEST_DATASETS', 'FRESHEST'], null, [CLAIMS, LOGINS]],
    [['NEAREST_SOURCES'], null, [FORMS, LOGINS]],
  ]);
});

test('nothing is called the freshest where nothing is known of how fresh it is', () => {
  expect(told(planned([[FORMS, CLAIMS]], new Map()))).toEqual([
    [['FEWEST_COMPONENTS', 'FEWEST_DATASETS', 'NEAREST_SOURCES'], null, [FORMS]],
  ]);
  expect(told(planned([[FORMS], [CLAIMS]], new Map([[FORMS, 5]])))[0]).toEqual([
    ['FEWEST_COMPONENTS', 'FEWEST_DATASETS', 'FRESHEST', 'NEAREST_SOURCES'],
    null,
    [CLAIMS, FORMS],
  ]);
});
