import { afterAll, beforeAll } from 'vitest';
import { createTestDatabase } from './postgres.js';
import { type TEST_SETTINGS, TestProjection } from './projection.js';

/** One database for the tests of a file; each call empties it. */
export function projectionsOfFile(): (settings?: typeof TEST_SETTINGS) => Promise<TestProjection> {
  let home: TestProjection | undefined;
  beforeAll(async () => {
    home = await TestProjection.create(await createTestDatabase());
  });
  afterAll(() => home?.close());
  return async (settings) => {
    if (home === undefined) throw new Error('a projection is asked for in a test or its hooks');
    return home.emptied(settings);
  };
}
