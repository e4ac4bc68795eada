import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { ProductProcess, temporaryDataDir } from './product.js';

export type Prepared = 'nothing' | 'example';

/**
 * A data directory as a first start leaves it, with nothing in the log or with the projected example: a copy of one that
 * is made once a run, so that a product starts on it in the time of any later start.
 */
export async function preparedDataDir(content: Prepared): Promise<Awaited<ReturnType<typeof temporaryDataDir>>> {
  const original = await originalOf(content);
  const folder = await temporaryDataDir();
  // Node's own copying does not keep whose the files are, and PostgreSQL starts on its own only.
  await promisify(execFile)('cp', ['-a', `${original}/.`, folder.dataDir]);
  return folder;
}

/** Made by whichever worker comes first; the others wait for it, and fail where it failed. */
async function originalOf(content: Prepared): Promise<string> {
  const original = path.join(inject('prepared'), content);
  const [made, failed] = [`${original}.made`, `${original}.failed`];
  if (await mkdir(`${original}.lock`).then(() => true, isTaken)) {
    try {
      await make(original, content);
    } catch (error) {
      await writeFile(failed, String(error));
      throw error;
    }
    await writeFile(made, '');
  }
  while (!existsSync(made)) {
    if (existsSync(failed))
      throw new Error(`the data directory with ${content} could not be prepared by another test file`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return original;
}

async function make(dataDir: string, content: Prepared): Promise<void> {
  const settings = { HEADWATER_DATA_DIR: dataDir, HEADWATER_AUTH: 'off' };
  const product = await ProductProcess.serve(settings, content === 'example' ? ['--example'] : []);
  try {
    await product.caughtUp();
  } finally {
    await product.stop();
  }
}

function isTaken(error: unknown): false {
  if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
  throw error;
}
