import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { facetCheck, KNOWN_FACETS } from './known-facets.js';

test('3. every facet of the specification, of its registry and of the supported integrations is known once a place', () => {
  const keys = KNOWN_FACETS.map(({ name, place }) => `${name} ${place}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(KNOWN_FACETS.filter(({ origin }) => origin === 'SPECIFICATION').length).toBe(40);
  for (const name of [
    'dbt_node',
    'spark.exception',
    'environment-properties',
    'icebergScanReport',
    'airflow_mappedTask',
    'greatExpectations_assertions',
  ]) {
    expect(
      KNOWN_FACETS.some((facet) => facet.name === name),
      name,
    ).toBe(true);
  }
});

test('3. every published facet names a schema file that is checked in', () => {
  const published = KNOWN_FACETS.filter(({ origin }) => origin !== 'INTEGRATION');
  expect(published.length).toBeGreaterThan(0);
  for (const { schemaFile } of published) {
    expect(existsSync(new URL(`./generated/schemas/${schemaFile ?? ''}`, import.meta.url)), String(schemaFile)).toBe(
      true,
    );
  }
});

test('3. a facet sent in another place than its own is still known', () => {
  expect(facetCheck('dataset', 'dataQualityAssertions')?.({ assertions: [] }).fit).toBe('PUBLISHED');
  expect(facetCheck('dataset', 'dataQualityAssertions')?.({ assertions: 1 }).fit).toBe('INVALID');
  expect(facetCheck('job', 'parent')).toBeDefined();
  expect(facetCheck('job', 'hasOwnProperty')).toBeUndefined();
});

test('3. facets of integrations are checked for what the projection reads of them', () => {
  expect(facetCheck('job', 'dbt_node')?.({ unique_id: 'model.shop.orders', alias: null }).fit).toBe('PUBLISHED');
  expect(facetCheck('job', 'dbt_node')?.({ unique_id: 7 })).toMatchObject({
    fit: 'INVALID',
    message: 'unique_id must be a string',
  });
  expect(facetCheck('run', 'spark_jobDetails')?.({ jobId: 3 }).fit).toBe('PUBLISHED');
});

test('3. null stands for an absent optional property, and formats do not decide', () => {
  const parent = { run: { runId: 'not-a-uuid' }, job: { namespace: 'n', name: 'j' }, root: null };
  expect(facetCheck('run', 'parent')?.(parent)).toMatchObject({ fit: 'RELAXED' });
  expect(facetCheck('run', 'parent')?.({ ...parent, job: { namespace: 'n', name: null } }).fit).toBe('INVALID');
  expect(facetCheck('run', 'nominalTime')?.({ nominalStartTime: '2026-11-23T10:00:00' }).fit).toBe('RELAXED');
});
