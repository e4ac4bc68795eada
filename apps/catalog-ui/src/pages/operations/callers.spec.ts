import { expect, test } from 'vitest';
import { callerIdIn, callerParts, callersIn, fitting } from './callers.js';

const edges = <T>(...nodes: T[]) => nodes.map((node) => ({ node }));

test('tokens and people are there once each, by their latest name', () => {
  expect(
    callersIn(
      edges({ token: 'a1', name: 'airflow' }, { token: 'b2', name: 'dbt' }),
      edges(
        { actor: 'user:ann', name: 'Ann A.' },
        { actor: 'user:ann', name: 'Ann' },
        { actor: 'token:a1', name: 'as it was' },
        { actor: null, name: 'nobody' },
      ),
    ),
  ).toEqual([
    { id: 'token:a1', name: 'airflow' },
    { id: 'token:b2', name: 'dbt' },
    { id: 'user:ann', name: 'Ann A.' },
  ]);
});

test('a part of a name or an id finds a caller, names that begin with it first', () => {
  const callers = [
    { id: 'token:a1', name: 'the airflow' },
    { id: 'token:b2', name: 'Airflow' },
    { id: 'token:c3', name: 'dbt' },
  ];
  expect(fitting(callers, 'airf').map(({ id }) => id)).toEqual(['token:b2', 'token:a1']);
  expect(fitting(callers, 'c3').map(({ id }) => id)).toEqual(['token:c3']);
  expect(fitting(callers, 'spark')).toEqual([]);
});

test('an id of a caller is told from a name', () => {
  expect(callerIdIn('token:0123456789ab')).toBe('token:0123456789ab');
  expect(callerIdIn('airflow')).toBeNull();
  expect(callerIdIn('token: airflow')).toBeNull();
});

test('an id falls into parts that people can read', () => {
  expect(callerParts('token:0123456789ab')).toEqual({ kind: 'token', id: '0123456789ab' });
  expect(callerParts('user:https://login.example/realms/a#b:7')).toEqual({
    kind: 'user',
    subject: 'b:7',
    issuer: 'https://login.example/realms/a',
  });
  expect(callerParts('user:ann')).toEqual({ kind: 'user', subject: 'ann', issuer: '' });
  expect(callerParts('local:cli')).toEqual({ kind: 'local', who: 'cli' });
  expect(callerParts('user:https://login.example/#')).toBeNull();
  expect(callerParts('robot:7')).toBeNull();
});
