import { expect, test } from 'vitest';
import { knownStatus, refusedFilterOf, subjectOf, type RefusedEvent } from './refused-events.js';

const LINE: RefusedEvent = {
  ...{
    id: 'a',
    firstAt: '2026-01-05T10:00:00Z',
    lastAt: '2026-01-05T10:00:00Z',
    count: 1,
    actor: null,
    actorName: null,
  },
  ...{
    address: null,
    path: '/api/v1/lineage',
    status: 422,
    code: 'SHAPE',
    message: 'm',
    pointer: null,
    producer: null,
  },
  ...{ eventType: null, jobNamespace: null, jobName: null, runId: null, datasetNamespace: null, datasetName: null },
};

test('an address asks for refused events by status, sender, address and period', () => {
  const address = 'status=422,400,999&actor=token:a&address=192.0.2.1&from=2026-01-05T10:00:00.000Z';
  expect(refusedFilterOf(new URLSearchParams(address))).toEqual({
    statuses: [400, 422],
    actor: 'token:a',
    address: '192.0.2.1',
    period: { from: '2026-01-05T10:00:00.000Z', to: '9999-12-31T00:00:00Z' },
  });
  expect(refusedFilterOf(new URLSearchParams('status=nonsense&from=then'))).toEqual({});
});

test('what a refused event is about is its job, else its dataset, by as much of the name as could be read', () => {
  expect(subjectOf({ ...LINE, jobNamespace: 'n', jobName: 'j', datasetName: 'd' })).toEqual({
    name: 'j',
    namespace: 'n',
  });
  expect(subjectOf({ ...LINE, jobNamespace: 'n' })).toEqual({ name: 'n', namespace: null });
  expect(subjectOf({ ...LINE, datasetNamespace: 'n', datasetName: 'd' })).toEqual({ name: 'd', namespace: 'n' });
  expect(subjectOf({ ...LINE, datasetNamespace: 'n', datasetName: '' })).toEqual({ name: 'n', namespace: null });
  expect(subjectOf(LINE)).toBeNull();
});

test('what to do is known of the statuses that events are refused with', () => {
  expect([400, 403, 413, 415, 422, 500].map(knownStatus)).toEqual(['400', '403', '413', '415', '422', null]);
});
