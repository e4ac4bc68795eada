import { execFile } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../scripts/build-project.mjs';
import { newDataDir, startStandalone } from './servers.mjs';
import { loadServices } from './services-catalog.mjs';

export const name = 'dump';
export const target =
  'dump of 20,000 jobs, 30,000 datasets and 500,000 fields, and its restore to the same catalog, by the command line';

const execute = promisify(execFile);

/** @param {string} dataDir @param {readonly string[]} words */
async function headwater(dataDir, ...words) {
  const startedAt = performance.now();
  const program = join(projectRoot, 'apps/standalone/dist/cli.js');
  const env = { ...process.env, HEADWATER_DATA_DIR: dataDir };
  const { stderr } = await execute(process.execPath, [program, ...words], { env, maxBuffer: 64 * 1024 * 1024 });
  return { seconds: (performance.now() - startedAt) / 1000, said: stderr };
}

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run({ say, isQuick }) {
  const [dataDir, restored] = [newDataDir(), newDataDir()];
  const file = join(dataDir, 'catalog.dump');
  const server = await startStandalone({ dataDir });
  try {
    const size = await loadServices(server.url, isQuick ? 100 : 2_000);
    const dump = await headwater(dataDir, 'dump', file);
    await server.stop();
    const verify = await headwater(dataDir, 'verify', file);
    const restore = await headwater(restored, 'restore', file);
    if (!restore.said.includes('The catalog is what it was')) throw new Error(restore.said);
    const mebibytes = (statSync(file).size / 1024 / 1024).toFixed(0);
    say(
      `${size}: ${mebibytes} MiB, dumped in ${dump.seconds.toFixed(1)} s, verified in ${verify.seconds.toFixed(1)} s`,
    );
    return [{ unit: 's', target: 180, what: `dump and restore, PostgreSQL`, measured: dump.seconds + restore.seconds }];
  } finally {
    await server.stop();
    for (const folder of [dataDir, restored]) rmSync(folder, { recursive: true, force: true });
  }
}
