/** JSON Schemas compiled into modules ahead of time, so that starting costs no compilation. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(path.join(root, 'libs/domain/package.json'));
const { Ajv2020 } = require('ajv/dist/2020.js');
const standaloneCode = require('ajv/dist/standalone/index.js').default;

// Patterns instead of ajv-formats: they are inlined into the generated code, which then needs no import at run time.
const FORMATS = {
  'date-time':
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]*$/,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
};

export function newAjv(allErrors) {
  const ajv = new Ajv2020({ strict: false, allErrors, messages: true, code: { source: true, esm: true, lines: true } });
  for (const [name, pattern] of Object.entries(FORMATS)) ajv.addFormat(name, pattern);
  return ajv;
}

/** One module that exports validators of these schemas by name. The file stands one folder below openlineage or beside it. */
export function emit(banner, ajv, refs, exportName, types = '../validator.js') {
  const code = standaloneCode(ajv, refs)
    .replace(/^"use strict";/, '')
    .replaceAll(/^export const /gm, 'const ')
    // Names of validators depend on the order of compilation only, so the output is stable.
    .trim();
  if (/\brequire\(/.test(code)) throw new Error(`${exportName}: generated code needs a run-time import`);
  const entries = Object.keys(refs)
    .map((name) => `  ${name},`)
    .join('\n');
  return `${banner}import type { GeneratedValidator } from '${types}';\n\n${code}\n\nexport const ${exportName}: Readonly<Record<string, GeneratedValidator>> = {\n${entries}\n};\n`;
}

/** Writes the files, or with --check exits 1 where one is out of date. */
export function writeOrCheck(outDir, files, script) {
  const stale = [];
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(outDir, name);
    if (process.argv.includes('--check')) {
      let current = '';
      try {
        current = readFileSync(file, 'utf8');
      } catch {
        // A missing file is out of date like a changed one.
      }
      if (current !== text) stale.push(path.relative(root, file));
    } else writeFileSync(file, text);
  }
  if (stale.length > 0) {
    console.error(`Out of date: ${stale.join(', ')}. Run: node ${script}`);
    process.exit(1);
  }
}
