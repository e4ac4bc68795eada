import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
    http: { port: 4000, host: '127.0.0.1', allowedHosts: [], trustedProxies: [] },
    database: { url: null },
    neo4j: null,
    ingest: { maxEventBytes: 33_554_432, maxBatchBytes: 67_108_864, maxBytesInFlight: 134_217_728 },
    catalog: { staleRunHours: 24, queryTimeoutSeconds: 15, subscriptionsPerConnection: 100, connectionsPerCaller: 100 },
    logging: { level: 'info' },
    access: { isOn: true, publicUrl: null, oidc: null, sessionIdleMinutes: 480, sessionHours: 168 },
    rates: { requestsPerMinute: 6_000, eventRequestsPerMinute: 1_000_000, failuresPerMinute: 60 },
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
  expect(config.http).toEqual({
    port: 8080,
    host: '127.0.0.1',
    allowedHosts: ['app', 'catalog.internal'],
    trustedProxies: [],
  });
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
    ['HEADWATER_OIDC_CLIENT_SECRET', null],
  ]);
});

test('authentication is off on this machine only, and a provider needs https and a client', () => {
  expect(readConfig({ HEADWATER_AUTH: 'off' }).access.isOn).toBe(false);
  expect(faultsOf({ HEADWATER_AUTH: 'off', HOST: '0.0.0.0' }).faults.map(({ setting }) => setting)).toEqual([
    'HEADWATER_AUTH',
  ]);
  expect(faultsOf({ HEADWATER_OIDC_ISSUER: 'http://id.example.org' }).faults.map(({ setting }) => setting)).toEqual([
    'HEADWATER_OIDC_CLIENT_ID',
    'HEADWATER_OIDC_ISSUER',
  ]);
  const elsewhere = {
    HOST: '0.0.0.0',
    HEADWATER_OIDC_ISSUER: 'https://id.example.org',
    HEADWATER_OIDC_CLIENT_ID: 'headwater',
  };
  expect(faultsOf(elsewhere).faults.map(({ setting }) => setting)).toEqual(['HEADWATER_PUBLIC_URL']);
  const publicUrl = 'https://headwater.example.org/';
  expect(readConfig({ ...elsewhere, HEADWATER_PUBLIC_URL: publicUrl }).access.publicUrl).toBe(publicUrl.slice(0, -1));
  const local = readConfig({ HEADWATER_OIDC_ISSUER: 'http://127.0.0.1:4555', HEADWATER_OIDC_CLIENT_ID: 'headwater' });
  expect(local.access.oidc).toMatchObject({
    issuer: 'http://127.0.0.1:4555',
    audience: 'headwater',
    clientSecret: null,
  });
});

test('roles of the provider and trusted proxies are read, or refused by name', () => {
  const config = readConfig({
    HEADWATER_OIDC_ISSUER: 'https://id.example.org',
    HEADWATER_OIDC_CLIENT_ID: 'headwater',
    HEADWATER_OIDC_ROLE_MAP: 'data-admins = admin, analysts=viewer',
    HEADWATER_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
  });
  expect([...(config.access.oidc?.roleMap ?? [])]).toEqual([
    ['data-admins', 'admin'],
    ['analysts', 'viewer'],
  ]);
  expect(config.http.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
  const wrong = faultsOf({ HEADWATER_OIDC_ROLE_MAP: 'a=king', HEADWATER_TRUSTED_PROXIES: '10.0.0.0/40' });
  expect(wrong.faults.map(({ setting }) => setting).sort()).toEqual([
    'HEADWATER_OIDC_ROLE_MAP',
    'HEADWATER_TRUSTED_PROXIES',
  ]);
});

test('a secret may be given as a file, without its line break; both at once, or no such file, is told', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-secret-'));
  const file = path.join(folder, 'password');
  writeFileSync(file, 'from the file\n');
  const neo4j = { NEO4J_URI: 'bolt://graph:7687', NEO4J_PASSWORD_FILE: file };
  expect(readConfig(neo4j).neo4j?.password).toBe('from the file');
  expect(faultsOf({ ...neo4j, NEO4J_PASSWORD: 'hunter2' }).message).toContain('NEO4J_PASSWORD_FILE');
  expect(faultsOf({ DATABASE_URL_FILE: path.join(folder, 'absent') }).message).toContain('DATABASE_URL_FILE');
  rmSync(folder, { recursive: true });
});
