import { expect, test } from 'vitest';
import { producersOf } from './producers.js';

const event = (producer: unknown, receivedAt: string, findings: readonly unknown[] = []) => ({
  body: { producer },
  receivedAt,
  findings,
});

test('producers are listed by when they were heard last, with what they sent', () => {
  const events = [
    event('https://b', '2026-01-05T10:03:00.000Z'),
    event('https://a', '2026-01-05T10:02:00.000Z', [{}, {}]),
    event('https://a', '2026-01-05T10:01:00.000Z', [{}]),
  ];
  expect(producersOf(events)).toEqual([
    { producer: 'https://b', lastAt: '2026-01-05T10:03:00.000Z', events: 1, findings: 0 },
    { producer: 'https://a', lastAt: '2026-01-05T10:02:00.000Z', events: 2, findings: 3 },
  ]);
});

test('events without a usable producer are counted together', () => {
  const events = [event(7, '2026-01-05T10:02:00.000Z'), { ...event('', '2026-01-05T10:01:00.000Z'), body: null }];
  expect(producersOf(events)).toEqual([{ producer: null, lastAt: '2026-01-05T10:02:00.000Z', events: 2, findings: 0 }]);
});

test('no events have no producers', () => {
  expect(producersOf([])).toEqual([]);
});
