import { describe, expect, test } from 'vitest';
import { runThen } from './run-then.js';

const at = (hour: number): string => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const run = (state: string, startedAt: string | null, endedAt: string | null, lastEventAt: string) => ({
  ...{ state, startedAt, endedAt, lastEventAt },
  durationMs: endedAt === null ? null : 3_600_000,
});

describe('a run as of a moment', () => {
  const failed = run('FAILED', at(6), at(8), at(8));

  test('is as it is where no moment is asked about', () => {
    expect(runThen(failed, null)).toEqual({ run: failed, isOfNow: false });
  });

  test('has the state of its end from that moment on', () => {
    expect(runThen(failed, at(8))).toEqual({ run: failed, isOfNow: false });
    const spokenOfLater = run('FAILED', at(6), at(8), at(11));
    expect(runThen(spokenOfLater, at(9))).toEqual({ run: spokenOfLater, isOfNow: false });
  });

  test('ran between its start and its end, and nothing of the end is told', () => {
    expect(runThen(failed, at(7))).toEqual({
      run: { state: 'RUNNING', startedAt: at(6), endedAt: null, lastEventAt: at(6), durationMs: null },
      isOfNow: false,
    });
    expect(runThen(run('UNFINISHED', at(6), null, at(9)), at(7))?.run.state).toBe('RUNNING');
  });

  test('is none before it began', () => {
    expect(runThen(failed, at(5))).toBeNull();
  });

  test('keeps its present state, and says so, where its times do not tell', () => {
    const silent = run('UNFINISHED', at(6), null, at(7));
    expect(runThen(silent, at(9))).toEqual({ run: silent, isOfNow: true });
    const withoutStart = run('COMPLETED', null, at(8), at(8));
    expect(runThen(withoutStart, at(7))).toEqual({ run: withoutStart, isOfNow: true });
    expect(runThen(withoutStart, at(8))).toEqual({ run: withoutStart, isOfNow: false });
  });
});
