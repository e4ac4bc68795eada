import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressOf,
  DEPTHS,
  DIRECTIONS,
  GRANULARITIES,
  groupingsOf,
  startedAnew,
  canBeLogical,
  isLogicalRoot,
  steppedBack,
  viewOf,
  type View,
} from './address.js';
import { EDGE_LOOKS } from './graph/model.js';

const text = fc.string({ minLength: 1 });
const texts = fc.array(text, { maxLength: 4 });
const views: fc.Arbitrary<View> = fc
  .record({
    root: fc.oneof(text, fc.constantFrom('job:a:b', 'field:a:b:c', 'run:a:b:c', 'version:a:b:c')),
    granularity: fc.constantFrom(...GRANULARITIES),
    direction: fc.constantFrom(...DIRECTIONS),
    depth: fc.constantFrom(...DEPTHS),
    asOf: fc.constantFrom(null, '2026-01-02T03:04:05.000Z'),
    isCompared: fc.boolean(),
    isLogical: fc.boolean(),
    expanded: fc.array(
      fc.record({
        id: text,
        side: fc.constantFrom('UPSTREAM' as const, 'DOWNSTREAM' as const),
        isWhole: fc.boolean(),
      }),
    ),
    collapsed: fc.array(
      fc.tuple(fc.constantFrom('u', 'd'), text).map(([side, id]) => `${side}:${id}` as `u:${string}`),
    ),
    openGroups: texts,
    kinds: texts,
    namespaces: texts,
    looks: fc.array(fc.constantFrom(...EDGE_LOOKS)),
    selected: fc.option(text),
    pathFrom: fc.option(text),
    pathTo: fc.option(text),
    show: fc.constantFrom('graph' as const, 'table' as const),
    panel: fc.constantFrom(null, 'impact' as const),
  })
  .chain((view) =>
    fc.constantFrom(null, ...groupingsOf(view.granularity)).map((groupBy) => {
      const isLogical = canBeLogical(view.granularity) && (view.isLogical || isLogicalRoot(view));
      return { ...view, groupBy, isLogical, isCompared: view.isCompared && view.asOf !== null && !isLogical };
    }),
  );

describe('the address of the explorer', () => {
  it('shows around a root what it is one of, unless it says otherwise', () => {
    const shown = (address: string) => viewOf(new URLSearchParams(address)).granularity;
    expect(
      ['dataset:a:b', 'job:a:b', 'field:a:b:c', 'run:a:b:c', 'version:a:b:c'].map((id) => shown(`root=${id}`)),
    ).toEqual(['JOB', 'JOB', 'FIELD', 'RUN', 'RUN']);
    expect(shown('root=field:a:b:c&granularity=JOB')).toBe('JOB');
  });

  it('holds all of a view', () => {
    fc.assert(
      fc.property(views, (view) => {
        const address = addressOf(view).toString();
        expect(viewOf(new URLSearchParams(address))).toEqual(view);
      }),
    );
  });

  it('is short where all is as usual', () => {
    const id = 'dataset:postgres%3A%2F%2Fshop:orders';
    expect(addressOf(viewOf(new URLSearchParams({ root: id }))).toString()).toBe(
      new URLSearchParams({ root: id }).toString(),
    );
  });

  it('takes values that mean nothing as absent', () => {
    const query =
      'root=a&granularity=GALAXY&depth=7&asOf=soon&compare=now&open=x:b&open=u:&shut=q&evidence=LOVE&by=moon';
    expect(viewOf(new URLSearchParams(query))).toEqual(viewOf(new URLSearchParams('root=a')));
  });

  it('forgets what was opened and picked when another question is asked', () => {
    const before = viewOf(new URLSearchParams('root=a&open=u:b&shut=d:c&selected=b&asOf=2026-01-01&evidence=OBSERVED'));
    const after = startedAnew(before, { root: 'b' });
    expect(addressOf(after).toString()).toBe('root=b&asOf=2026-01-01&evidence=OBSERVED');
  });

  it('goes back step by step: what is selected, then the path, then the impact', () => {
    fc.assert(
      fc.property(views, (view) => {
        let left = view;
        for (const _ of [1, 2, 3]) left = { ...left, ...steppedBack(left) };
        expect(left).toEqual({
          ...view,
          selected: null,
          pathFrom: null,
          pathTo: view.pathFrom === null ? view.pathTo : null,
          panel: null,
        });
        const once = { ...view, selected: 'a', ...steppedBack({ ...view, selected: 'a' }) };
        expect(once).toEqual({ ...view, selected: null });
      }),
    );
  });
});
