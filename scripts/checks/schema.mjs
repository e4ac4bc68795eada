import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from '../build-project.mjs';
import { printedSchema } from '../print-schema.mjs';

const current = 'apps/catalog-api/schema.graphql';
const published = 'apps/catalog-api/schema.published.graphql';
const records = 'docs/adr';

/** @param {string} root */
const appExists = (root) => existsSync(join(root, 'apps/catalog-api/src/print-schema.ts'));
/** @param {string} root */
const appHasSources = (root) => filesUnder(join(root, 'apps/catalog-api/src')).length > 0;

/**
 * The checked-in SDL says what the catalog API serves.
 * @param {string} root
 * @param {(root: string) => Promise<{ sdl: string } | { problem: string }>} [print]
 * @returns {Promise<{ problems: string[], note?: string }>}
 */
export async function checkSchemaDrift(root, print = printedSchema) {
  if (!appHasSources(root)) return { problems: [], note: 'no catalog API yet' };
  if (!appExists(root) && print === printedSchema) {
    return { problems: ['apps/catalog-api/src/print-schema.ts is missing, so its schema cannot be compared'] };
  }
  const printed = await print(root);
  if ('problem' in printed) return { problems: [printed.problem] };
  const path = join(root, current);
  if (!existsSync(path)) return { problems: [`${current} is missing: run "node scripts/print-schema.mjs --write"`] };
  const kept = readFileSync(path, 'utf8').split('\n');
  const served = printed.sdl.split('\n');
  const at = served.findIndex((line, index) => line !== kept[index]);
  if (at < 0 && kept.length === served.length) return { problems: [] };
  const line = at < 0 ? served.length : at;
  return {
    problems: [
      `${current} differs from what the API serves, first at line ${line + 1}:`,
      `  checked in: ${kept[line] ?? '(ends)'}`,
      `  served:     ${served[line] ?? '(ends)'}`,
      'Run "npm run build && node scripts/print-schema.mjs --write" and read the difference.',
    ],
  };
}

/**
 * Whether a decision record names the published SDL as it is.
 * @param {string} root
 * @returns {boolean}
 */
function isRecorded(root) {
  const digest = createHash('sha256')
    .update(readFileSync(join(root, published)))
    .digest('hex');
  const folder = join(root, records);
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((file) => readFileSync(join(folder, file), 'utf8').includes(digest));
}

/**
 * Nothing that published clients may use is taken away: the SDL against the one of the last release, which changes with
 * a decision record only.
 * @param {string} root
 * @returns {Promise<{ problems: string[], note?: string }>}
 */
export async function checkBreakingChanges(root) {
  if (!existsSync(join(root, current))) {
    return appHasSources(root)
      ? { problems: [`${current} is missing: run "node scripts/print-schema.mjs --write"`] }
      : { problems: [], note: 'no catalog API yet' };
  }
  if (!existsSync(join(root, published))) {
    return { problems: [`${published} is missing: it holds the SDL of the last release`] };
  }
  if (!isRecorded(root)) {
    return {
      problems: [`${published} has changed, and no record in ${records} names its SHA-256: only a release does that`],
    };
  }
  const { buildSchema, findBreakingChanges } = await import('graphql');
  const read = (/** @type {string} */ path) => buildSchema(readFileSync(join(root, path), 'utf8'));
  const changes = findBreakingChanges(read(published), read(current));
  if (changes.length === 0) return { problems: [] };
  return {
    problems: [
      ...changes.map(({ type, description }) => `${type}: ${description}`),
      `Deprecate instead. Only a release with an ADR changes ${published}.`,
    ],
  };
}
