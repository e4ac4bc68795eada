import type { GraphChange } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import { describe, expect, test } from 'vitest';
import { packChanges, unpackChanges } from './packed-changes.js';

const claims = 'dataset:warehouse:claims' as NodeId;
const report = 'dataset:warehouse:report' as NodeId;
const load = 'job:warehouse:load' as NodeId;
const times = { validFrom: 1, validTo: null, recordedFrom: 3, recordedTo: null };

const changes: readonly GraphChange[] = [
  { op: 'node', node: { id: claims, kind: 'DATASET', displayName: 'claims', placeholder: true } },
  {
    op: 'openEdge',
    row: {
      rowId: 'a1',
      kind: 'READ',
      from: claims,
      to: load,
      evidence: 'OBSERVED',
      producer: null,
      job: load,
      confidence: 0.5,
      transformations: [{ type: 'DIRECT', subtype: null, description: 'as is', masking: true }],
      ...times,
    },
  },
  { op: 'closeEdge', row: { rowId: 'a1', kind: 'READ', from: claims, to: load }, recordedTo: 9 },
  { op: 'openPair', row: { rowId: 'b1', job: load, input: claims, output: report, ...times, validTo: 7 } },
  { op: 'closePair', row: { rowId: 'b1', job: load, input: claims, output: report }, recordedTo: 9 },
  { op: 'openRestriction', row: { rowId: 'c1', job: load, mode: 'PAIRS', ...times } },
  { op: 'closeRestriction', row: { rowId: 'c1', job: load }, recordedTo: 9 },
  { op: 'openAlias', row: { rowId: 'd1', member: report, canonical: claims, recordedFrom: 3, recordedTo: 8 } },
  { op: 'closeAlias', row: { rowId: 'd1', member: report, canonical: claims }, recordedTo: 9 },
];

describe('packed graph changes', () => {
  test.each(changes)('$op comes back as it was', (change) => {
    expect(unpackChanges(JSON.parse(JSON.stringify(packChanges([change]))))).toStrictEqual([change]);
  });

  test('many come back in their order, and each text is stored once', () => {
    const packed = JSON.stringify(packChanges(changes));
    expect(unpackChanges(JSON.parse(packed))).toStrictEqual(changes);
    for (const id of [claims, report, load]) expect(packed.split(JSON.stringify(id))).toHaveLength(2);
  });

  test('a change without a stored form is refused', () => {
    const unheardOf = { op: 'openDoor', row: {} } as unknown as GraphChange;
    expect(() => packChanges([unheardOf])).toThrow('no stored form of the graph change openDoor');
  });

  test('of no changes there is an empty list', () => {
    expect(unpackChanges(packChanges([]))).toEqual([]);
  });
});
