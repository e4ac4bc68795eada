import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, settingsFile, settingsPage } from '../print-settings.mjs';
import { composeProblems } from './docker.mjs';

/**
 * The documented settings are those that the configuration reads, and the compose file sets no other.
 * @param {string} root
 * @param {readonly import('../print-settings.mjs').Setting[]} [given]
 * @returns {Promise<{ problems: string[], note?: string }>}
 */
export async function checkSettings(root, given) {
  const settings = given ?? (await readSettings());
  const path = join(root, settingsFile);
  const kept = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const missing = settings
    .filter(({ name }) => !kept.includes(`\`${name}\``))
    .map(({ name }) => `${name} is not in ${settingsFile}`);
  const differs =
    kept === settingsPage(settings)
      ? []
      : [`${settingsFile} differs from the configuration: run "node scripts/print-settings.mjs --write"`];
  const composeFile = join(root, 'docker/compose.yaml');
  const names = new Set(settings.map(({ name }) => name));
  const composed = existsSync(composeFile) ? composeProblems(readFileSync(composeFile, 'utf8'), names) : [];
  return {
    problems: [...missing, ...differs, ...composed.map((problem) => `docker/compose.yaml: ${problem}`)],
    note: `${settings.length} settings`,
  };
}
