import { ProjectLog } from '@headwater/application/projection/project-log';
import { createGeneration, generationSchema } from '@headwater/store-postgres/migrate/generations';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { MemoryEventLog } from '@headwater/store-contract/memory-event-log';
import { expect, test } from 'vitest';
import { loadEvent } from '../support/http-load.js';
import { createTestDatabase } from '../support/postgres.js';
import { TEST_SETTINGS } from '../support/projection.js';

test('a projector that another one overtook stores nothing over it, and goes on from where the other is', async () => {
  const database = await createTestDatabase();
  try {
    await createGeneration(database.pool, 1);
    let now = 1_700_000_000_000_000;
    const log = new MemoryEventLog({ clock: { now: () => (now += 1_000_000) } });
    const append = (from: number, count: number): Promise<unknown> =>
      log.append(
        Array.from({ length: count }, (_, index) => ({
          kind: 'RUN' as const,
          bytes: new TextEncoder().encode(JSON.stringify(loadEvent('fence', from + index))),
          receivedAt: now,
        })),
      );
    const projector = (): ProjectLog =>
      new ProjectLog(log, new PostgresProjection(database.pool, generationSchema(1)), TEST_SETTINGS);
    const runs = async (): Promise<number> => {
      const { rows } = await database.pool.query<{ runs: number }>(
        'SELECT count(*)::int AS runs FROM projection_g1.run',
      );
      return rows[0]?.runs ?? 0;
    };
    const [first, second] = [projector(), projector()];
    await append(1, 10);
    expect(await first.execute(5)).toBe(5);
    expect(await second.execute(100)).toBe(5);

    await append(11, 5);
    await expect(first.execute(100)).rejects.toMatchObject({ category: 'CONFLICT', reason: 'PROJECTION_MOVED' });
    expect(await runs()).toBe(10);
    expect(await first.execute(100)).toBe(5);
    expect(await runs()).toBe(15);
    expect(await first.execute(100)).toBe(0);
  } finally {
    await database.drop();
  }
});
