import { describe, expect, test } from 'vitest';
import { localGuard, type LocalGuardOptions } from './local-guard.js';

const LOOPBACK: LocalGuardOptions = { host: '127.0.0.1', allowedHosts: [], publicUrl: null };
const OPEN: LocalGuardOptions = { ...LOOPBACK, host: '0.0.0.0' };

function verdict(options: LocalGuardOptions, host: string | undefined, origin?: string): string {
  return localGuard(options)({ host, origin }) ?? 'answered';
}

describe('the Host header', () => {
  test.each([
    [LOOPBACK, 'localhost:4000', 'answered'],
    [LOOPBACK, '[::1]:4000', 'answered'],
    [LOOPBACK, 'evil.example:4000', 'FOREIGN_HOST'],
    [LOOPBACK, undefined, 'FOREIGN_HOST'],
    [{ ...LOOPBACK, allowedHosts: ['catalog'] }, 'Catalog:4000', 'answered'],
    [{ ...LOOPBACK, publicUrl: 'https://catalog.example.org' }, 'catalog.example.org', 'answered'],
    [OPEN, 'catalog.example.org', 'answered'],
    [OPEN, '192.0.2.7:4000', 'answered'],
    [OPEN, 'evil@host', 'FOREIGN_HOST'],
    [OPEN, undefined, 'FOREIGN_HOST'],
    [{ ...OPEN, allowedHosts: ['catalog'] }, 'catalog:4000', 'answered'],
    [{ ...OPEN, allowedHosts: ['catalog'] }, 'localhost:4000', 'answered'],
    [{ ...OPEN, allowedHosts: ['catalog'] }, 'evil.example', 'FOREIGN_HOST'],
  ])('with %j, %s is %s', (options, host, expected) => {
    expect(verdict(options, host)).toBe(expected);
  });
});

describe('the Origin header', () => {
  test.each([
    [LOOPBACK, 'localhost:4000', 'http://localhost:4000', 'answered'],
    [LOOPBACK, 'localhost:4000', 'http://localhost:3000', 'FOREIGN_ORIGIN'],
    [OPEN, 'catalog.example.org', 'https://catalog.example.org', 'answered'],
    [OPEN, 'catalog.example.org', 'https://evil.example', 'FOREIGN_ORIGIN'],
    [OPEN, 'catalog.example.org', 'null', 'FOREIGN_ORIGIN'],
    [OPEN, 'catalog.example.org', 'https://catalog.example.org.evil.example', 'FOREIGN_ORIGIN'],
  ])('with %j, under %s, %s is %s', (options, host, origin, expected) => {
    expect(verdict(options, host, origin)).toBe(expected);
  });

  test('of our own pages is known behind a proxy that names another host, and no other is', () => {
    const behind = { ...OPEN, publicUrl: 'https://catalog.example.org/' };
    expect(verdict(behind, 'app:4000', 'https://catalog.example.org')).toBe('answered');
    expect(verdict(behind, 'app:4000', 'http://catalog.example.org')).toBe('FOREIGN_ORIGIN');
    expect(verdict(behind, 'app:4000', 'https://evil.example')).toBe('FOREIGN_ORIGIN');
  });
});
