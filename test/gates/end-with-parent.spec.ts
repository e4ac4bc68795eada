import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MODULE = fileURLToPath(new URL('../../scripts/end-with-parent.mjs', import.meta.url));

/** A process that says when it is told to end, and by itself ends only after a minute. */
const WATCHING = `
  import { endWithParent } from ${JSON.stringify(MODULE)};
  endWithParent();
  process.on('SIGTERM', () => { console.log('told to end'); process.exit(0); });
  setTimeout(() => process.exit(1), 60_000);
  console.log('runs');`;

/** Starts that process as npm's shell does, kills the shell, and returns what the process said until it was gone. */
async function saidAfterTheShellIsKilled(variables: Readonly<Record<string, string>>, waitMs: number): Promise<string> {
  const shell = spawn(
    process.execPath,
    [
      '-e',
      `require('node:child_process').spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(WATCHING)}],
        { stdio: 'inherit' }); setInterval(() => {}, 1_000);`,
    ],
    { env: { PATH: process.env['PATH'] ?? '', ...variables }, stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  );
  const group = shell.pid ?? 0;
  let said = '';
  const closed = new Promise<void>((resolve) => shell.stdout.once('close', resolve));
  await new Promise<void>((resolve) => {
    shell.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('runs')) resolve();
    });
  });
  shell.kill('SIGKILL');
  const waited = new Promise<void>((resolve) => setTimeout(resolve, waitMs));
  await Promise.race([closed, waited]);
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // All of the group are gone, as they should be.
  }
  return said;
}

test('a process of npm is told to end when npm is gone', async () => {
  expect(await saidAfterTheShellIsKilled({ npm_lifecycle_event: 'start' }, 20_000)).toContain('told to end');
});

test('a process that was started directly runs on', async () => {
  expect(await saidAfterTheShellIsKilled({}, 2_000)).not.toContain('told to end');
});
