import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphStores } from '../support/graph-stores.js';
import { dayOf, flowOfOrders, FILES, LAKE, MIRROR, REPORT, TABLE, TOPIC } from '../support/orders-flow.js';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, jobNode, runEvent, runId } from './catalog-events.js';

const ORDERS = 'logical:orders';
const RULES = [
  { namespace: 'kafka://*', name: '{name}' },
  { namespace: LAKE, name: 'raw/{name}/*' },
  { name: 'public.{name}' },
];
const OF_ASSET = `__typename
  ... on EditedAsset { position asset { ... on Dataset { logicalDataset { logicalDataset { id } source } } } }
  ... on EditRefusal { reason message faults { pointer detail } }`;
const OF_LOGICAL = `__typename
  ... on EditedLogicalDataset { id position isReadable logicalDataset { id name description editVersion domain { id } } }
  ... on LogicalDatasetRefusal { reason message faults { pointer } current { name } }`;
const OF_RULES = `__typename
  ... on EditedLogicalRules { position rules { editVersion rules { number name key namespace since enteredBy } } }
  ... on LogicalRulesRefusal { reason faults { pointer detail } current { editVersion } }`;

type Headers = Record<string, string>;
interface Done {
  readonly id: string;
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
  readonly logicalDataset: { readonly name: string; readonly editVersion: string } | null;
  readonly current: { readonly name: string } | null;
  readonly rules: { readonly rules: readonly { readonly key: string }[] } | null;
}

let catalog: CatalogApp;
/** Who sees and edits everything. */
let all: Headers;

const asset = (mutation: string, input: object, headers: Headers = all): Promise<Done> =>
  catalog.mutate<Done>(mutation, input, { result: OF_ASSET, headers, type: 'LogicalMemberInput' });
const logical = (mutation: string, input: object, headers: Headers = all): Promise<Done> =>
  catalog.mutate<Done>(mutation, input, { result: OF_LOGICAL, headers });
const setRules = (rules: readonly object[], more: object = {}, headers: Headers = all): Promise<Done> =>
  catalog.mutate<Done>('setLogicalRules', { rules, ...more }, { result: OF_RULES, headers });

async function members(headers: Headers = all, given = ''): Promise<Record<string, string>> {
  const { logicalDataset } = await catalog.data<{
    logicalDataset: {
      readonly memberCount: number;
      readonly members: readonly {
        readonly dataset: { readonly id: string };
        readonly because: { readonly source: string };
      }[];
    } | null;
  }>(
    `{ logicalDataset(id: "${ORDERS}"${given}) { memberCount members(most: 100) { dataset { id } because { source } } } }`,
    {},
    headers,
  );
  const found = Object.fromEntries(
    (logicalDataset?.members ?? []).map(({ dataset, because }) => [dataset.id, because.source]),
  );
  expect(logicalDataset?.memberCount ?? 0).toBe(Object.keys(found).length);
  return found;
}

interface Node {
  readonly id: string;
  readonly kind: string;
  readonly hidden: boolean;
  readonly depth: number;
  readonly members: readonly string[];
  readonly collapsed: number;
}
interface Graph {
  readonly root: Node;
  readonly nodes: readonly Node[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: string;
    readonly merged: number;
    readonly evidence: string;
  }[];
  readonly endCursor: string | null;
  readonly truncated: boolean;
  readonly downstream: { readonly count: number; readonly isExact: boolean };
}

async function lineage(root: string, args: string, headers: Headers = all): Promise<Graph | null> {
  for (;;) {
    const { lineage: graph } = await catalog.data<{ lineage: (Graph & { truncatedBecause: string | null }) | null }>(
      `query ($root: ID!) { lineage(root: $root, logical: true, ${args}) {
        root { id kind } endCursor truncated truncatedBecause downstream { count isExact }
        nodes { id kind hidden depth members collapsed } edges { from to kind merged evidence } } }`,
      { root },
      headers,
    );
    // The first question to a server that has just started may take longer than an answer may.
    if (graph?.truncatedBecause !== 'TIME') return graph;
  }
}

const edgesOf = (graph: Graph | null): readonly string[] =>
  (graph?.edges ?? []).map(({ from, to, merged }) => `${from} > ${to} x${String(merged)}`).sort();

describe.each(graphStores())('logical datasets on $name', (store) => {
  beforeAll(async () => {
    await store.before?.();
    catalog = await CatalogApp.start({ filled: store.filled, auth: 'on' });
    all = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
    await catalog.take(flowOfOrders());
  });
  afterAll(async () => {
    await catalog.close();
    await store.after?.();
  });

  test('a preview tells what rules would make, and what nothing is defined for yet', async () => {
    const { previewLogicalRules: before } = await catalog.data<{ previewLogicalRules: readonly object[] }>(
      `query ($rules: [LogicalRuleInput!]!) { previewLogicalRules(rules: $rules) {
        logicalDataset isDefined memberCount joiningCount leavingCount joining { id } leaving { id } } }`,
      { rules: RULES },
      all,
    );
    expect(before).toEqual([
      {
        ...{ logicalDataset: ORDERS, isDefined: false, memberCount: 3, joiningCount: 0, leavingCount: 0, leaving: [] },
        joining: [TABLE, TOPIC, FILES].sort().map((id) => ({ id })),
      },
      {
        ...{ logicalDataset: 'logical:report', isDefined: false, memberCount: 1, joiningCount: 0, leavingCount: 0 },
        ...{ joining: [{ id: REPORT }], leaving: [] },
      },
    ]);
    expect(await catalog.data(`{ logicalRules { rules { key } } }`, {}, all)).toEqual({ logicalRules: { rules: [] } });
  });

  test('rules make members of what is defined, edits win over rules, and each membership says why', async () => {
    const made = await logical('createLogicalDataset', { name: 'Orders', description: 'Every order.' });
    expect(made).toMatchObject({ id: ORDERS, logicalDataset: { name: 'Orders', description: 'Every order.' } });
    const defined = new Date().toISOString();
    expect(await members()).toEqual({});
    expect((await setRules(RULES)).rules?.rules).toMatchObject([
      { number: 1, key: '{name}', namespace: 'kafka://*', enteredBy: 'reader' },
      { number: 2, name: 'raw/{name}/*' },
      { number: 3, namespace: null },
    ]);
    expect(await members()).toEqual({ [TOPIC]: 'RULE', [FILES]: 'RULE', [TABLE]: 'RULE' });
    expect(await members(all, `, asOf: "${defined}"`)).toEqual({});
    await asset('addToLogicalDataset', { on: MIRROR, logicalDataset: ORDERS, reason: 'a copy' });
    await asset('removeFromLogicalDataset', { on: TABLE, logicalDataset: ORDERS, reason: 'only of shops' });
    expect(await members()).toEqual({ [TOPIC]: 'RULE', [FILES]: 'RULE', [MIRROR]: 'EDIT' });
    const { kept, topic, logicalDataset } = await catalog.data<Record<string, object>>(
      `query ($kept: ID!, $topic: ID!) {
        kept: node(id: $kept) { ... on Dataset { logicalDataset { source } } }
        topic: node(id: $topic) { ... on Dataset { logicalDataset {
          source because since logicalDataset { id name } rule { number key } } } }
        logicalDataset(id: "${ORDERS}") { excluded { dataset { id } reason enteredBy } members(skip: 1, most: 1) {
          dataset { id } } history { name } } }`,
      { kept: TABLE, topic: TOPIC },
      all,
    );
    expect(kept).toEqual({ logicalDataset: null });
    expect(topic).toMatchObject({
      logicalDataset: {
        ...{ source: 'RULE', logicalDataset: { id: ORDERS, name: 'Orders' }, rule: { number: 1, key: '{name}' } },
        because: expect.stringMatching(/^By rule 1, "kafka:\/\/\* \{name\}" to "\{name\}", entered by reader in event/),
      },
    });
    const [, second] = [TOPIC, FILES, MIRROR].sort();
    expect(logicalDataset).toMatchObject({
      excluded: [{ dataset: { id: TABLE }, reason: 'only of shops', enteredBy: 'reader' }],
      members: [{ dataset: { id: second } }],
      history: [{ name: 'Orders' }],
    });
    await asset('addToLogicalDataset', { on: TABLE, logicalDataset: ORDERS });
    expect((await members())[TABLE]).toBe('EDIT');
  });

  test('what does not fit is refused with what to do, and changes nothing', async () => {
    await logical('createLogicalDataset', { key: 'Other', name: 'Other' });
    const before = await members();
    for (const [mutation, input, reason] of [
      ['addToLogicalDataset', { on: MIRROR, logicalDataset: 'logical:other' }, 'IN_OTHER_LOGICAL_DATASET'],
      ['addToLogicalDataset', { on: MIRROR, logicalDataset: 'logical:none' }, 'NO_SUCH_LOGICAL_DATASET'],
      ['removeFromLogicalDataset', { on: MIRROR, logicalDataset: 'logical:none' }, 'NO_SUCH_LOGICAL_DATASET'],
      ['addToLogicalDataset', { on: jobNode('sink'), logicalDataset: ORDERS }, 'INVALID_INPUT'],
      ['addToLogicalDataset', { on: MIRROR, logicalDataset: 'orders' }, 'INVALID_INPUT'],
      ['addToLogicalDataset', { on: datasetNode('nothing'), logicalDataset: ORDERS }, 'NO_SUCH_ASSET'],
    ] as const)
      expect((await asset(mutation, input)).reason, JSON.stringify(input)).toBe(reason);
    for (const [mutation, input, reason] of [
      ['createLogicalDataset', { name: 'ORDERS' }, 'LOGICAL_DATASET_EXISTS'],
      ['createLogicalDataset', { name: '!!' }, 'INVALID_INPUT'],
      ['createLogicalDataset', { name: 'X', domain: 'domain:none' }, 'NO_SUCH_DOMAIN'],
      ['changeLogicalDataset', { logicalDataset: 'logical:none', name: 'x' }, 'NO_SUCH_LOGICAL_DATASET'],
      ['removeLogicalDataset', { logicalDataset: ORDERS }, 'LOGICAL_DATASET_IN_USE'],
    ] as const)
      expect((await logical(mutation, input)).reason, JSON.stringify(input)).toBe(reason);
    const wrong = await setRules([
      { name: '{name}/{name}', key: 'a b' },
      { name: 'orders', key: '{name}' },
      { name: '', key: 'x', namespace: '' },
    ]);
    expect([wrong.reason, wrong.faults.map(({ pointer }) => pointer)]).toEqual([
      'INVALID_INPUT',
      ['/rules/0/name', '/rules/0/key', '/rules/1/key', '/rules/2/namespace', '/rules/2/name'],
    ]);
    expect(await members()).toEqual(before);
  });

  test('lineage collapses members, counts what lies within and merges edges, whichever member is asked about', async () => {
    const graph = await lineage(ORDERS, 'granularity: JOB, direction: DOWNSTREAM, depth: 9');
    expect(graph?.root).toMatchObject({ id: ORDERS, kind: 'LOGICAL_DATASET' });
    expect(graph?.nodes.map(({ id }) => id).sort()).toEqual(
      [REPORT, jobNode('build'), jobNode('score'), ORDERS].sort(),
    );
    expect(graph?.nodes.find(({ id }) => id === ORDERS)).toMatchObject({
      ...{ members: [TOPIC, FILES, TABLE, MIRROR].sort(), collapsed: 6, depth: 0, hidden: false },
    });
    expect(edgesOf(graph)).toEqual(
      [
        `${ORDERS} > ${jobNode('build')} x1`,
        `${ORDERS} > ${jobNode('score')} x1`,
        `${jobNode('build')} > ${REPORT} x1`,
        `${jobNode('score')} > ${REPORT} x1`,
      ].sort(),
    );
    expect(graph).toMatchObject({ endCursor: null, truncated: false, downstream: { count: 3, isExact: true } });
    const datasets = await lineage(TABLE, 'granularity: DATASET, direction: BOTH, depth: 9');
    expect(edgesOf(datasets)).toEqual([`${ORDERS} > ${REPORT} x2`]);
    expect(datasets?.nodes.find(({ id }) => id === ORDERS)?.collapsed).toBe(3);
    const back = await lineage(REPORT, 'granularity: DATASET, direction: UPSTREAM, depth: 9');
    // The mirror is in the logical dataset, and no data of the report comes from it.
    expect(back?.nodes.find(({ id }) => id === ORDERS)?.members).toEqual([TOPIC, FILES, TABLE].sort());
  });

  test('fields, runs and cursors are no matter of logical datasets', async () => {
    for (const [args, pointer] of [
      ['granularity: FIELD', '/granularity'],
      ['granularity: RUN', '/granularity'],
      ['after: "x"', '/after'],
      ['maxNodes: 0', '/maxNodes'],
    ]) {
      const { errors } = await catalog.ask(
        `{ lineage(root: "${ORDERS}", logical: true, ${args ?? ''}) { endCursor } }`,
        {},
        all,
      );
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', faults: [{ pointer }] });
    }
    expect(await lineage('logical:none', 'depth: 1')).toBeNull();
    expect(await lineage('logical:other', 'depth: 1')).toBeNull();
  });

  test('who sees some namespaces learns of the members there, and of nothing else', async () => {
    const broker = await catalog.readerOf(['kafka://*']);
    expect(await members(broker)).toEqual({ [TOPIC]: 'RULE' });
    const graph = await lineage(ORDERS, 'granularity: DATASET, direction: DOWNSTREAM, depth: 9', broker);
    expect(graph?.nodes.filter(({ hidden }) => !hidden)).toMatchObject([
      { id: ORDERS, members: [TOPIC], collapsed: 0 },
    ]);
    // Topic to files, files to table, table to report, topic to report, topic to mirror: none lies within for this reader.
    expect(graph?.edges).toHaveLength(5);
    const { topic, logicalDatasets } = await catalog.data<Record<string, object>>(
      `query ($topic: ID!) { topic: node(id: $topic) { ... on Dataset { logicalDataset { because rule { key } } } }
        logicalDatasets { edges { node { id } } } }`,
      { topic: TOPIC },
      broker,
    );
    expect(topic).toMatchObject({ logicalDataset: { because: expect.not.stringContaining('{name}'), rule: null } });
    expect(logicalDatasets).toEqual({ edges: [{ node: { id: ORDERS } }] });
    const nobody = await catalog.readerOf(['nowhere']);
    expect(
      await catalog.data(
        `{ logicalDataset(id: "${ORDERS}") { id } node(id: "${ORDERS}") { id } logicalDatasets { edges { node { id } } } }`,
        {},
        nobody,
      ),
    ).toEqual({ logicalDataset: null, node: null, logicalDatasets: { edges: [] } });
    expect(await lineage(ORDERS, 'depth: 2', nobody)).toBeNull();
    const { errors } = await catalog.ask('{ logicalRules { editVersion } }', {}, broker);
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('importance counts who reads and does not write, of a dataset and of a logical one taken together', async () => {
    const ask = async (headers: Headers = all, days = 3650) =>
      catalog.data<Record<string, { importance: object }>>(
        `query ($topic: ID!) {
          topic: node(id: $topic) { ... on Dataset { importance(days: ${String(days)}) {
            jobs namespaces datasets reads because } } }
          whole: logicalDataset(id: "${ORDERS}") { importance(days: ${String(days)}) { jobs namespaces datasets reads } } }`,
        { topic: TOPIC },
        headers,
      );
    const { topic, whole } = await ask();
    // Of the topic the jobs that copy it on are consumers; of the logical dataset they lie within.
    expect(topic?.importance).toMatchObject({ jobs: 3, namespaces: 1, datasets: 3, reads: 3 });
    expect(topic?.importance).toMatchObject({
      because:
        'In 3650 days 3 jobs of 1 namespace read it in 3 runs and wrote 3 other datasets with it; jobs that write it where they read it are left out',
    });
    expect(whole?.importance).toEqual({ jobs: 2, namespaces: 1, datasets: 1, reads: 2 });
    const unseen = await ask(await catalog.readerOf(['kafka://*']));
    expect(unseen.topic?.importance).toMatchObject({
      ...{ jobs: 0, datasets: 0, reads: 0, because: expect.stringContaining('among what you may see') },
    });
    const { errors } = await catalog.ask(
      `{ logicalDataset(id: "${ORDERS}") { importance(days: 0) { jobs } } }`,
      {},
      all,
    );
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', faults: [{ pointer: '/days' }] });
  });

  test('a merged name takes part in rules, and what is deleted is a member no more until it is restored', async () => {
    const link = { symlinks: facet({ identifiers: [{ namespace: LAKE, name: 'raw/orders/part-9', type: 'TABLE' }] }) };
    await catalog.take([
      runEvent({
        ...{ job: 'late', runId: runId(9), at: dayOf(2), inputs: [] },
        outputs: [{ name: 'archive', facets: link }],
      }),
    ]);
    const archive = datasetNode('archive');
    const { node } = await catalog.data<{ node: { id: string; logicalDataset: object } }>(
      `{ node(id: "${archive}") { id ... on Dataset { logicalDataset { rule { number } } } } }`,
      {},
      all,
    );
    expect(node.logicalDataset).toEqual({ rule: { number: 2 } });
    // Two names are one dataset, which is one member.
    const found = Object.keys(await members());
    expect(found.filter((id) => id === node.id || id === archive || id.endsWith('part-9'))).toEqual([node.id]);
    await catalog.mutate('deleteAsset', { on: node.id, reason: 'gone' }, { headers: all });
    expect(Object.keys(await members())).not.toContain(node.id);
    await catalog.mutate('restoreAsset', { on: node.id }, { headers: all });
    expect(Object.keys(await members())).toContain(node.id);
  });

  test('lists are by name with words and pages; a logical dataset without members by edit can be removed', async () => {
    const list = async (args: string) =>
      (
        await catalog.data<{ logicalDatasets: { edges: readonly { node: { id: string } }[] } }>(
          `{ logicalDatasets(${args}) { edges { node { id } } } }`,
          {},
          all,
        )
      ).logicalDatasets.edges.map(({ node }) => node.id);
    expect(await list('first: 10')).toEqual([ORDERS, 'logical:other']);
    expect(await list('text: "EVERY order"')).toEqual([ORDERS]);
    expect(await list('text: "every other"')).toEqual([]);
    expect(await list('first: 1')).toEqual([ORDERS]);
    const other = await logical('changeLogicalDataset', { logicalDataset: 'logical:other', name: 'Else' });
    expect(other.logicalDataset?.name).toBe('Else');
    const late = await logical('changeLogicalDataset', {
      ...{ logicalDataset: 'logical:other', name: 'Late', expectedVersion: made(other) },
    });
    const later = await logical('changeLogicalDataset', {
      ...{ logicalDataset: 'logical:other', name: 'Later', expectedVersion: made(other) },
    });
    expect([late.logicalDataset?.name, later.reason, later.current?.name]).toEqual([
      'Late',
      'EDITED_MEANWHILE',
      'Late',
    ]);
    expect((await logical('removeLogicalDataset', { logicalDataset: 'logical:other' })).logicalDataset).toBeNull();
    expect(await list('first: 10')).toEqual([ORDERS]);
  });
});

function made({ logicalDataset }: Done): string {
  return logicalDataset?.editVersion ?? '';
}
