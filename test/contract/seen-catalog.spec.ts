import { CatalogViews, type CatalogView } from '@headwater/application/visibility/catalog-views';
import { Principal } from '@headwater/domain/access/principal';
import type { RunRow } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import { HeadwaterError } from '@headwater/domain/errors';
import { datasetId, jobId, runNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { Page, PageRequest } from '@headwater/domain/page';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import { PostgresLineageRoots } from '@headwater/store-postgres/catalog/lineage-roots';
import { PostgresChangeFeed } from '@headwater/store-postgres/catalog/postgres-change-feed';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { PostgresCatalogSearch } from '@headwater/store-postgres/search/postgres-catalog-search';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import { eventsWithHiddenNamespace, HUSH, leaksIn, MARK, PAIR, SEEN, uuid } from '../support/hidden-namespace.js';

const events = eventsWithHiddenNamespace();
const load = jobId('open', 'load');
const runOfLoad = runNodeId(load, uuid(1));
const hushed = (name: string): NodeId => datasetId(HUSH, `${MARK}-${name}`);
const ALL: PageRequest = { first: 100, after: null };

let catalog: TestCatalog;
let feed: PostgresChangeFeed;
let positions: readonly number[];
let views: CatalogViews;
let full: CatalogView;
let seen: CatalogView;

function reader(namespaces: readonly string[] | null): Principal {
  return new Principal({ id: 'token:x', kind: 'TOKEN', name: 'x', grants: [{ scopes: ['catalog:read'], namespaces }] });
}

beforeAll(async () => {
  catalog = await createTestCatalog();
  positions = await catalog.send(events);
  const { pool, url } = catalog.database;
  feed = new PostgresChangeFeed({ pool, url, schema: () => catalog.schema });
  const roots = new PostgresLineageRoots(catalog.reading);
  views = new CatalogViews({
    catalog: postgresCatalogReader(catalog.reading),
    search: new PostgresCatalogSearch(catalog.reading),
    graph: new MemoryLineageGraph(),
    log: catalog.log,
    clock: { now: () => 0 },
    secret: () => Promise.resolve({ value: new Uint8Array(32), previous: null }),
    ...{ roots, feed },
  });
  full = views.of(reader(null));
  seen = views.of(reader(SEEN));
});
afterAll(async () => {
  await feed.close();
  await catalog.close();
});

const idsOf = <T>(page: Page<T> | undefined, idOf: (item: T) => unknown): readonly unknown[] =>
  (page?.items ?? []).map(({ item }) => idOf(item));

test('who sees everything has the ports themselves; who has no scope, or is nobody, sees nothing', async () => {
  expect(views.of(reader(['*', '!nothing']))).not.toBe(full);
  expect(views.of(reader(null))).toBe(full);
  const nobody = [views.of(null), views.of(new Principal({ id: 'x', kind: 'USER', name: 'x', grants: [] }))];
  for (const view of nobody) {
    expect((await view.catalog.assets([load], LATEST)).size).toBe(0);
    expect((await view.catalog.namespaces(ALL)).items).toEqual([]);
    expect((await view.catalog.events({}, ALL)).items).toEqual([]);
    expect((await view.search.search({ text: '', filter: {}, order: 'NAME', page: ALL })).totalCount).toBe(0);
  }
});

test('events are those that name nothing hidden, wherever in them and by whatever name, whatever the page', async () => {
  // wh:gone is a hidden dataset by another name.
  const isOpen = (event: object | undefined): boolean =>
    !/"gone"/.test(JSON.stringify(event)) && leaksIn(JSON.stringify(event)).length === 0;
  const expected = positions.filter((_, at) => isOpen(events[at])).reverse();
  expect(expected.length).toBeGreaterThan(3);
  const found: number[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page<{ position: number }> = await seen.catalog.events({}, { first: 2, after });
    found.push(...page.items.map(({ item }) => item.position));
    more = page.hasNextPage;
    after = page.items.at(-1)?.cursor ?? null;
  }
  expect(found).toEqual(expected);
  expect([...(await seen.catalog.eventsAt(positions)).keys()].sort()).toEqual([...expected].sort());
  expect((await seen.log.read(positions)).map(({ position }) => position)).toEqual([...expected].reverse());
  const ofStage = await seen.catalog.events({ node: datasetId('wh', 'stage') }, ALL);
  expect(ofStage.items.length).toBeGreaterThan(0);
  expect(idsOf(ofStage, ({ position }) => expected.includes(position))).not.toContain(false);
});

test('findings follow their events', async () => {
  const [mine, all] = [await seen.catalog.findings({}, ALL), await full.catalog.findings({}, ALL)];
  const visible = new Set(idsOf(await seen.catalog.events({}, ALL), ({ position }) => position));
  expect(idsOf(mine, ({ position }) => position)).toEqual(
    idsOf(all, ({ position }) => position).filter((at) => visible.has(at)),
  );
  expect(mine.items.length).toBeGreaterThan(0);
  expect(mine.items.length).toBeLessThan(all.items.length);
});

test('runs of the whole catalog are those of jobs that may be seen, in pages as full as any', async () => {
  const clock = { at: LATEST, unfinishedAfter: LATEST };
  const isOpen = ({ id }: { readonly id: NodeId }): boolean => leaksIn(id).length === 0;
  const all = (await full.catalog.findRuns(clock, ALL)).items.map(({ item }) => item);
  const expected = all.filter(isOpen);
  expect(expected.length).toBeGreaterThan(10);
  expect(expected.length).toBeLessThan(all.length);
  const found: unknown[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page<RunRow> = await seen.catalog.findRuns(clock, { first: 3, after });
    found.push(...page.items.map(({ item }) => item));
    more = page.hasNextPage;
    expect(page.items).toHaveLength(more ? 3 : expected.length % 3 || 3);
    after = page.items.at(-1)?.cursor ?? null;
  }
  expect(found).toEqual(expected);
  const hidden = jobId(HUSH, `${MARK}-mid`);
  expect((await full.catalog.findRuns({ ...clock, job: hidden }, ALL)).items).toHaveLength(1);
  expect((await seen.catalog.findRuns({ ...clock, job: hidden }, ALL)).items).toEqual([]);
  expect((await seen.catalog.findRuns({ ...clock, namespaces: [HUSH] }, ALL)).items).toEqual([]);
});

test('producers are known by events that may be seen, and counted of them alone', async () => {
  const all = (await full.catalog.producers(ALL)).items.map(({ item }) => item);
  const mine = (await seen.catalog.producers(ALL)).items.map(({ item }) => item);
  const visible = await seen.catalog.events({}, ALL);
  const findings = await seen.catalog.findings({}, ALL);
  expect(all.map(({ events: count }) => count).sort()).toEqual([1, events.length - 1]);
  const whole = all.find(({ events: count }) => count > 1);
  expect(mine).toEqual([
    {
      ...whole,
      events: visible.items.length,
      findings: findings.items.length,
      firstSeenAt: Math.min(...visible.items.map(({ item }) => item.receivedAt)),
      lastSeenAt: Math.max(...visible.items.map(({ item }) => item.receivedAt)),
    },
  ]);
  expect(visible.items.length).toBeLessThan(events.length);
  expect((await views.of(reader(['nowhere'])).catalog.producers(ALL)).items).toEqual([]);
});

test('facets of what may be seen lose what names something hidden, parsed and as received', async () => {
  const facets =
    (await seen.catalog.facets([datasetId('wh', 'mart')], ['columnLineage'])).get(datasetId('wh', 'mart')) ?? [];
  const [lineage] = facets;
  expect(lineage?.body).toMatchObject({
    fields: { id: { inputFields: [{ hidden: true }] } },
    dataset: [{ hidden: true }],
  });
  const [text = ''] = await seen.log.facetTexts(facets);
  expect(JSON.parse(text)).toEqual(lineage?.body);
  const runs = (await seen.catalog.facets([runNodeId(jobId('open', 'child'), uuid(5))], null)).values();
  expect([...runs].flat().map(({ name, body }) => [name, body])).toEqual([['parent', { hidden: true }]]);
});

test('a facet that names nothing hidden is given byte for byte', async () => {
  const stage = datasetId('wh', 'stage');
  const rows = (await seen.catalog.facets([stage], null)).get(stage) ?? [];
  const all = (await full.catalog.facets([stage], null)).get(stage) ?? [];
  expect(rows).toEqual(all);
  expect(await seen.log.facetTexts(rows)).toEqual(await full.log.facetTexts(all));
});

test('parents, children, twins and versions that name something hidden are not there', async () => {
  const { catalog: mine } = seen;
  const children = (await mine.childJobs([load], ALL)).get(load);
  expect(idsOf(children, ({ id }) => id)).toEqual([jobId('open', 'grandchild')]);
  expect((await full.catalog.childJobs([load], ALL)).get(load)?.items).toHaveLength(2);
  expect(idsOf((await mine.childRuns([runOfLoad], ALL)).get(runOfLoad), ({ jobId: job }) => job)).toEqual([
    jobId('open', 'grandchild'),
  ]);
  const child = (await mine.runs([runNodeId(jobId('open', 'child'), uuid(5))])).values().next().value;
  expect(child?.parentId).toBeTypeOf('string');
  expect(await mine.runs([child?.parentId as NodeId])).toEqual(new Map());
  expect((await mine.runsByUuid([PAIR])).get(PAIR)?.map(({ id }) => id)).toEqual([
    runNodeId(jobId('open', 'pair'), PAIR),
  ]);
  const mart2 = datasetId('wh', 'mart2');
  expect((await mine.versionsOfDatasets([mart2], ALL)).get(mart2)?.items).toEqual([]);
  expect((await full.catalog.versionsOfDatasets([mart2], ALL)).get(mart2)?.items).toHaveLength(1);
});

test('a name that is merged with a hidden canonical one is gone with all that belongs to it', async () => {
  const gone = datasetId('wh', 'gone');
  const [known] = (await full.catalog.assets([gone], LATEST)).values();
  expect(known?.id).toBe(hushed('canonical'));
  const { catalog: mine } = seen;
  const time = { at: LATEST, knownAt: LATEST };
  const answers = [
    await mine.assets([gone, hushed('other')], LATEST),
    await mine.fields([`field:wh:gone:id` as NodeId]),
    await mine.fieldsOfDatasets([gone], { at: null, knownAt: LATEST }, ALL),
    await mine.schemaVersions([gone], ALL, LATEST),
    await mine.facets([gone], null),
    await mine.facts([gone], ['OWNER'], time),
  ];
  expect(answers.map((answer) => answer.size)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a merged node that may be seen keeps what its hidden names brought, under its own', async () => {
  const thing = datasetId('AA', 'thing');
  const tags = (await seen.catalog.facts([thing], ['TAG'], { at: LATEST, knownAt: LATEST })).get(thing) ?? [];
  expect(tags.map(({ nodeId }) => nodeId)).toEqual([thing]);
  expect((await seen.catalog.aliases([thing], LATEST)).get(thing)).toEqual([]);
});

test('a cursor that another list or caller gave is refused', async () => {
  const refused = seen.catalog.events({}, { first: 5, after: 'sealed.AAAA' });
  await expect(refused).rejects.toBeInstanceOf(HeadwaterError);
});

test('similar words are those of what may be seen', async () => {
  const asked = { text: 'staga', filter: {}, order: 'RELEVANCE', page: ALL } as const;
  expect(await seen.search.search(asked)).toMatchObject({ isFuzzy: true });
  const hidden = { ...asked, text: 'vaulz' };
  expect(await full.search.search(hidden)).toMatchObject({ isFuzzy: true });
  expect(await seen.search.search(hidden)).toMatchObject({ totalCount: 0, isFuzzy: false });
});
