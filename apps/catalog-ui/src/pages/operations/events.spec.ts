import { expect, test } from 'vitest';
import { eventFilterOf } from './events.js';

test('an address asks for events by kind, period and node', () => {
  const address = 'kind=RUN,EDIT&node=job:demo:a&from=2026-01-05T10:00:00.000Z&to=2026-01-06T10:00:00.000Z&event=a.1';
  expect(eventFilterOf(new URLSearchParams(address))).toEqual({
    kinds: ['RUN', 'EDIT'],
    node: 'job:demo:a',
    recordedFrom: '2026-01-05T10:00:00.000Z',
    recordedTo: '2026-01-06T10:00:00.000Z',
  });
});

test('what is no kind and no time is left out', () => {
  expect(eventFilterOf(new URLSearchParams('kind=NONSENSE&from=then'))).toEqual({});
});
