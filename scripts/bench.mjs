// npm run bench [-- name …]: runs test/bench/*.bench.mjs and prints each figure beside its target and its floor.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildOrExit, projectRoot } from './build-project.mjs';
import { ensureInstalledOrExit } from './ensure-installed.mjs';

const folder = join(projectRoot, 'test', 'bench');
const suffix = '.bench.mjs';

/**
 * One figure of a bench. A floor is what the same work costs without the product; rates (`…/s`) are better when higher,
 * all else when lower.
 * @typedef {{ what: string, unit: string, target: number, floor?: number, measured: number }} Figure
 */

/** @param {number} value */
const shown = (value) => (value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3));

/** @param {Figure} figure */
const isMet = ({ unit, target, measured }) => (unit.endsWith('/s') ? measured >= target : measured <= target);

/** @param {readonly Figure[]} figures @returns {string} */
export function benchTable(figures) {
  const header = ['what', 'unit', 'target', 'floor', 'measured', 'of floor', ''];
  const rows = figures.map((figure) => [
    figure.what,
    figure.unit,
    shown(figure.target),
    figure.floor === undefined ? '' : shown(figure.floor),
    shown(figure.measured),
    figure.floor === undefined ? '' : `${(figure.measured / figure.floor).toFixed(2)} x`,
    isMet(figure) ? 'met' : 'MISSED',
  ]);
  const widths = header.map((_, at) => Math.max(...[header, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, at) => (at >= 2 && at <= 5 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [header, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}

async function main() {
  const wanted = process.argv.slice(2);
  const files = readdirSync(folder).filter((name) => name.endsWith(suffix));
  const chosen = files.filter((name) => wanted.length === 0 || wanted.includes(name.slice(0, -suffix.length)));
  if (chosen.length === 0) {
    const names = files.map((name) => name.slice(0, -suffix.length)).join(', ');
    process.stderr.write(`No such bench: ${wanted.join(', ')}. There are: ${names}.\n`);
    process.exit(2);
  }
  await ensureInstalledOrExit();
  buildOrExit();
  const say = (/** @type {string} */ line) => void process.stderr.write(`  ${line}\n`);
  let failed = 0;
  for (const file of chosen) {
    const bench = await import(pathToFileURL(join(folder, file)).href);
    process.stdout.write(`\n${bench.name}: ${bench.target}\n`);
    try {
      process.stdout.write(`${benchTable(await bench.run({ say }))}\n`);
    } catch (error) {
      failed += 1;
      process.stdout.write(
        `gave no figures: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    }
  }
  process.exit(failed > 0 ? 1 : 0);
}

if (process.argv[1] === import.meta.filename) await main();
