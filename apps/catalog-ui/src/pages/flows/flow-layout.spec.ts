import { expect, test } from 'vitest';
import { layFlows } from './flow-layout.js';
import { orderPlaces } from './flow-order.js';

const place = (id: string, fields = 1, outside = 0) => ({ id, fields, outside });
const flow = (from: string, to: string, fields = 1, masked = 0) => ({ from, to, fields, masked, stopped: 0 });

test('few flows go against the order of places, whatever the order of the list', () => {
  const weighed = [
    { from: 'crm', to: 'warehouse', weight: 4 },
    { from: 'lake', to: 'kafka', weight: 2 },
    { from: 'kafka', to: 'warehouse', weight: 3 },
    { from: 'warehouse', to: 'kafka', weight: 1 },
  ];
  const ordered = orderPlaces(['warehouse', 'kafka', 'crm', 'lake'], weighed);
  const against = weighed.filter(({ from, to }) => ordered.indexOf(from) > ordered.indexOf(to));
  expect(against).toEqual([{ from: 'warehouse', to: 'kafka', weight: 1 }]);
});

test('each place is behind what flows into it, and what is outside is in the last column', () => {
  const nodes = [place('b'), place('out', 1, 1), place('a', 9), place('c'), place('alone')];
  const { nodes: placed } = layFlows(nodes, [flow('a', 'b'), flow('b', 'c'), flow('a', 'out'), flow('a', 'a')]);
  const x = (id: string): number => placed.find(({ node }) => node.id === id)?.x ?? NaN;
  expect(x('a')).toBeLessThan(x('b'));
  expect(x('b')).toBeLessThan(x('c'));
  expect([x('out'), x('alone')]).toEqual([x('c'), x('a')]);
});

test('places of one column do not overlap, and a flow over several columns does not cross a place', () => {
  const nodes = [place('a', 1_000), place('b'), place('b2', 30), place('c')];
  const {
    nodes: placed,
    links,
    height,
  } = layFlows(nodes, [flow('a', 'b'), flow('a', 'b2'), flow('b', 'c'), flow('a', 'c')]);
  const middle = placed.filter(({ node }) => node.id.startsWith('b')).sort((one, other) => one.y - other.y);
  const bottom = Math.max(...middle.map((one) => one.y + one.height));
  expect((middle[0]?.y ?? NaN) + (middle[0]?.height ?? NaN)).toBeLessThan(middle[1]?.y ?? NaN);
  const lane = /L \d+(?:\.\d+)? (\d+(?:\.\d+)?)/.exec(
    links.find(({ link }) => link.from === 'a' && link.to === 'c')?.path ?? '',
  );
  expect(Number(lane?.[1])).toBeGreaterThan(bottom);
  expect(height).toBeGreaterThan(Number(lane?.[1]));
});

test('what masking ends is drawn as ended, and a cycle comes to an end', () => {
  const { links } = layFlows([place('a'), place('b')], [flow('a', 'b', 3), flow('b', 'a', 0, 2)]);
  expect(links.map(({ isEnded }) => isEnded)).toEqual([false, true]);
  expect(layFlows([], [])).toMatchObject({ nodes: [], links: [] });
});
