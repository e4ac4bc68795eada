import { expect, test } from 'vitest';
import { ConfigError, readConfig, SETTINGS } from './config.js';

function faultsOf(env: Record<string, string>): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('accepted');
}

test('without settings the defaults hold, and the configuration cannot be changed', () => {
  const config = readConfig({ XDG_DATA_HOME: '/somewhere' });
  expect(config).toMatchObject({
    http: { port: 4000, host: '127.0.0.1', allowedHosts: [] },
    database: { url: null },
    neo4j: null,
    ingest: { maxEventBytes: 33_554_432, maxBatchBytes: 67_108_864, maxBytesInFlight: 134_217_728 },
    catalog: { staleRunHours: 24 },
    logging: { level: 'info' },
  });
  expect(config.storage.dataDir).toMatch(/^\/(var\/lib|somewhere)\/headwater$/);
  expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError);
});

test('settings are read by group, with units and empty variables as not set', () => {
  const config = readConfig({
    PORT: ' 8080 ',
    HOST: '',
    HEADWATER_MAX_EVENT_BYTES: '1 MiB',
    HEADWATER_ALLOWED_HOSTS: 'App, catalog.internal',
    NEO4J_URI: 'bolt://graph:7687',
    NEO4J_PASSWORD: 'secret',
    HEADWATER_LOG_LEVEL: 'WARN',
    HEADWATER_DATA_DIR: '/data',
  });
  expect(config.http).toEqual({ port: 8080, host: '127.0.0.1', allowedHosts: ['app', 'catalog.internal'] });
  expect(config.ingest.maxEventBytes).toBe(1_048_576);
  expect(config.neo4j).toEqual({ uri: 'bolt://graph:7687', user: 'neo4j', password: 'secret', database: 'neo4j' });
  expect([config.logging.level, config.storage.dataDir]).toEqual(['warn', '/data']);
});

test('every wrong setting is named at once, and none of their values', () => {
  const env = {
    PORT: '70000',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    HEADWATER_MAX_EVENT_BYTES: 'hunter2',
    HEADWATER_LOG_LEVEL: 'hunter2',
    NEO4J_URI: 'http://hunter2',
    NEO4J_DATABASE: 'hunter2 ',
    HEADWATER_STALE_RUN_HOURS: '-1',
    HEADWATER_ALLOWED_HOSTS: 'hunter2,,',
  };
  const error = faultsOf(env);
  expect(error.faults.map(({ setting }) => setting).sort()).toEqual(
    [...Object.keys(env).filter((name) => name !== 'NEO4J_DATABASE'), 'NEO4J_PASSWORD'].sort(),
  );
  expect(error.message).not.toMatch(/hunter2|70000/);
  expect(error.message).toContain('PORT must be a whole number from 0 to 65535');
});

test('settings that cannot hold together are refused', () => {
  expect(faultsOf({ HEADWATER_MAX_BYTES_IN_FLIGHT: '1MiB' }).faults).toEqual([
    { setting: 'HEADWATER_MAX_BYTES_IN_FLIGHT', problem: expect.stringContaining('at least') as string },
  ]);
});

test('every setting is described for the documentation, and secrets have no default', () => {
  expect(SETTINGS.length).toBeGreaterThan(14);
  for (const { name, description, group } of SETTINGS) {
    expect(description.length, name).toBeGreaterThan(10);
    expect(group, name).toBeTruthy();
  }
  expect(SETTINGS.filter(({ secret }) => secret).map(({ name, default: fallback }) => [name, fallback])).toEqual([
    ['DATABASE_URL', null],
    ['NEO4J_PASSWORD', null],
  ]);
});
