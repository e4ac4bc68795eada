import { readFileSync } from 'node:fs';
import { exampleEdits } from '@headwater/standalone/example/governance';
import { exampleEvents } from '@headwater/standalone/example/insurance-claims';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';

const GUIDE = readFileSync(new URL('../../docs/guides/collect.md', import.meta.url), 'utf8');
const [PLAN = '', REFUSED = '', AFFECTED = ''] = [...GUIDE.matchAll(/^```graphql\n(.*?)^```$/gms)].map(
  ([, document = '']) => document,
);
const NOW = Date.parse('2026-03-18T09:30:00Z') * 1000;

interface Told {
  readonly goals: readonly string[];
  readonly components: { readonly total: number; readonly changed?: number };
  readonly freshAt: string | null;
  readonly datasets: readonly { readonly id: string; readonly fields?: readonly { readonly id: string }[] }[];
  readonly joins?: readonly { readonly keys: readonly { readonly reasons: readonly string[] }[] }[];
  readonly contacts?: readonly { readonly agent: { readonly id: string } }[];
  readonly stepsFromSources?: number;
}

interface Affected {
  readonly datasets: { readonly created: number };
  readonly edges: readonly {
    readonly node: { readonly asset: { readonly id: string }; readonly changes: readonly { readonly kind: string }[] };
  }[];
}

const nameOf = (id: string): string => decodeURIComponent(id.split(':')[2] ?? '');
const namesOf = ({ datasets }: Told): readonly string[] => datasets.map(({ id }) => nameOf(id));

describe('the story of docs/guides/collect.md, told by the example', () => {
  let catalog: CatalogApp;
  beforeAll(async () => {
    catalog = await CatalogApp.start();
    await catalog.take([...exampleEvents(NOW)] as object[]);
    await catalog.takeEdits(exampleEdits());
  }, 120_000);
  afterAll(async () => {
    await catalog.close();
  });

  test('four fields of four services are read in three datasets, joined by what they are copies of', async () => {
    interface Answer {
      readonly collectionPlan: {
        readonly plan: Told;
        readonly alternatives: readonly Told[];
        readonly isComplete: boolean;
      };
    }
    const { plan, alternatives, isComplete } = (await catalog.data<Answer>(PLAN)).collectionPlan;
    expect([isComplete, plan.components.total, plan.components.changed]).toEqual([true, 4, 0]);
    expect(namesOf(plan)).toContain('claims.reported');
    const reported = plan.datasets.find(({ id }) => nameOf(id) === 'claims.reported');
    expect(reported?.fields?.map(({ id }) => id.split(':')[3])).toEqual(['customer_id', 'amount']);
    expect(plan.joins).toHaveLength(plan.datasets.length - 1);
    for (const join of plan.joins ?? []) expect(join.keys[0]?.reasons).toContain('SHARED_SOURCE');
    expect(plan.contacts?.map(({ agent }) => agent.id)).toContain('agent:team:claims-intake');
    expect(plan.freshAt).not.toBeNull();
    const sources = alternatives.find(({ goals }) => goals.includes('NEAREST_SOURCES'));
    if (sources === undefined) throw new Error('the sources are no alternative');
    expect([sources.freshAt, sources.stepsFromSources]).toEqual([null, 0]);
    expect(namesOf(sources)).toContain('inbox/claim-forms');
  });

  test('a field that is not there is refused', async () => {
    const { errors } = await catalog.ask(REFUSED);
    expect(errors[0]?.message).toContain('targets/0: there is no such field');
  });

  test('the seventh day is told: a new schema, and rates from a table', async () => {
    const day = { from: '2026-03-11T00:00:00Z', to: '2026-03-12T00:00:00Z' };
    const { affectedComponents } = await catalog.data<{ affectedComponents: Affected }>(AFFECTED, day);
    const told = affectedComponents.edges.map(({ node }) => [
      nameOf(node.asset.id),
      ...node.changes.map(({ kind }) => kind),
    ]);
    expect(told).toContainEqual(['insurance.claims.claims', 'SCHEMA']);
    expect(told).toContainEqual(['calculate-payouts', 'LINEAGE']);
    expect(affectedComponents.datasets.created).toBeGreaterThan(0);
  });
});
