import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const resolve = createRequire(import.meta.url).resolve;

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: {
    conditions: ['source'],
    // Nest loads graphql's CommonJS build; without the alias ours would be the ESM one, and graphql refuses two copies.
    alias: [{ find: /^graphql$/, replacement: resolve('graphql') }],
  },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'test/**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    setupFiles: ['./vitest.setup.ts'],
    globalSetup: ['./test/support/postgres.setup.ts', './test/support/prepared.setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes when it comes; the second that Vitest gives by itself is no statement about it.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
  },
});
