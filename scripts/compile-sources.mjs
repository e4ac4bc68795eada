import { dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

/** TypeScript's message "Building project '{0}'...". */
const building = 6358;

/**
 * Compiles what is due of the solution in this folder, as `tsc -b` does; `--force`: all of it. Tells on standard error
 * which project it is at, where there are several, and on standard output what is wrong. Exit code 1 where something is.
 */
function compile() {
  const root = process.cwd();
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const projects = /** @type {{ references?: { path: string }[] }} */ (config).references ?? [];
  const format = {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (/** @type {string} */ name) => name,
    getNewLine: () => '\n',
  };
  const host = ts.createSolutionBuilderHost(
    ts.sys,
    undefined,
    (diagnostic) => void process.stdout.write(ts.formatDiagnostic(diagnostic, format)),
    ({ code, messageText }) => {
      if (code !== building) return;
      const [, file = ''] = /'(.+)'/.exec(ts.flattenDiagnosticMessageText(messageText, '\n')) ?? [];
      const folder = relative(root, dirname(resolve(root, file)));
      const at = projects.findIndex(({ path }) => path === folder) + 1;
      if (at > 0) process.stderr.write(`Build: compiling ${folder} (${at} of ${projects.length}).\n`);
    },
  );
  const options = { verbose: true, force: process.argv.includes('--force') };
  return ts.createSolutionBuilder(host, ['tsconfig.json'], options).build();
}

process.exitCode = compile() === ts.ExitStatus.Success ? 0 : 1;
