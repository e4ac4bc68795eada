import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { graphStores } from '../support/graph-stores.js';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, fieldNode, NS, runEvent, runId } from './catalog-events.js';

const OPTION = `goals isOptimal freshAt sensitiveFields stepsFromSources components { read created changed total }
  datasets { id freshAt group dataset { displayName effectiveOwners { owners { agent { id } } } }
    fields { target id via commonSource stepsFromSource field { name type } tags { tag { name } propagated on } } }
  joins { left right keys { left right score reasons source } }
  contacts { agent { id } roles datasets } unowned { id }`;
const QUERY = `query ($targets: [ID!]!) { collectionPlan(targets: $targets) {
  targets isComplete position plan { ${OPTION} } alternatives { ${OPTION} } } }`;

interface Option {
  readonly goals: readonly string[];
  readonly isOptimal: boolean;
  readonly freshAt: string | null;
  readonly sensitiveFields: number;
  readonly stepsFromSources: number;
  readonly components: { readonly total: number; readonly changed: number };
  readonly datasets: readonly {
    readonly id: string;
    readonly freshAt: string | null;
    readonly group: number;
    readonly fields: readonly {
      readonly target: string;
      readonly id: string;
      readonly via: readonly string[];
      readonly tags: readonly object[];
    }[];
  }[];
  readonly joins: readonly {
    readonly left: string;
    readonly right: string;
    readonly keys: readonly { readonly left: string; readonly right: string; readonly reasons: readonly string[] }[];
  }[];
  readonly contacts: readonly object[];
  readonly unowned: readonly { readonly id: string }[];
}

interface Plan {
  readonly targets: readonly string[];
  readonly isComplete: boolean;
  readonly plan: Option;
  readonly alternatives: readonly Option[];
}

type Source = readonly [dataset: string, field: string, subtype?: string];

/** A run that writes a dataset whose columns come from others; what has no source is the dataset's own. */
function step(
  n: number,
  at: string,
  to: string,
  columns: Readonly<Record<string, readonly Source[]>>,
  more: { readonly joins?: readonly Source[]; readonly facets?: object; readonly lifecycle?: string } = {},
): object {
  const input = ([name, field, subtype = 'IDENTITY']: Source): object => ({
    ...{ namespace: NS, name, field },
    transformations: [{ type: 'DIRECT', subtype: subtype.replace('~', ''), masking: subtype.startsWith('~') }],
  });
  const joined = ([name, field]: Source): object => ({
    ...{ namespace: NS, name, field },
    transformations: [{ type: 'INDIRECT', subtype: 'JOIN', masking: false }],
  });
  const sources = [...Object.values(columns).flat(), ...(more.joins ?? [])].map(([name]) => name);
  return runEvent({
    ...{ job: `make_${to}`, runId: runId(n), at, inputs: [...new Set(sources)] },
    outputs: [
      {
        name: to,
        facets: {
          schema: facet({
            fields: Object.keys(columns).map((name) => ({ name, type: name.endsWith('id') ? 'BIGINT' : 'VARCHAR' })),
          }),
          columnLineage: facet({
            fields: Object.fromEntries(
              Object.entries(columns).map(([name, of]) => [name, { inputFields: of.map(input) }]),
            ),
            dataset: (more.joins ?? []).map(joined),
          }),
          ...(more.lifecycle !== undefined && {
            lifecycleStateChange: facet({ lifecycleStateChange: more.lifecycle }),
          }),
          ...more.facets,
        },
      },
    ],
  });
}

const owner = (name: string): object => ({ ownership: facet({ owners: [{ name, type: 'OWNER' }] }) });
const tags = (field: string): object => ({
  tags: facet({ tags: [{ key: 'pii', value: 'email', source: 'ETL', field }] }),
});

/**
 * forms -> claims -> scores, and customers beside them, of which `masked` is a copy without contact data; `weather` has
 * no key with any of them, `both` comes from two tables, and `gone` was dropped.
 */
const FLOW = [
  step(
    1,
    '2026-03-01T10:00:00Z',
    'forms',
    { claim_id: [], customer_id: [], amount: [] },
    { facets: { ...owner('team:intake') } },
  ),
  step(
    2,
    '2026-03-02T10:00:00Z',
    'claims',
    { claim_id: [['forms', 'claim_id']], customer_id: [['forms', 'customer_id']], amount: [['forms', 'amount']] },
    { facets: { ...owner('team:claims') } },
  ),
  step(
    3,
    '2026-03-03T10:00:00Z',
    'scores',
    { ClaimNo: [['claims', 'claim_id']], risk: [['claims', 'amount', 'TRANSFORMATION']] },
    { facets: { ...owner('team:claims') } },
  ),
  step(4, '2026-03-01T09:00:00Z', 'customers', { customer_id: [], email: [] }, { facets: tags('email') }),
  step(5, '2026-03-05T10:00:00Z', 'masked', {
    customer_id: [['customers', 'customer_id']],
    email: [['customers', 'email', '~IDENTITY']],
  }),
  step(6, '2026-03-05T10:00:00Z', 'weather', { hour: [], rain: [] }),
  step(7, '2026-03-05T10:00:00Z', 'both', {
    amount: [
      ['forms', 'amount'],
      ['claims', 'amount'],
    ],
  }),
  step(8, '2026-03-06T10:00:00Z', 'gone', { amount: [['claims', 'amount']] }),
  step(9, '2026-03-06T11:00:00Z', 'gone', { amount: [['claims', 'amount']] }, { lifecycle: 'DROP' }),
];

describe.each(graphStores())('plans of what to collect, on $name', (store) => {
  let catalog: CatalogApp;
  beforeAll(async () => {
    await store.before?.();
    catalog = await CatalogApp.start({ filled: store.filled });
    await catalog.take(FLOW);
  });
  afterAll(async () => {
    await catalog.close();
    await store.after?.();
  });

  const planOf = async (...targets: readonly string[]): Promise<Plan> =>
    (await catalog.data<{ collectionPlan: Plan }>(QUERY, { targets })).collectionPlan;
  const namesOf = ({ datasets }: Option): readonly string[] =>
    datasets.map(({ id }) => id.slice(id.lastIndexOf(':') + 1));
  const [CUSTOMER, AMOUNT, RISK, EMAIL] = [
    fieldNode('forms', 'customer_id'),
    fieldNode('forms', 'amount'),
    fieldNode('scores', 'risk'),
    fieldNode('customers', 'email'),
  ];

  test('the plan reads as few datasets as can be joined, the freshest of equal ones, and tells how', async () => {
    const { plan, alternatives, isComplete, targets } = await planOf(CUSTOMER, AMOUNT, RISK, AMOUNT);
    expect([targets, isComplete]).toEqual([[CUSTOMER, AMOUNT, RISK], true]);
    expect(plan).toMatchObject({
      ...{ isOptimal: true, freshAt: '2026-03-02T10:00:00.000Z', sensitiveFields: 0, stepsFromSources: 2 },
      components: { read: 2, created: 1, changed: 0, total: 3 },
      datasets: [
        {
          ...{ id: datasetNode('claims'), group: 1, freshAt: '2026-03-02T10:00:00.000Z' },
          dataset: { displayName: 'claims', effectiveOwners: { owners: [{ agent: { id: 'agent:team:claims' } }] } },
          fields: [
            {
              ...{ target: CUSTOMER, id: fieldNode('claims', 'customer_id'), stepsFromSource: 1 },
              via: [CUSTOMER, fieldNode('claims', 'customer_id')],
              commonSource: CUSTOMER,
              field: { name: 'customer_id', type: 'BIGINT' },
            },
            { target: AMOUNT, id: fieldNode('claims', 'amount') },
          ],
        },
        { id: datasetNode('scores'), group: 1, fields: [{ target: RISK, id: RISK, via: [RISK] }] },
      ],
      contacts: [
        {
          agent: { id: 'agent:team:claims' },
          roles: ['OWNER'],
          datasets: [datasetNode('claims'), datasetNode('scores')],
        },
      ],
      unowned: [],
    });
    expect(plan.joins).toEqual([
      {
        ...{ left: datasetNode('claims'), right: datasetNode('scores') },
        keys: [
          {
            ...{ left: fieldNode('claims', 'claim_id'), right: fieldNode('scores', 'ClaimNo') },
            ...{ source: fieldNode('forms', 'claim_id'), score: 8 },
            reasons: ['SHARED_SOURCE', 'NAMED_AS_KEY'],
          },
        ],
      },
    ]);
    // The sources are an alternative; the fewest datasets, and the freshest, are the plan itself.
    expect(plan.goals).toEqual(['FEWEST_COMPONENTS', 'FEWEST_DATASETS', 'FRESHEST']);
    expect(alternatives.map((option) => [option.goals, namesOf(option), option.stepsFromSources])).toEqual([
      [['NEAREST_SOURCES'], ['forms', 'scores'], 0],
    ]);
  });

  test('a value is not read where it is masked, mixed with another, or dropped', async () => {
    const { plan } = await planOf(EMAIL);
    expect(plan.datasets.map(({ id, fields }) => [id, fields.map((field) => field.id)])).toEqual([
      [datasetNode('customers'), [EMAIL]],
    ]);
    expect(plan.sensitiveFields).toBe(1);
    expect(plan.datasets[0]?.fields[0]?.tags).toEqual([{ tag: { name: 'pii=email' }, propagated: false, on: EMAIL }]);
    expect(plan.unowned.map(({ id }) => id)).toEqual([datasetNode('customers')]);
    // The freshest copies of the amount are in `both`, which mixes two, and in `gone`.
    expect(namesOf((await planOf(AMOUNT)).plan)).toEqual(['claims']);
    expect(namesOf((await planOf(fieldNode('both', 'amount'))).plan)).toEqual(['both']);
  });

  test('tables are joined on keys of one name, and on what a job joined before', async () => {
    const customer = fieldNode('customers', 'customer_id');
    const byName = (await planOf(RISK, EMAIL, AMOUNT)).plan;
    expect(
      byName.joins.flatMap(({ keys }) => keys.map(({ left, right, reasons }) => [left, right, reasons])),
    ).toContainEqual([customer, CUSTOMER, ['NAMED_AS_KEY', 'SAME_NAME', 'COMPATIBLE_TYPE']]);
    await catalog.take([
      step(
        20,
        '2026-03-07T10:00:00Z',
        'letters',
        { address: [['customers', 'email', 'TRANSFORMATION']] },
        {
          joins: [
            ['forms', 'customer_id'],
            ['customers', 'customer_id'],
          ],
        },
      ),
    ]);
    const before = (await planOf(EMAIL, AMOUNT)).plan;
    expect(before.joins.map(({ keys }) => keys[0]?.reasons)).toEqual([
      ['JOINED_BEFORE', 'NAMED_AS_KEY', 'SAME_NAME', 'COMPATIBLE_TYPE'],
    ]);
  });

  test('what no key connects is told, and counts as a change of a producer', async () => {
    const { plan } = await planOf(RISK, AMOUNT, fieldNode('weather', 'rain'));
    expect(plan.datasets.map(({ id, group }) => [id, group])).toEqual([
      [datasetNode('claims'), 1],
      [datasetNode('scores'), 1],
      [datasetNode('weather'), 2],
    ]);
    expect(plan.components).toEqual({ read: 3, created: 1, changed: 1, total: 5 });
    expect(plan.joins).toHaveLength(1);
  });

  test('what cannot be collected is refused, each field with what to do', async () => {
    const refused = async (targets: readonly string[]) => {
      const { errors } = await catalog.ask(QUERY, { targets });
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
      return errors[0]?.message ?? '';
    };
    expect(await refused([])).toContain('targets: give 1 to 30 fields');
    expect(await refused(Array.from({ length: 31 }, () => RISK))).toContain('give 1 to 30 fields');
    const several = await refused([RISK, datasetNode('scores'), 'nonsense', fieldNode('scores', 'nothing')]);
    expect(several).toContain('targets/1: give the NodeId of a field');
    expect(several).toContain('targets/2: give the NodeId of a field');
    expect(several).toContain('targets/3: there is no such field, or you may not see it');
    expect(several).not.toContain('targets/0');
    const gone = await refused([fieldNode('scores', 'nothing'), RISK, fieldNode('gone', 'amount')]);
    expect(gone).toContain('targets/0: there is no such field, or you may not see it');
    expect(gone).toContain('targets/2: its dataset was deleted');
  });

  test('thirty fields cost as many statements as three', async () => {
    const count = async (targets: readonly string[]): Promise<number> => {
      const statements = vi.spyOn(catalog.apiPool, 'query');
      await planOf(...targets);
      const count = statements.mock.calls.length;
      statements.mockRestore();
      return count;
    };
    const names = Array.from({ length: 27 }, (_, at) => `wide_${at}`);
    await catalog.take([step(30, '2026-03-08T10:00:00Z', 'wide', Object.fromEntries(names.map((name) => [name, []])))]);
    const three = [CUSTOMER, AMOUNT, RISK];
    const few = await count([...three, fieldNode('wide', 'wide_0')]);
    expect(await count([...three, ...names.map((name) => fieldNode('wide', name))])).toBe(few);
    expect(few).toBeGreaterThan(0);
  });
});
