import { expect, test } from 'vitest';
import { producerKey } from './producer-key.js';

const CASES: readonly (readonly [producer: string, key: string])[] = [
  [
    'https://github.com/OpenLineage/OpenLineage/blob/1.54.0/client/python',
    'https://github.com/OpenLineage/OpenLineage/client/python',
  ],
  [
    'https://github.com/OpenLineage/OpenLineage/tree/1.55.0/client/python',
    'https://github.com/OpenLineage/OpenLineage/client/python',
  ],
  [
    'https://github.com/OpenLineage/OpenLineage/tree/1.19.0-SNAPSHOT/integration/spark',
    'https://github.com/OpenLineage/OpenLineage/integration/spark',
  ],
  [
    'https://github.com/OpenLineage/OpenLineage/blob/v1-0-0/client',
    'https://github.com/OpenLineage/OpenLineage/client',
  ],
  [
    'https://github.com/OpenLineage/OpenLineage/tree/$VERSION/integration/dbt',
    'https://github.com/OpenLineage/OpenLineage/integration/dbt',
  ],
  [
    'https://github.com/OpenLineage/OpenLineage/tree/0123456789abcdef0123456789abcdef01234567/client',
    'https://github.com/OpenLineage/OpenLineage/client',
  ],
  [
    'https://github.com/apache/airflow/tree/providers-openlineage/1.14.0',
    'https://github.com/apache/airflow/providers-openlineage',
  ],
  [
    'https://github.com/MarquezProject/marquez/blob/main/docker/metadata.json',
    'https://github.com/MarquezProject/marquez/docker/metadata.json',
  ],
  ['https://gitlab.com/group/project/-/tree/2.0.1/lineage', 'https://gitlab.com/group/project/lineage'],
  ['https://some.producer.com/version/1.0', 'https://some.producer.com/version'],
  ['https://Example.COM/loader/', 'https://example.com/loader'],
  ['pkg:npm/my-loader@2.3.4', 'pkg:npm/my-loader'],
];

test.each(CASES)('12. %s replaces facets of %s', (producer, key) => {
  expect(producerKey(producer)).toBe(key);
  expect(producerKey(key)).toBe(key);
});

test('12. what only looks like a version stays: ports, teams, addresses, a producer that is nothing else', () => {
  for (const producer of [
    'http://localhost:8080',
    'http://10.0.0.1/loader',
    'https://example.com/teams/42/loader',
    '1.2.3',
    'https://github.com/OpenLineage/OpenLineage',
  ]) {
    expect(producerKey(producer)).toBe(producer);
  }
  expect(producerKey(null)).toBe('');
});

test.each(['constructor', '__proto__', 'toString'])('12. %s is a producer like any other', (producer) => {
  const key = producerKey(producer);
  expect(key).toBe(`./${producer}`);
  expect(producerKey(key)).toBe(key);
  const parts: Record<string, string> = {};
  expect(parts[key]).toBeUndefined();
  parts[key] = 'said';
  expect(JSON.parse(JSON.stringify(parts))).toEqual({ [key]: 'said' });
});
