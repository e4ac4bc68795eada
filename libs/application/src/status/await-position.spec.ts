import type { Checkpoints } from '@headwater/domain/checkpoints';
import { beforeEach, describe, expect, test } from 'vitest';
import { AwaitPosition } from './await-position.js';

const LOG = { logId: '0123456789ab' };
const at = (position: number): string => `${LOG.logId}.${position}`;

/** A projection that comes one position further whenever it is waited for, on a clock that moves with the waiting. */
class Moving implements Checkpoints {
  position = 0;
  now = 0;
  asked = 0;
  readonly pauses: number[] = [];
  isStill = false;

  checkpoint(): Promise<{ readonly position: number; readonly recordedAt: number }> {
    this.asked += 1;
    return Promise.resolve({ position: this.position, recordedAt: 1 });
  }

  moved(timeoutMs: number): Promise<void> {
    this.pauses.push(timeoutMs);
    this.now += timeoutMs * 1000;
    if (!this.isStill) this.position += 1;
    return Promise.resolve();
  }
}

describe('waiting for a position', () => {
  let projection: Moving;
  let wait: AwaitPosition;

  beforeEach(() => {
    projection = new Moving();
    wait = new AwaitPosition(LOG, projection, { now: () => projection.now }, { timeoutMs: 1_000 });
  });

  test('what is there already is asked for once, without waiting', async () => {
    projection.position = 7;
    await wait.execute(at(7), 'GRAPH');
    expect([projection.asked, projection.pauses]).toEqual([1, []]);
  });

  test('a hundred who wait share each question', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, index) => wait.execute(at(1 + (index % 4)), 'GRAPH')));
    expect(projection.asked).toBe(100 + 4);
  });

  test('while it stands still it is asked more and more seldom, until the time is up', async () => {
    projection.isStill = true;
    await expect(wait.execute(at(3), 'GRAPH')).rejects.toMatchObject({
      reason: 'PROJECTION_BEHIND',
      facts: { projection: 'GRAPH', lagEvents: 3 },
    });
    expect(projection.pauses.slice(0, 6)).toEqual([5, 10, 20, 40, 50, 50]);
    expect(projection.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(1_060);
  });

  test('once it has moved it is asked often again', async () => {
    projection.isStill = true;
    await wait.execute(at(3), 'GRAPH').catch(() => undefined);
    projection.isStill = false;
    projection.pauses.length = 0;
    await wait.execute(at(3), 'GRAPH');
    expect(projection.pauses).toEqual([50, 5, 5]);
  });

  test('one projection does not wait for the other', async () => {
    await Promise.all([wait.execute(at(2), 'GRAPH'), wait.execute(at(1), 'CATALOG')]);
    expect(projection.asked).toBeGreaterThan(3);
  });
});
