import { exampleEdits } from '@headwater/standalone/example/governance';
import { exampleEvents } from '@headwater/standalone/example/insurance-claims';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';

const WAREHOUSE = 'dataset:postgres%3A%2F%2Fwarehouse.insurance.example%3A5432:insurance.';
const [MESSAGES, CLAIMS, CONTACTS] = ['portal.messages', 'claims.claims', 'analytics.contacts_by_customer'].map(
  (name) => `${WAREHOUSE}${name}`,
) as [string, string, string];
const LOGINS = `${WAREHOUSE}portal.logins`;
const fieldOf = (dataset: string, field: string): string => `${dataset.replace('dataset:', 'field:')}:${field}`;

interface Found {
  readonly search: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
}

/** What stories of the guides do not tell already. */
describe('the example has something to show of', () => {
  let catalog: CatalogApp;
  beforeAll(async () => {
    catalog = await CatalogApp.start();
    await catalog.take([...exampleEvents(Date.now() * 1000)] as readonly object[]);
    await catalog.takeEdits(exampleEdits());
  });
  afterAll(() => catalog.close());

  const found = async (query: string, filter: object = { kinds: ['DATASET'] }): Promise<readonly string[]> => {
    const { search } = await catalog.data<Found>(
      'query ($query: String!, $filter: SearchFilter) { search(query: $query, filter: $filter, first: 50, orderBy: NAME) { edges { node { id } } } }',
      { query, filter },
    );
    return search.edges.map(({ node }) => node.id);
  };

  test('events and edits without a finding: each of them changes something', async () => {
    expect(await catalog.data('{ findings { edges { node { code message } } } }')).toEqual({ findings: { edges: [] } });
  });

  test('names that may mean the same, for somebody to look at', async () => {
    expect(await catalog.data('{ synonymSuggestions { edges { node { names { name fields } evidence } } } }')).toEqual({
      synonymSuggestions: {
        edges: [
          {
            node: {
              names: [
                { name: 'policy_number', fields: 6 },
                { name: 'policy_no', fields: 1 },
              ],
              evidence: ['SAME_WORDS', 'COMPATIBLE_TYPE'],
            },
          },
          {
            node: {
              names: [
                { name: 'userId', fields: 2 },
                { name: 'uid', fields: 1 },
              ],
              evidence: ['INITIALS', 'COMPATIBLE_TYPE'],
            },
          },
        ],
      },
    });
  });

  test('a concept that search and keys of a plan go by', async () => {
    const byNumber = await found('claim_no');
    expect(byNumber).toContain(MESSAGES);
    expect(byNumber).toContain(CLAIMS);
    // The notes are copied from the forms, of which nobody knows how fresh they are.
    const targets = [fieldOf(MESSAGES, 'body'), fieldOf(CLAIMS, 'adjuster_notes')];
    const { collectionPlan } = await catalog.data<{ collectionPlan: object }>(
      `query ($targets: [ID!]!) { collectionPlan(targets: $targets) {
        plan { joins { keys { left right reasons } } } } }`,
      { targets },
    );
    expect(collectionPlan).toEqual({
      plan: {
        joins: [
          {
            keys: [
              {
                left: fieldOf(CLAIMS, 'claim_id'),
                right: fieldOf(MESSAGES, 'claim_no'),
                reasons: ['NAMED_AS_KEY', 'SYNONYM', 'COMPATIBLE_TYPE'],
              },
            ],
          },
        ],
      },
    });
  });

  test('what nobody owns, what is in no domain, and what is an output port', async () => {
    expect(await found('', { hasOwner: false })).toEqual([LOGINS]);
    expect(await found('', { hasDomain: false, kinds: ['DATASET'] })).toContain(LOGINS);
    expect(await found('', { dataProducts: ['product:claims-record'] })).toEqual([CLAIMS]);
  });

  test('who reads a data product', async () => {
    const { dataProduct } = await catalog.data<{ dataProduct: { consumers: { job: { id: string } }[] } }>(
      '{ dataProduct(id: "product:claims-record") { consumers { job { id } } } }',
    );
    expect(dataProduct.consumers.map(({ job }) => job.id).sort()).toEqual([
      'job:claims-triage:build-features',
      'job:reporting:stage-open-claims',
    ]);
  });

  test('lineage that is declared, with an owner who confirmed beside one who did not', async () => {
    const answer = await catalog.data(
      `query ($id: ID!) { lineage(root: $id, direction: UPSTREAM, depth: 2) { edges { from to evidence } }
        effectiveOwners(asset: $id) { owners { agent { id } role confirmedBy } } }`,
      { id: CONTACTS },
    );
    const model = 'job:dbt:model.service_analytics.contacts_by_customer';
    expect(answer).toEqual({
      lineage: {
        edges: expect.arrayContaining([
          { from: LOGINS, to: model, evidence: 'DECLARED' },
          { from: MESSAGES, to: model, evidence: 'DECLARED' },
          { from: model, to: CONTACTS, evidence: 'DECLARED' },
        ]) as unknown,
      },
      effectiveOwners: {
        owners: expect.arrayContaining([
          { agent: { id: 'agent:team:service-analytics' }, role: 'OWNER', confirmedBy: 'The example' },
          { agent: { id: 'agent:user:noor' }, role: 'STEWARD', confirmedBy: null },
        ]) as unknown,
      },
    });
  });

  test('a tag that masking stops, and suggestions open and dismissed', async () => {
    const { whereIs, open, dismissed } = await catalog.data<{
      whereIs: { stops: { because: string; transformations: { masking: boolean }[] }[] };
      open: { edges: object[] };
      dismissed: object;
    }>(`{ whereIs(tag: "classification=personal") { stops { because transformations { masking } } }
      open: tagSuggestions { edges { node { tag { name } } } }
      dismissed: tagSuggestions(filter: { isDismissed: true }) { edges { node { field { name } tag { name } } } } }`);
    const masked = whereIs.stops.filter(({ transformations }) => transformations.some(({ masking }) => masking));
    expect(masked.length).toBeGreaterThan(0);
    expect(open.edges.length).toBeGreaterThan(0);
    expect(dismissed).toEqual({
      edges: [{ node: { field: { name: 'postcode_area' }, tag: { name: 'pii=address' } } }],
    });
  });

  test('what is deleted, and can be restored', async () => {
    const EXPORT = 'dataset:s3%3A%2F%2Finsurance-lake:exports%2Fpolicies-before-2020';
    expect(await found('policies-before-2020')).not.toContain(EXPORT);
    const { node } = await catalog.data<{ node: object }>(
      'query ($id: ID!) { node(id: $id) { ... on Dataset { deletion { reason } } } }',
      { id: EXPORT },
    );
    expect(node).toEqual({
      deletion: { reason: 'the old system is switched off, and its last export is archived' },
    });
    const restored = await catalog.mutate('restoreAsset', { on: EXPORT });
    expect(restored.__typename).toBe('EditedAsset');
    expect(await found('policies-before-2020')).toContain(EXPORT);
  });
});
