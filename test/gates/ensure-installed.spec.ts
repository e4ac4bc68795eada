import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureInstalled, nodeTooOld } from '../../scripts/ensure-installed.mjs';
import { plantTree, projectRoot } from './planted-tree.js';

const lock = (version: string): string =>
  JSON.stringify({
    name: 'planted',
    lockfileVersion: 3,
    packages: { '': { name: 'planted' }, 'node_modules/pinned': { version, resolved: 'file:pinned', link: false } },
  });

test('a Node that is too old is told so, with what to do', () => {
  expect(nodeTooOld('20.18.3')).toContain('needs Node 20.19 or newer, and this is Node 20.18.3');
  expect(nodeTooOld('18.20.0')).toBeDefined();
  expect(nodeTooOld('20.19.0')).toBeUndefined();
  expect(nodeTooOld('24.0.0')).toBeUndefined();
});

test('packages installed by hand from the same lock file are left alone', async () => {
  const tree = plantTree({ 'package-lock.json': lock('1.0.0'), 'node_modules/.package-lock.json': lock('1.0.0') });
  const said: string[] = [];
  expect(await ensureInstalled({ root: tree.root, say: (line: string) => said.push(line) })).toEqual({
    installed: false,
  });
  expect(said).toEqual([]);
  expect(readFileSync(join(tree.root, 'node_modules/.headwater-installed'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
});

/** A tree whose node_modules belongs to another lock file than the one it has now. */
const outdated = (dependencies: Readonly<Record<string, string>>) =>
  plantTree({
    'package.json': JSON.stringify({ name: 'planted', version: '1.0.0', dependencies }),
    'package-lock.json': JSON.stringify({
      name: 'planted',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'planted', version: '1.0.0', dependencies: { pinned: 'file:pinned' } },
        'node_modules/pinned': { resolved: 'pinned', link: true },
        pinned: { version: '2.0.0' },
      },
    }),
    'pinned/package.json': JSON.stringify({ name: 'pinned', version: '2.0.0' }),
    'node_modules/.package-lock.json': lock('1.0.0'),
  });

test('a changed lock file installs anew and says so, once', async () => {
  const tree = outdated({ pinned: 'file:pinned' });
  const said: string[] = [];
  const say = (line: string): number => said.push(line);
  expect(await ensureInstalled({ root: tree.root, say })).toEqual({ installed: true });
  expect(said[0]).toContain('package-lock.json has changed');
  expect(said.at(-1)).toMatch(/^Packages: installed in/);
  expect(existsSync(join(tree.root, 'node_modules/pinned/package.json'))).toBe(true);
  expect(await ensureInstalled({ root: tree.root, say })).toEqual({ installed: false });
});

test('an installation that fails shows why, with advice, and is tried again next time', async () => {
  const tree = outdated({ pinned: 'file:pinned', unlisted: '1.0.0' });
  await expect(ensureInstalled({ root: tree.root, say: () => undefined })).rejects.toThrow(
    /unlisted[^]*Check that the npm registry can be reached/,
  );
  expect(existsSync(join(tree.root, 'node_modules/.headwater-installed'))).toBe(false);
});

test('nothing to do asks neither npm nor the network', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/ensure-installed.mjs'], {
    cwd: projectRoot,
    encoding: 'utf8',
    // Without a path there is no npm to be found.
    env: { PATH: '' },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
