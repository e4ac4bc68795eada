import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, type TestContext } from 'vitest';
import { checkNotHeld, lockInstance } from './instance-lock.js';
import { lockByFile, type LockFile } from './lock-file.js';
import { currentHolder, holderState, parseHolder, type LockHolder } from './lock-holder.js';

const WATCH_MS = 300;

let directory: string;
let file: string;
let lines: string[];
let here: LockHolder;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'headwater-lock-'));
  file = path.join(directory, 'instance.lock');
  lines = [];
  here = await currentHolder();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const onProgress = (line: string): void => void lines.push(line);
const options = { onProgress, watchMs: WATCH_MS, beatMs: 20 };
/** A holder in another container of this machine. */
const foreign = (more: Partial<LockHolder> = {}): LockHolder => {
  const elsewhere = { token: 'theirs', host: 'c0ffee', pid: 7, pidNamespace: 'pid:[1]', startedAt: '5' };
  return { ...here, ...elsewhere, ...more };
};
const leave = (holder: LockHolder): Promise<void> => writeFile(file, JSON.stringify(holder));
const heldBy = (text: string) => ({
  category: 'CONFLICT',
  reason: 'DATA_DIRECTORY_IN_USE',
  message: expect.stringContaining(text) as unknown,
});

function skipWithoutProc(context: TestContext): void {
  if (here.pidNamespace !== null) return;
  console.warn('skipped: there is no /proc here');
  context.skip('there is no /proc here');
}

test('one holder a directory, also by another path to it, until it lets go', async () => {
  const lock = await lockInstance(directory, options);
  const again = lockInstance(`${directory}/../${path.basename(directory)}`, options);
  await expect(again).rejects.toMatchObject(heldBy(`process ${process.pid}`));
  await expect(checkNotHeld(directory)).rejects.toMatchObject(heldBy(`process ${process.pid}`));
  expect(parseHolder(await readFile(file, 'utf8'))).toMatchObject({ host: hostname(), pid: process.pid });
  await lock.release();
  await checkNotHeld(directory);
  await checkNotHeld(path.join(directory, 'not-there'));
  expect(await readdir(directory)).toEqual([]);
  await (await lockInstance(directory, options)).release();
  expect(lines).toEqual([]);
});

test('a holder in another container that shows no sign of life is watched, with a line that says so, and followed', async () => {
  await leave(foreign());
  const began = performance.now();
  const lock = await lockInstance(directory, options);
  expect(performance.now() - began).toBeGreaterThanOrEqual(WATCH_MS - 5);
  expect(lines).toEqual([expect.stringMatching(/process 7 on c0ffee .*cannot be seen from here.*watching for 1 s/)]);
  expect(parseHolder(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid });
  await lock.release();
  expect(await readdir(directory)).toEqual([]);
});

test.each([
  ['forward', 1000],
  ['back, by a step of its clock', -86_400_000],
])('a holder in another container whose file moves %s keeps the directory', async (_, step) => {
  await leave(foreign());
  const touch = sleep(WATCH_MS / 3).then(async () => {
    const moved = new Date((await stat(file)).mtimeMs + step);
    await utimes(file, moved, moved);
  });
  await expect(lockInstance(directory, options)).rejects.toMatchObject(heldBy('process 7 on c0ffee'));
  await touch;
  expect(parseHolder(await readFile(file, 'utf8'))?.token).toBe('theirs');
});

test('a file that names no holder is watched as well', async () => {
  await writeFile(file, '');
  await (await lockInstance(directory, options)).release();
  expect(lines).toEqual([expect.stringContaining('another Headwater holds the directory')]);
});

test('a living process of the same boot and process namespace is found at once, where no socket tells of it', async (context) => {
  skipWithoutProc(context);
  const child = spawn('sleep', ['60']);
  try {
    const fields = (await readFile(`/proc/${child.pid ?? 0}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
    await leave({ ...here, token: 'theirs', pid: child.pid ?? 0, startedAt: fields[19] ?? null });
    await expect(lockInstance(directory, options)).rejects.toMatchObject(heldBy(`process ${child.pid ?? 0} on`));
  } finally {
    child.kill();
    await once(child, 'exit');
  }
  await (await lockInstance(directory, options)).release();
  expect(lines).toEqual([]);
});

test('a number that another process has by now is no holder', async (context) => {
  skipWithoutProc(context);
  await leave({ ...here, token: 'theirs', startedAt: '5' });
  await (await lockInstance(directory, options)).release();
  expect(lines).toEqual([]);
});

test('the heartbeat keeps no process alive, and who ended without letting go is in nobody’s way', async () => {
  const script = `import { lockInstance } from '@headwater/store-postgres/embedded/instance-lock';
    await lockInstance(${JSON.stringify(directory)}, { beatMs: 20 });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(parseHolder(await readFile(file, 'utf8'))?.pid).toBe(child.pid);
  await (await lockInstance(directory, options)).release();
  expect(lines).toEqual([]);
});

test('a holder touches its file, and makes it anew when somebody deletes it', async () => {
  const lock = await lockInstance(directory, options);
  const { mtimeMs } = await stat(file);
  await expect.poll(async () => (await stat(file)).mtimeMs).toBeGreaterThan(mtimeMs);
  await rm(file);
  await expect.poll(() => readdir(directory)).toEqual(['instance.lock']);
  await lock.release();
});

test('a holder whose directory another has taken says so once and leaves the file alone', async () => {
  let losses = 0;
  const lock = await lockInstance(directory, { ...options, onLost: () => void (losses += 1) });
  await leave(foreign());
  await expect.poll(() => losses).toBe(1);
  const { mtimeMs } = await stat(file);
  await sleep(100);
  await lock.release();
  expect(losses).toBe(1);
  expect((await stat(file)).mtimeMs).toBe(mtimeMs);
});

test('of several that watch a dead holder at one time one gets the directory', async () => {
  await leave(foreign());
  const watch = (n: number): ReturnType<typeof lockByFile> =>
    lockByFile(file, foreign({ token: `t${n}`, pidNamespace: `pid:[${n + 2}]`, pid: n }), {
      ...options,
      onLost: () => lines.push('lost'),
    });
  const found = await Promise.all([0, 1, 2, 3].map(watch));
  const locks = found.filter((one): one is LockFile => 'release' in one);
  expect(locks).toHaveLength(1);
  await sleep(100);
  expect(lines).not.toContain('lost');
  await locks[0]?.release();
  expect(await readdir(directory)).toEqual([]);
});

test('one that died while it took a directory over is in nobody’s way', async () => {
  await leave(foreign());
  await writeFile(`${file}.claim`, JSON.stringify(foreign({ token: 'dead' })));
  const lock = await lockByFile(file, foreign({ token: 'next', pidNamespace: 'pid:[2]' }), {
    ...options,
    onLost: () => lines.push('lost'),
  });
  expect(lock).toHaveProperty('release');
  expect(await readdir(directory)).toEqual(['instance.lock']);
  await sleep(100);
  expect(lines).not.toContain('lost');
  await (lock as LockFile).release();
  expect(await readdir(directory)).toEqual([]);
});

test('without /proc a holder on this host was told of by its socket, and one on another host is watched', async () => {
  const bare = { ...here, bootId: null, pidNamespace: null, startedAt: null };
  expect(await holderState({ ...bare, token: 'theirs' }, bare)).toBe('GONE');
  expect(await holderState({ ...bare, host: 'elsewhere' }, bare)).toBe('UNKNOWN');
  expect(await holderState(foreign({ host: here.host }), bare)).toBe('UNKNOWN');
  expect(await holderState(bare, foreign())).toBe('UNKNOWN');
});
