// Plain Node without dependencies, in syntax that old releases still parse: it must be able to say "your Node is too old".
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const oldest = [20, 19];
const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

/**
 * The complaint about a Node release this project cannot run on, or undefined.
 * @param {string} version such as `20.19.0`
 * @returns {string | undefined}
 */
export function nodeTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
  return `Headwater needs Node ${oldest.join('.')} or newer, and this is Node ${version}. Install a current release from https://nodejs.org and run the same command again.`;
}

/** @param {string} file @returns {Record<string, any> | undefined} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether node_modules already holds what the lock file asks for: npm's own record of the last install says so.
 * Optional packages may be absent, because they belong to other platforms.
 * @param {string} root
 */
function installedAsLocked(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = present[path];
    if (!found) return entry.optional === true || entry.peer === true || entry.devOptional === true;
    return found.version === entry.version && found.resolved === entry.resolved;
  });
}

/** @param {string} root @returns {number} packages that are unpacked: npm makes all folders first, then fills them */
function countInstalled(root) {
  const top = join(root, 'node_modules');
  if (!existsSync(top)) return 0;
  return readdirSync(top)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(top, name)).map((inner) => join(name, inner)) : [name]))
    .filter((name) => existsSync(join(top, name, 'package.json'))).length;
}

/** @param {string[] | undefined} allowed @param {string} actual */
const fits = (allowed, actual) => allowed === undefined || allowed.includes(actual);

/** @param {string} root @returns {number} packages at the top of node_modules on this platform */
function expectedCount(root) {
  return Object.entries(packagesOf(join(root, 'package-lock.json')) ?? {}).filter(
    ([path, { os, cpu }]) =>
      path.lastIndexOf('node_modules/') === 0 && fits(os, process.platform) && fits(cpu, process.arch),
  ).length;
}

/** @param {string} root @param {string[]} args @param {(line: string) => void} say */
function runNpm(root, args, say) {
  const viaNpm = process.env.npm_execpath;
  const usesNode = viaNpm !== undefined && /\.c?js$/.test(viaNpm);
  const command = usesNode ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const total = expectedCount(root);
  const startedAt = Date.now();
  const terminal = process.stderr.isTTY === true;
  return new Promise((resolve) => {
    const child = spawn(command, usesNode ? [viaNpm, ...args] : args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !usesNode && process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const report = () => {
      const line = `  ${Math.min(countInstalled(root), total)} of about ${total} packages, ${seconds(startedAt)}`;
      if (terminal) process.stderr.write(`\r${line}   `);
      else say(line);
    };
    const timer = setInterval(report, terminal ? 500 : 5000);
    const finish = (code, text) => {
      clearInterval(timer);
      if (terminal) process.stderr.write('\r\u001b[K');
      resolve({ code, output: text, took: seconds(startedAt) });
    };
    child.on('error', (error) => finish(1, `${output}${error.message}`));
    child.on('close', (code) => finish(code ?? 1, output));
  });
}

/**
 * Installs what package-lock.json asks for when node_modules is absent or belongs to another lock file; otherwise it
 * only reads one file and touches no network. Says what it does, and ends the process with advice when it cannot.
 * @param {{ root?: string, say?: (line: string) => void, nodeVersion?: string }} [options]
 * @returns {Promise<{ installed: boolean }>}
 */
export async function ensureInstalled(options = {}) {
  const root = options.root ?? projectRoot;
  const say = options.say ?? ((line) => void process.stderr.write(`${line}\n`));
  const tooOld = nodeTooOld(options.nodeVersion ?? process.versions.node);
  if (tooOld) throw new Error(tooOld);

  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, 'node_modules', '.headwater-installed');
  const have = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
  if (have === wanted) return { installed: false };

  const present = existsSync(join(root, 'node_modules'));
  if (present && installedAsLocked(root)) {
    writeFileSync(stamp, wanted);
    return { installed: false };
  }
  say(present ? 'Packages: package-lock.json has changed; installing anew.' : 'Packages: first start; installing.');
  const { code, output, took } = await runNpm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], say);
  if (code !== 0) {
    const advice =
      'Installing the packages failed (npm ci, above). Check that the npm registry can be reached (proxy, network), then run the same command again.';
    throw new Error(`${output.trim()}\n\n${advice}`);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  say(`Packages: installed in ${took}.`);
  return { installed: true };
}

/**
 * `ensureInstalled` for the entry scripts: a failure is printed plainly, without a stack, and ends the process.
 * @returns {Promise<void>}
 */
export async function ensureInstalledOrExit() {
  try {
    await ensureInstalled();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureInstalledOrExit();
