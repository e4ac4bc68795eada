import { expect, test } from 'vitest';
import { stateOfToken, wrongFields, type TokenForm } from './tokens.js';

const NOW = Date.parse('2026-01-05T10:00:00Z');
const FORM: TokenForm = {
  name: 'airflow',
  owner: 'team:data',
  scopes: ['LINEAGE_WRITE'],
  writes: 'airflow*',
  reads: '',
  expiresAt: null,
};

test('a token is good until it expires or is revoked', () => {
  expect(stateOfToken({ expiresAt: null, revokedAt: null }, NOW)).toBe('GOOD');
  expect(stateOfToken({ expiresAt: '2026-01-05T10:00:01Z', revokedAt: null }, NOW)).toBe('GOOD');
  expect(stateOfToken({ expiresAt: '2026-01-05T10:00:00Z', revokedAt: null }, NOW)).toBe('EXPIRED');
  expect(stateOfToken({ expiresAt: null, revokedAt: '2026-01-01T00:00:00Z' }, NOW)).toBe('REVOKED');
});

test('a form that the API takes has nothing wrong', () => {
  expect([...wrongFields(FORM, NOW)]).toEqual([]);
});

test('what the API would refuse is told before asking', () => {
  const form: TokenForm = { ...FORM, name: ' ', owner: 'x'.repeat(201), scopes: [], expiresAt: '2026-01-05T09:00:00Z' };
  expect([...wrongFields(form, NOW)]).toEqual(['name', 'owner', 'scopes', 'expiresAt']);
});

test('what is for the whole catalog cannot see a part of it', () => {
  expect([...wrongFields({ ...FORM, scopes: ['ADMIN'], reads: 'claims*' }, NOW)]).toEqual(['reads']);
});
