import { describe, test } from 'vitest';
import { NOW, type AccessStoreHarness } from './access-store/access-case.js';
import { changeTests } from './access-store/change-tests.js';
import { listTests } from './access-store/list-tests.js';
import { sessionTests } from './access-store/session-tests.js';

export interface AccessStoreContract {
  /** The adapter's name, as the report shows it. */
  readonly name: string;
  /** An empty store, over a clock that begins at `at`, that shares nothing with the ones made before; the suite closes it. */
  readonly create: (at: number) => Promise<AccessStoreHarness>;
}

/** Declares the whole contract of the AccessStore port for one adapter. Call it at the top of a spec file. */
export function accessStoreContract({ name, create }: AccessStoreContract): void {
  describe(`AccessStore: ${name}`, () => {
    for (const [title, body] of Object.entries({ ...changeTests, ...sessionTests, ...listTests })) {
      test(title, async () => {
        const harness = await create(NOW);
        try {
          await body(harness);
        } finally {
          await harness.close();
        }
      });
    }
  });
}
