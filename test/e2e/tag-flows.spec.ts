import { exampleEdits } from '@headwater/standalone/example/governance';
import { exampleEvents } from '@headwater/standalone/example/insurance-claims';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphStores } from '../support/graph-stores.js';
import { CatalogApp } from './catalog-app.js';

interface Flows {
  readonly nodes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly name: string | null;
    readonly fields: number;
    readonly sources: number;
    readonly assets: number;
    readonly outside: number;
    readonly places: number;
  }[];
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly fields: number;
    readonly masked: number;
    readonly stopped: number;
  }[];
  readonly totalFields: number;
  readonly totalAssets: number;
  readonly totalOutside: number;
}

interface Reach {
  readonly total: number;
  readonly totalStops: number;
  readonly places: readonly { readonly id: string; readonly distance: number }[];
  readonly stops: readonly { readonly because: string }[];
}

const PERSONAL = 'classification=personal';
const FLOWS = `query ($tag: String!, $by: FlowGrouping, $open: [String!], $most: Int, $asOf: DateTime) {
  tagFlows(tag: $tag, by: $by, open: $open, most: $most, asOf: $asOf) {
    totalFields totalAssets totalOutside position
    nodes { id kind name fields sources assets outside ends distance places }
    links { from to fields masked stopped } } }`;
const REACH = `query ($tag: String!, $asOf: DateTime) { whereIs(tag: $tag, asOf: $asOf, maxNodes: 5000) {
  total totalStops places { id distance } stops(most: 1000) { because } } }`;

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((all, one) => all + of(one), 0);

describe.each(graphStores())('maps of where a tag flows, on $name', (store) => {
  let catalog: CatalogApp;
  let whole: Record<string, string>;
  beforeAll(async () => {
    await store.before?.();
    catalog = await CatalogApp.start({ filled: store.filled, auth: 'on' });
    await catalog.take([...exampleEvents(Date.now() * 1000)] as readonly object[]);
    await catalog.takeEdits(exampleEdits());
    whole = await catalog.readerOf(null);
  }, 120_000);
  afterAll(async () => {
    await catalog.close();
    await store.after?.();
  });

  const flowsOf = async (variables: object, headers = whole): Promise<Flows> =>
    (await catalog.data<{ tagFlows: Flows }>(FLOWS, { tag: PERSONAL, ...variables }, headers)).tagFlows;
  const reachOf = async (variables: object = {}, headers = whole): Promise<Reach> =>
    (await catalog.data<{ whereIs: Reach }>(REACH, { tag: PERSONAL, ...variables }, headers)).whereIs;

  /** Whatever the map is by, its sums are those of the list of all places and stops. */
  function expectSums(flows: Flows, { places, stops, totalStops }: Reach): void {
    const ids = new Set(places.map(({ id }) => id));
    const put = new Set(places.filter(({ distance }) => distance === 0).map(({ id }) => id));
    expect(sum(flows.nodes, ({ fields, assets }) => fields + assets)).toBe(ids.size);
    expect(flows.totalFields + flows.totalAssets).toBe(ids.size);
    expect(sum(flows.nodes, ({ sources, assets }) => sources + assets)).toBe(put.size);
    expect(sum(flows.nodes, ({ outside }) => outside)).toBe(flows.totalOutside);
    expect(sum(flows.links, ({ masked, stopped }) => masked + stopped)).toBe(totalStops);
    expect(sum(flows.links, ({ masked }) => masked)).toBe(stops.filter(({ because }) => because === 'MASKING').length);
    const known = new Set(flows.nodes.map(({ id }) => id));
    expect(flows.links.every(({ from, to }) => known.has(from) && known.has(to))).toBe(true);
  }

  test.each([
    ...[{}, { by: 'NAMESPACE' }, { most: 1 }, { by: 'NAMESPACE', most: 2 }],
    ...[
      { open: ['domain:claim-handling', 'none'] },
      { tag: 'classification' },
      { tag: 'confidentiality', by: 'NAMESPACE' },
    ],
  ])('the sums of a map are those of the list: %j', async ({ tag = PERSONAL, ...more }: { tag?: string }) => {
    const [flows, reach] = await Promise.all([flowsOf({ tag, ...more }), reachOf({ tag })]);
    expect(reach.total).toBeGreaterThan(0);
    expectSums(flows, reach);
  });

  test('personal data gets from claims to the bank, and masking ends it within policies', async () => {
    const flows = await flowsOf({});
    expect(flows.totalOutside).toBe(1);
    expect(flows.nodes.find(({ id }) => id === 'domain:bank')).toMatchObject({ name: 'Bank', fields: 1, outside: 1 });
    expect(flows.links).toContainEqual({
      ...{ from: 'domain:claim-handling', to: 'domain:bank' },
      ...{ fields: 1, masked: 0, stopped: 0 },
    });
    const policies = 'domain:policies-and-customers';
    expect(flows.links.find(({ from }) => from === policies)).toMatchObject({ to: policies, fields: 0, masked: 4 });
  });

  test('a place that is opened shows its datasets, and what is too small is one place that says how many', async () => {
    const opened = await flowsOf({ open: ['domain:claim-handling'] });
    expect(opened.nodes.some(({ id }) => id === 'domain:claim-handling')).toBe(false);
    expect(opened.nodes.filter(({ kind }) => kind === 'DATASET').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['claims', 'triaged']),
    );
    const all = await flowsOf({});
    const small = await flowsOf({ most: 2 });
    expect(small.nodes.find(({ kind }) => kind === 'OTHERS')?.places).toBe(all.nodes.length - 2);
    // What is outside is what the map is looked at for.
    expect(small.nodes.some(({ id }) => id === 'domain:bank')).toBe(true);
  });

  test('what the caller may not see is one place without a name, and the sums stay those of its list', async () => {
    const headers = await catalog.readerOf(['postgres://warehouse*']);
    const [flows, reach] = await Promise.all([flowsOf({ by: 'NAMESPACE' }, headers), reachOf({}, headers)]);
    expectSums(flows, reach);
    expect(flows.nodes.map(({ kind, name }) => [kind, name]).sort()).toEqual([
      ['HIDDEN', null],
      ['NAMESPACE', 'postgres://warehouse.insurance.example:5432'],
    ]);
    expect(JSON.stringify(flows)).not.toContain('kafka');
    expect((await flowsOf({}, headers)).totalOutside).toBe(0);
    expect(await flowsOf({}, await catalog.readerOf(['elsewhere']))).toMatchObject({ nodes: [], links: [] });
  });

  test('before anything had the tag the map is empty, and so is that of a tag that nothing has', async () => {
    expect(await flowsOf({ asOf: '2001-01-01T00:00:00Z' })).toMatchObject({ nodes: [], links: [], totalFields: 0 });
    expect(await flowsOf({ tag: 'nothing' })).toMatchObject({ nodes: [], links: [] });
  });

  test.each([
    [{ tag: ' ' }, '/tag'],
    [{ most: 0 }, '/most'],
    [{ most: 61 }, '/most'],
    [{ open: ['garbage'] }, '/open'],
    [{ open: ['dataset:shop:claims'] }, '/open'],
    [{ open: Array.from({ length: 11 }, (_, at) => `domain:${String(at)}`) }, '/open'],
  ])('%j is refused with what to do', async (given, pointer) => {
    const { errors } = await catalog.ask(FLOWS, { tag: PERSONAL, ...given }, whole);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', faults: [{ pointer }] });
  });
});
