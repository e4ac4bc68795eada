import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_NAME_RULES, normalizeDatasetName, normalizeJobName, type NameRules } from './name-rules.js';

const ALL: NameRules = { ...DEFAULT_NAME_RULES, datedPaths: true, dbtStatements: true };
const NONE = Object.fromEntries(Object.keys(ALL).map((rule) => [rule, false])) as unknown as NameRules;
const only = (rule: keyof NameRules): NameRules => ({ ...NONE, [rule]: true });

const namespaceOf = (namespace: string, rules = DEFAULT_NAME_RULES): string =>
  normalizeDatasetName({ namespace, name: 'x' }, rules).namespace;
const nameOf = (name: string, rules: NameRules): string => normalizeDatasetName({ namespace: 'db', name }, rules).name;

test('26. which rules are on by default', () => {
  expect(Object.entries(DEFAULT_NAME_RULES).filter(([, isOn]) => !isOn)).toEqual([
    ['datedPaths', false],
    ['dbtStatements', false],
  ]);
});

describe('namespaces', () => {
  test.each([
    ['postgres://DB.Example.com:5432', 'postgres://db.example.com:5432'],
    ['POSTGRES://db', 'postgres://db:5432'],
    ['mysql://db', 'mysql://db:3306'],
    ['kafka://A:9092,b', 'kafka://a:9092,b:9092'],
    ['kafka://[::1]', 'kafka://[::1]:9092'],
    ['hdfs://NameNode/Path', 'hdfs://namenode:8020/Path'],
    ['s3a://Bucket', 's3://Bucket'],
    ['s3n://Bucket', 's3://Bucket'],
  ])('26. %s is %s', (sent, canonical) => {
    expect(namespaceOf(sent)).toBe(canonical);
  });

  test.each([
    's3://Bucket',
    'snowflake://ORG-Account',
    'postgres://db:6543',
    'file',
    'Jobs',
    '',
    'postgres:',
    'kafka://',
  ])('26. %s stays as it is, and so does the object', (namespace) => {
    const sent = { namespace, name: 'Table' };
    expect(normalizeDatasetName(sent, DEFAULT_NAME_RULES)).toBe(sent);
  });

  test('26. each rule can be switched by itself', () => {
    expect(namespaceOf('postgres://DB', only('hostCase'))).toBe('postgres://db');
    expect(namespaceOf('postgres://DB', only('defaultPort'))).toBe('postgres://DB:5432');
    expect(namespaceOf('s3a://B', only('s3Scheme'))).toBe('s3://B');
    expect(namespaceOf('s3a://B', NONE)).toBe('s3a://B');
  });
});

describe('names', () => {
  test.each([
    ['shop/shop/orders', 'shop/orders'],
    ['shop/shop/shop/orders', 'shop/orders'],
    ['shop/shop/shop', 'shop/shop'],
    ['shop/orders', 'shop/orders'],
    ['shop/shop', 'shop/shop'],
    ['shop/shopping/orders', 'shop/shopping/orders'],
    ['a/shop/shop/orders', 'a/shop/shop/orders'],
  ])('26. a repeated database: %s is %s', (sent, canonical) => {
    expect(nameOf(sent, only('repeatedDatabase'))).toBe(canonical);
    expect(nameOf(sent, NONE)).toBe(sent);
  });

  test.each([
    ['/tmp/out/1729097570970', '/tmp/out/*'],
    ['/sales/dt=2026-11-23/part', '/sales/dt=*/part'],
    ['/sales/2026-11-23T10:00:00', '/sales/*'],
    ['/sales/20261123', '/sales/*'],
    ['/runs/0190AAAA-0000-7000-8000-000000000001', '/runs/*'],
    ['/sales/2026', '/sales/2026'],
    ['/sales/v20261123', '/sales/v20261123'],
  ])('26. dated parts of paths: %s is %s', (sent, canonical) => {
    expect(nameOf(sent, only('datedPaths'))).toBe(canonical);
    expect(nameOf(sent, DEFAULT_NAME_RULES)).toBe(sent);
  });

  test('26. dbt’s statements are one job, its audit tables one dataset a schema', () => {
    const jobOf = (name: string, rules: NameRules) => normalizeJobName({ namespace: 'dbt', name }, rules).name;
    expect(jobOf('models/orders.sql.12', ALL)).toBe('models/orders.sql');
    expect(jobOf('models/orders.sql', ALL)).toBe('models/orders.sql');
    expect(jobOf('models/orders.sql.12', DEFAULT_NAME_RULES)).toBe('models/orders.sql.12');
    expect(nameOf('shop.main_dbt_test__audit.not_null_x', ALL)).toBe('shop.main_dbt_test__audit');
  });

  test('26. the namespace of a job is no host and stays as sent', () => {
    expect(normalizeJobName({ namespace: 'postgres://DB', name: 'j' }, ALL).namespace).toBe('postgres://DB');
  });
});

test('26. a name that the rules made is not changed by them again', () => {
  const scheme = fc.constantFrom('postgres', 'KAFKA', 's3a', 'S3N', 'hdfs', 'file', 'http');
  const host = fc.constantFrom('Host', 'a,B', 'h:1', '[::1]', '', 'u@H');
  const part = fc.constantFrom('db', 'DB', 't', '2026-11-23', 'dt=20261123', '1729097570970', '', '*');
  const names = fc.record({
    namespace: fc.oneof(
      fc.tuple(scheme, host).map(([of, at]) => `${of}://${at}`),
      fc.string(),
    ),
    name: fc.oneof(
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('/')),
      fc.string(),
    ),
  });
  fc.assert(
    fc.property(names, fc.constantFrom(DEFAULT_NAME_RULES, ALL), (sent, rules) => {
      const once = normalizeDatasetName(sent, rules);
      expect(normalizeDatasetName(once, rules)).toBe(once);
    }),
    { numRuns: 2000 },
  );
});
