// The list of every setting as Markdown, from the table that the configuration itself reads: printed, or written to
// docker/settings.md with --write.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './build-project.mjs';
import { importSource } from './import-source.mjs';

export const settingsFile = 'docker/settings.md';

/** @typedef {{ name: string, group: string, default: string | null, secret: boolean, description: string }} Setting */

const groups = {
  http: 'HTTP',
  database: 'PostgreSQL',
  storage: 'Storage',
  neo4j: 'Neo4j',
  ingest: 'Ingest',
  catalog: 'Catalog',
  worker: 'Worker',
  logging: 'Logging',
  access: 'Identity',
  rates: 'Rates',
};

/** @returns {Promise<readonly Setting[]>} */
export async function readSettings() {
  return (await importSource('libs/platform/src/config.ts')).SETTINGS;
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/**
 * @param {readonly Setting[]} settings
 * @returns {string} Markdown, one table a group
 */
export function settingsPage(settings) {
  const names = [...new Set(settings.map(({ group }) => group))];
  const tables = names.map((group) => {
    const rows = settings
      .filter((setting) => setting.group === group)
      .map((setting) => {
        const fallback = setting.default === null ? 'none' : `\`${setting.default}\``;
        const secret = setting.secret ? ' Secret: give it from outside, never in a file of the repository.' : '';
        return `| \`${setting.name}\` | ${cell(fallback)} | ${cell(setting.description)}${secret} |`;
      });
    return `## ${groups[group] ?? group}\n\n| Setting | Default | What it does |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  const top = `# Settings

Environment variables, read once at the start. A wrong one ends the process with exit code 78 and a list of all that are
wrong; an empty one counts as not given.

<!-- Made by "node scripts/print-settings.mjs --write" from libs/platform/src/config.ts. -->
`;
  return [top, ...tables].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const page = settingsPage(await readSettings());
  if (process.argv.includes('--write')) writeFileSync(join(projectRoot, settingsFile), page);
  else process.stdout.write(page);
}
