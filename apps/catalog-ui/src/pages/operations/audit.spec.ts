import { expect, test } from 'vitest';
import { auditFilterOf, factsOf, type AuditLine } from './audit.js';

const LINE: AuditLine = {
  id: '1',
  at: '2026-01-05T10:00:00.000Z',
  actor: null,
  address: '192.0.2.7',
  type: 'REFUSED',
  method: null,
  name: null,
  owner: null,
  scopes: null,
  writes: null,
  reads: null,
  expiresAt: null,
  token: null,
  replaces: null,
  replacedUntil: null,
  role: null,
  subject: null,
  namespaces: null,
  reason: 'NO_CREDENTIALS',
  count: 1,
  firstAt: '2026-01-05T10:00:00.000Z',
  lastAt: '2026-01-05T10:00:00.000Z',
  report: null,
  file: null,
  digest: null,
};

test('an address asks for lines by type, caller, address and period', () => {
  const address = 'type=REFUSED,NONSENSE&actor=token:a&address=192.0.2.7&from=2026-01-05T10:00:00.000Z';
  expect(auditFilterOf(new URLSearchParams(address))).toEqual({
    types: ['REFUSED'],
    actor: 'token:a',
    address: '192.0.2.7',
    period: { from: '2026-01-05T10:00:00.000Z', to: '9999-12-31T00:00:00Z' },
  });
});

test('a period that ends before it begins is not asked for', () => {
  expect(auditFilterOf(new URLSearchParams('from=2026-01-06&to=2026-01-05'))).toEqual({});
});

test('a line tells what it has, and counts only what happened more than once', () => {
  expect(factsOf(LINE)).toEqual(['reason']);
  expect(factsOf({ ...LINE, count: 3 })).toEqual(['reason', 'count', 'firstAt', 'lastAt']);
});
