import { expect, test } from 'vitest';
import { nodesNamedIn, summaryOf } from './event-body.js';

const EVENT = {
  eventType: 'COMPLETE',
  producer: 'https://example.com/first',
  run: {
    runId: '0195F2A4-7C1E-7000-8000-000000000001',
    facets: { parent: { job: { namespace: 'airflow', name: 'nightly' } } },
  },
  job: { namespace: 'demo', name: 'first job' },
  inputs: [{ namespace: 'kafka://host:9092', name: 'orders' }, { hidden: true }],
  outputs: [
    { namespace: 'demo', name: 'mart.orders' },
    { namespace: 'demo', name: 'mart.orders' },
  ],
};

test('a summary tells who sent what about which job', () => {
  expect(summaryOf(EVENT)).toMatchObject({
    subject: { id: 'job:demo:first%20job', kind: 'JOB' },
    producer: 'https://example.com/first',
    eventType: 'COMPLETE',
  });
});

test('the nodes of an event are those that it names, each once and without what is hidden', () => {
  expect(nodesNamedIn(EVENT).map(({ part, id }) => `${part} ${id}`)).toEqual([
    'job job:demo:first%20job',
    'run run:demo:first%20job:0195f2a4-7c1e-7000-8000-000000000001',
    'parent job:airflow:nightly',
    'input dataset:kafka%3A%2F%2Fhost%3A9092:orders',
    'output dataset:demo:mart.orders',
  ]);
});

test('a run id that is no UUID leads nowhere', () => {
  const parts = nodesNamedIn({ ...EVENT, run: { runId: 'manual__1' } }).map(({ part }) => part);
  expect(parts).not.toContain('run');
});

test.each([null, undefined, 7, 'text', [], { job: 'no object', inputs: {} }, { job: { hidden: true } }])(
  'a body that is %j names nothing',
  (body) => {
    expect(nodesNamedIn(body)).toEqual([]);
    expect(summaryOf(body)).toEqual({ subject: null, producer: null, eventType: null });
  },
);
