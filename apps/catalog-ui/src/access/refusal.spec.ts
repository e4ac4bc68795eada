import { expect, test } from 'vitest';
import { faultsByMember, faultsElsewhere, globsOf, knownReason } from './refusal.js';

test('a fault of one item counts as a fault of its list, and several are joined once', () => {
  const faults = [
    { pointer: '/writes/0', detail: 'is empty' },
    { pointer: '/writes/3', detail: 'is empty' },
    { pointer: '/writes/4', detail: 'is too long' },
    { pointer: '/name', detail: 'is missing' },
  ];
  expect(faultsByMember(faults)).toEqual({ writes: 'is empty; is too long', name: 'is missing' });
});

test('faults without a field of their own are kept to be shown elsewhere', () => {
  const faults = [
    { pointer: '/name', detail: 'is missing' },
    { pointer: '', detail: 'is no object' },
    { pointer: '/later', detail: 'is new' },
  ];
  expect(faultsElsewhere(faults, ['name'])).toEqual(['is no object', 'later: is new']);
});

test('reasons that came later have no words of their own', () => {
  expect(knownReason({ reason: 'OVERLAP', message: '', faults: [] })).toBe('OVERLAP');
  expect(knownReason({ reason: 'SOMETHING_NEW', message: '', faults: [] })).toBeNull();
});

test('globs stand on lines or between commas, and none at all are null', () => {
  expect(globsOf('airflow*, !airflow-test\n\n demo ')).toEqual(['airflow*', '!airflow-test', 'demo']);
  expect(globsOf(' \n, ')).toBeNull();
});
