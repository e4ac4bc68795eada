// npm run bench [-- name …] [--quick]: runs test/bench/*.bench.mjs and prints each figure beside its target and its
// floor. With --quick the loads are smaller: for a look, not for a record.
import { readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildOrExit, projectRoot } from './build-project.mjs';
import { ensureInstalledOrExit } from './ensure-installed.mjs';

const folder = join(projectRoot, 'test', 'bench');
const suffix = '.bench.mjs';

/**
 * One figure of a bench. A floor is what the same work costs without the product; rates (`…/s`), and figures
 * that say so, are better when higher, all others when lower.
 * @typedef {{ what: string, unit: string, target: number, floor?: number, measured: number, isHigherBetter?: boolean }} Figure
 */

/** @typedef {{ say: (line: string) => void, isQuick: boolean }} BenchContext */

/** @param {number} value */
const shown = (value) => (value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3));

/** @param {Figure} figure */
const isMet = ({ unit, target, measured, isHigherBetter = unit.endsWith('/s') }) =>
  isHigherBetter ? measured >= target : measured <= target;

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
  const asked = process.argv.slice(2);
  const isQuick = asked.includes('--quick');
  const wanted = asked.filter((argument) => argument !== '--quick');
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`No such bench: ${unknown.join(', ')}. There are: ${names.join(', ')}.\n`);
    process.exit(2);
  }
  await ensureInstalledOrExit();
  buildOrExit();
  const startedAt = performance.now();
  const elapsed = () => `${Math.round((performance.now() - startedAt) / 1000)} s`;
  const say = (/** @type {string} */ line) => void process.stderr.write(`  ${line}\n`);
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'processor'}, Node ${process.versions.node}`;
  process.stdout.write(
    `${machine}, load average ${loadavg()[0]?.toFixed(1)}${isQuick ? '; quick: smaller loads' : ''}\n`,
  );
  let failed = 0;
  for (const name of wanted.length === 0 ? names : wanted) {
    const bench = await import(pathToFileURL(join(folder, `${name}${suffix}`)).href);
    process.stdout.write(`\n${bench.name}: ${bench.target}\n`);
    try {
      process.stdout.write(`${benchTable(await bench.run({ say, isQuick }))}\n`);
    } catch (error) {
      failed += 1;
      process.stdout.write(
        `gave no figures: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    }
    say(`${elapsed()}, load average ${loadavg()[0]?.toFixed(1)}`);
  }
  const { stopCatalogServers } = await import(pathToFileURL(join(folder, 'big-catalog.mjs')).href);
  await stopCatalogServers();
  const { stopGovernedServer } = await import(pathToFileURL(join(folder, 'governed-services.mjs')).href);
  await stopGovernedServer();
  process.exit(failed > 0 ? 1 : 0);
}

if (process.argv[1] === import.meta.filename) await main();
