import type { StoredEvent } from '@headwater/domain/events';
import { datasetId, jobId } from '@headwater/domain/identifiers';
import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import { expect, test } from 'vitest';
import { previewNames } from './preview-names.js';

function stored(position: number, event: unknown, kind: StoredEvent['kind'] = 'RUN'): StoredEvent {
  const bytes = new TextEncoder().encode(JSON.stringify(event));
  return { position, kind, digest: 'ab'.repeat(32), bytes, receivedAt: 1e15, recordedAt: 1e15 };
}

const run = (job: string, dataset: string, namespace = 's3://bucket', runFacets: object = {}): unknown => ({
  eventType: 'COMPLETE',
  eventTime: '2026-11-23T10:15:30Z',
  producer: 'https://example.com/p',
  run: { runId: '0190aaaa-0000-7000-8000-000000000001', facets: runFacets },
  job: { namespace: 'dbt', name: job },
  outputs: [{ namespace, name: dataset }],
});

const log = (...events: StoredEvent[]): Parameters<typeof previewNames>[0] => ({
  readAfter: (after, limit) => Promise.resolve(events.slice(after, after + Math.min(limit, 2))),
});

test('26. a preview says which names would belong elsewhere, and how many would be left', async () => {
  const events = [
    stored(1, run('load', 'out/2026-11-23')),
    stored(2, run('load', 'out/2026-11-24')),
    stored(3, { edit: 'projection.settings' }, 'EDIT'),
    stored(4, 'no event'),
    stored(5, run('model.sql.7', 'other')),
  ];
  const progress: number[] = [];
  const rules = { ...DEFAULT_NAME_RULES, datedPaths: true };
  const preview = await previewNames(log(...events), DEFAULT_NAME_RULES, rules, (read) => progress.push(read));
  const day = (name: string): ReturnType<typeof datasetId> => datasetId('s3://bucket', `out/${name}`);
  expect(preview).toEqual({
    renamed: [
      { sent: day('2026-11-23'), now: day('2026-11-23'), then: day('*') },
      { sent: day('2026-11-24'), now: day('2026-11-24'), then: day('*') },
    ],
    nodes: { now: 5, then: 4 },
  });
  expect(progress).toEqual([2, 4, 5]);
});

test('26. the way back gives each name as sent its own, also where the job is known by what dbt calls it', async () => {
  const dbt = { dbt_node: { _producer: 'p', _schemaURL: 'https://example.com/s', unique_id: 'model.shop.orders' } };
  const events = [stored(1, run('a.build', 't', 'postgres://DB', dbt)), stored(2, run('b.build', 't', 's3a://x', dbt))];
  // An event that says less is of the same job.
  events.push(stored(3, run('a.build', 't', 'postgres://DB')));
  const rules = { ...DEFAULT_NAME_RULES, dbtUniqueId: false, hostCase: false, defaultPort: false, s3Scheme: false };
  const { renamed, nodes } = await previewNames(log(...events), DEFAULT_NAME_RULES, rules);
  const model = jobId('dbt', 'model.shop.orders');
  expect(renamed).toEqual([
    {
      sent: datasetId('postgres://DB', 't'),
      now: datasetId('postgres://db:5432', 't'),
      then: datasetId('postgres://DB', 't'),
    },
    { sent: datasetId('s3a://x', 't'), now: datasetId('s3://x', 't'), then: datasetId('s3a://x', 't') },
    { sent: jobId('dbt', 'a.build'), now: model, then: jobId('dbt', 'a.build') },
    { sent: jobId('dbt', 'b.build'), now: model, then: jobId('dbt', 'b.build') },
  ]);
  expect(nodes).toEqual({ now: 3, then: 4 });
});

test('26. the same rules rename nothing', async () => {
  const preview = await previewNames(log(stored(1, run('load', 'S3A://x'))), DEFAULT_NAME_RULES, DEFAULT_NAME_RULES);
  expect(preview).toEqual({ renamed: [], nodes: { now: 2, then: 2 } });
});
