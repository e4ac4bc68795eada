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
const shipped = shippedPackages(projectRoot);
const document = JSON.parse(bill.toString());
for (const { name, version, license, isBundled } of shipped) {
  if (!isBundled) continue;
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  document.components.push({
    'bom-ref': purl,
    type: 'library',
    name,
    version,
    purl,
    licenses: [{ expression: license }],
  });
}
writeFileSync(join(folder, 'sbom.cdx.json'), JSON.stringify(document, null, 2));
const lines = shipped.map(({ name, version, license }) => `${name}\t${version}\t${license}`);
writeFileSync(join(folder, 'licenses.tsv'), `${['package\tversion\tlicense', ...lines].join('\n')}\n`);
process.stdout.write(`${String(document.components.length)} components in ${join(folder, 'sbom.cdx.json')}\n`);
process.stdout.write(`${String(lines.length)} licenses in ${join(folder, 'licenses.tsv')}\n`);
