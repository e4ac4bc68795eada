import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

/** The checkout under test. */
export const projectRoot = resolve(import.meta.dirname, '../..');

const packages = ['pg', 'neo4j-driver', '@nestjs/common', 'graphql', 'zod', 'typescript', '@types/node'];
const domainRequire = createRequire(join(projectRoot, 'libs/domain/package.json'));

/** A small project in a temporary folder, with faults planted by the test; removed when the test ends. */
export interface PlantedTree {
  readonly root: string;
  /** Writes or replaces a file; the path is relative to the tree. */
  write(path: string, text: string): void;
  /** Copies a file or folder of the real project to the same place. */
  copy(path: string): void;
}

/** Plants `files` (path to text). Workspaces under libs and apps resolve by name, as in the real project. */
export function plantTree(files: Readonly<Record<string, string>>): PlantedTree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'headwater-gate-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const link = (name: string, target: string): void => {
    const from = join(root, 'node_modules', name);
    mkdirSync(dirname(from), { recursive: true });
    if (!existsSync(from)) symlinkSync(target, from, 'junction');
  };
  // A tree with a lock file installs its own packages.
  if (!('package-lock.json' in files)) {
    for (const name of packages) link(name, join(projectRoot, 'node_modules', name));
    // The domain's own release of ajv, which need not be the one at the top.
    link('ajv', dirname(domainRequire.resolve('ajv/package.json')));
  }
  for (const [path, text] of Object.entries(files)) {
    write(path, text);
    const workspace = /^((?:libs|apps)\/([^/]+))\/src\//.exec(path);
    if (!workspace) continue;
    const [, folder, name] = workspace as unknown as [string, string, string];
    const exports = { './*': { source: './src/*.ts', default: './dist/*.js' } };
    write(`${folder}/package.json`, JSON.stringify({ name: `@headwater/${name}`, type: 'module', exports }));
    write(`${folder}/tsconfig.json`, JSON.stringify({ extends: '../../tsconfig.base.json', include: ['src'] }));
    link(`@headwater/${name}`, join(root, folder));
  }
  const copy = (path: string): void => cpSync(join(projectRoot, path), join(root, path), { recursive: true });
  copy('tsconfig.base.json');
  return { root, write, copy };
}
