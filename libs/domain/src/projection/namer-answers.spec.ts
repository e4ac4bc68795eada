import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredEvent } from '../events.js';
import { datasetId, jobId, type NodeId } from '../identifiers.js';
import { FacetMemory } from '../openlineage/facet-memory.js';
import { readEvent } from '../openlineage/read-event.js';
import type { Namer } from './namer.js';
import { DEFAULT_NAME_RULES } from './name-rules.js';
import { readByNames } from './namer-answers.js';
import { projectEvent } from './project-event.js';

const namer: Namer = {
  dataset: datasetId,
  job: jobId,
  path: (_dataset, field) => field.split('.'),
  fieldsOf: () => ['a', 'b'],
};

test('what was read holds for a namer that answers the same, and for none that does not', () => {
  const target = datasetId('db', 'target');
  const asked: string[] = [];
  const { value, holdsFor } = readByNames(namer, (names) => {
    const source = names.dataset('db', 'source');
    names.dataset('db', 'source');
    return [source, names.job('jobs', 'j'), ...names.path(source, 'x.y'), ...names.fieldsOf(target)];
  });
  expect(value).toEqual([datasetId('db', 'source'), jobId('jobs', 'j'), 'x', 'y', 'a', 'b']);
  const hearing: Namer = { ...namer, dataset: (...named) => (asked.push(named.join('.')), datasetId(...named)) };
  expect(holdsFor(hearing)).toBe(true);
  // Once for each name, so that the other namer knows it too.
  expect(asked).toEqual(['db.source']);
  const others: Partial<Namer>[] = [
    { dataset: (namespace, name) => datasetId(namespace, `${name}/other`) },
    { job: (namespace, name) => jobId(namespace, `${name}/other`) },
    { path: (_dataset, field) => [field] },
    { fieldsOf: () => ['a'] },
    { fieldsOf: () => ['a', 'c'] },
  ];
  for (const other of others) expect(holdsFor({ ...namer, ...other })).toBe(false);
});

test('28. an event with facets that were seen before says what it says without them, whatever its schemas', () => {
  const field = fc.constantFrom('a', 'b', 'a.b', 'b.a');
  const schema = fc
    .array(fc.record({ name: field, fields: fc.array(fc.record({ name: field }), { maxLength: 2 }) }), { maxLength: 3 })
    .map((fields) => ({ schema: { _producer: 'p', fields } }));
  const source = fc.record({ namespace: fc.constant('db'), name: fc.constantFrom('s', 't'), field });
  const lineage = fc
    .record(
      {
        fields: fc.dictionary(field, fc.record({ inputFields: fc.array(source, { maxLength: 2 }) }), { maxKeys: 2 }),
        dataset: fc.array(source, { maxLength: 1 }),
      },
      { requiredKeys: ['fields'] },
    )
    .map((columnLineage) => ({ columnLineage: { _producer: 'p', ...columnLineage } }));
  const facets = fc
    .tuple(fc.option(schema, { nil: {} }), fc.option(lineage, { nil: {} }))
    .map(([one, other]) => ({ ...one, ...other }));
  const mention = fc.record({ namespace: fc.constant('db'), name: fc.constantFrom('s', 't', 'u'), facets });
  const mentions = fc.array(mention, { maxLength: 3 });
  const stored: Pick<StoredEvent, 'receivedAt' | 'digest'> = { receivedAt: 2e15, digest: 'd'.repeat(64) };
  const memory = new FacetMemory({ smallest: 0 });
  const targets = new Map<unknown, Set<NodeId>>();
  fc.assert(
    fc.property(mentions, mentions, (inputs, outputs) => {
      const event = { eventTime: '2026-11-23T10:15:30Z', run: { runId: 'r' }, job: { namespace: 'n', name: 'j' } };
      const bytes = Buffer.from(JSON.stringify({ ...event, inputs, outputs }));
      const said = [undefined, memory, memory].map((known) => {
        const read = readEvent(bytes, known);
        if (!read.ok) throw new Error(read.detail);
        for (const { facets: list, name } of read.event.outputs)
          for (const { name: facet, body } of list)
            if (known !== undefined && facet === 'columnLineage')
              targets.set(body, (targets.get(body) ?? new Set()).add(datasetId('db', name)));
        return projectEvent(stored, read.event, read.findings, DEFAULT_NAME_RULES);
      });
      expect(said[1]).toEqual(said[0]);
      expect(said[2]).toEqual(said[0]);
    }),
    { numRuns: 3_000 },
  );
  // The same lineage was seen on several datasets.
  expect([...targets.values()].filter((names) => names.size > 1).length).toBeGreaterThan(10);
});
