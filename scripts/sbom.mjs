// npm run sbom [-- <folder>]: the software bill of materials (CycloneDX) and the list of licenses of what is shipped.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectRoot } from './build-project.mjs';
import { shippedPackages } from './checks/licenses.mjs';
import { ensureInstalledOrExit } from './ensure-installed.mjs';

await ensureInstalledOrExit();
const folder = resolve(process.argv[2] ?? join(projectRoot, 'dist'));
mkdirSync(folder, { recursive: true });
const bill = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
  cwd: projectRoot,
  maxBuffer: 256 * 1024 * 1024,
});
writeFileSync(join(folder, 'sbom.cdx.json'), bill);
const lines = shippedPackages(projectRoot).map(({ name, version, license }) => `${name}\t${version}\t${license}`);
writeFileSync(join(folder, 'licenses.tsv'), `${['package\tversion\tlicense', ...lines].join('\n')}\n`);
process.stdout.write(
  `${String(JSON.parse(bill.toString()).components.length)} components in ${join(folder, 'sbom.cdx.json')}\n`,
);
process.stdout.write(`${String(lines.length)} licenses in ${join(folder, 'licenses.tsv')}\n`);
