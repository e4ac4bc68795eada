import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder in which data directories are kept that tests copy; each is made by the first that asks for it. */
    prepared: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'headwater-prepared-'));
  // The embedded PostgreSQL may run under an account of its own, which has to pass through.
  await chmod(folder, 0o755);
  project.provide('prepared', folder);
  return () => rm(folder, { recursive: true, force: true });
}
