import { expect, test } from 'vitest';
import { tallyProducers } from './tally-producers.js';

const heard = (producer: string | null, position: number, receivedAt: number, kind: 'RUN' | 'EDIT' = 'RUN') => ({
  stored: { kind, position, receivedAt },
  producer,
});

test('each producer is counted with its events, when they came, and what was odd about them', () => {
  const events = [heard('a', 1, 30), heard('b', 2, 40), heard('a', 3, 10), heard('a', 4, 20)];
  const findings = [{ position: 3 }, { position: 3 }, { position: 2 }];
  expect(tallyProducers(events, findings)).toMatchObject([
    { producer: 'a', firstSeenAt: 10, lastSeenAt: 30, events: 3, findings: 2 },
    { producer: 'b', firstSeenAt: 40, lastSeenAt: 40, events: 1, findings: 1 },
  ]);
});

test('events that name no producer are one of their own, and not that of an empty name or of the word', () => {
  const tallies = tallyProducers([heard(null, 1, 1), heard('', 2, 2), heard('null', 3, 3), heard(null, 4, 4)], []);
  expect(tallies.map(({ producer, events }) => [producer, events])).toEqual([
    [null, 2],
    ['', 1],
    ['null', 1],
  ]);
  expect(new Set(tallies.map(({ key }) => key)).size).toBe(3);
});

test('what people do in the catalog is no producer’s', () => {
  expect(tallyProducers([heard(null, 1, 1, 'EDIT')], [])).toEqual([]);
});
