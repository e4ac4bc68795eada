import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Linux counts CPU time of processes in ticks of 10 ms. */
const TICK_MS = 10;

/** @param {number} pid @returns {string[]} the fields of /proc/<pid>/stat behind the program's name; empty without one */
function statOf(pid) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** @param {number} pid @returns {number} milliseconds of CPU that one process has used, those of its dead children included */
function ownCpuMs(pid) {
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = statOf(pid).slice(11, 15).map(Number);
  return (user + system + childUser + childSystem) * TICK_MS;
}

/** @param {number} pid @returns {number} milliseconds of CPU of a process and its children, also of those that ended */
function withChildrenMs(pid) {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(statOf(Number(name))[1]) === pid);
  return children.reduce((sum, child) => sum + ownCpuMs(Number(child)), ownCpuMs(pid));
}

/** @param {string} dataDir @returns {number} process id of the PostgreSQL of a data directory */
function postgresPid(dataDir) {
  const found = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('postmaster.pid'),
  );
  return found === undefined ? 0 : Number(readFileSync(join(dataDir, found), 'utf8').split('\n')[0]);
}

/**
 * CPU used from now on: by the Node process and by the databases, each in microseconds an item.
 * @param {{ pid: number, dataDir: string }} server
 * @param {number} [neo4jPid]
 * @returns {(items: number) => string}
 */
export function countCpu({ pid, dataDir }, neo4jPid) {
  const postgres = postgresPid(dataDir);
  const read = () => ({
    node: ownCpuMs(pid),
    PostgreSQL: withChildrenMs(postgres),
    ...(neo4jPid === undefined ? {} : { Neo4j: ownCpuMs(neo4jPid) }),
  });
  const before = read();
  return (items) =>
    Object.entries(read())
      .map(([name, ms]) => `${name} ${Math.round(((ms - (before[name] ?? 0)) * 1000) / items)} µs`)
      .join(', ');
}

/** @param {number} pid @returns {{ rss: number, peak: number }} MB of memory that a process holds, and has ever held */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (/** @type {string} */ key) =>
    (Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  return { rss: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
