import { expect, test } from 'vitest';
import { faultsElsewhere, faultsOfMembers, globsOf, knownReason } from './refusal.js';

const fault = (pointer: string, detail: string) => ({ pointer, detail, code: 'TEXT_LENGTH', parameters: [] });

test('a fault of one item counts as a fault of its list, and what several say is there once', () => {
  const faults = [
    fault('/writes/0', 'is empty'),
    fault('/writes/3', 'is empty'),
    fault('/writes/4', 'is too long'),
    fault('/name', 'is missing'),
  ];
  expect(faultsOfMembers(faults)).toEqual({ writes: [faults[0], faults[2]], name: [faults[3]] });
});

test('faults without a field of their own are kept to be shown elsewhere', () => {
  const faults = [fault('/name', 'is missing'), fault('', 'is no object'), fault('/later', 'is new')];
  expect(faultsElsewhere(faults, ['name'])).toEqual([
    { member: '', fault: faults[1] },
    { member: 'later', fault: faults[2] },
  ]);
});

test('reasons that came later have no words of their own', () => {
  expect(knownReason({ reason: 'OVERLAP', message: '', faults: [] })).toBe('OVERLAP');
  expect(knownReason({ reason: 'SOMETHING_NEW', message: '', faults: [] })).toBeNull();
});

test('globs stand on lines or between commas, and none at all are null', () => {
  expect(globsOf('airflow*, !airflow-test\n\n demo ')).toEqual(['airflow*', '!airflow-test', 'demo']);
  expect(globsOf(' \n, ')).toBeNull();
});
