import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { caughtUp } from './graphql.js';

const DIST = fileURLToPath(new URL('../../apps/standalone/dist/', import.meta.url));
const READY = /^(?:Headwater is ready: (\S+)\/graphql|How far it is: (\S+)\/health)/m;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built product in a process of its own, as `npm start` or `npm run headwater` runs it. */
export class ProductProcess {
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  #output = '';
  #errors = '';
  #exit: Exit | undefined;

  private constructor(program: string, args: readonly string[], settings: Readonly<Record<string, string>>) {
    const file = path.join(DIST, program);
    if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build"`);
    const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
    // Never the one of whoever runs the tests: a start keeps its token there, in place of one that its database lacks.
    const dataDir = path.join(tmpdir(), `headwater-product-${randomUUID()}`);
    this.#child = spawn(process.execPath, [file, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ PATH, HOME, PORT: '0', HEADWATER_AUTH: 'off', HEADWATER_DATA_DIR: dataDir },
        ...(TMPDIR === '' ? {} : { TMPDIR }),
        ...settings,
      },
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.exited = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        rmSync(dataDir, { recursive: true, force: true });
        this.#exit = { code, signal };
        resolve(this.#exit);
      });
    });
  }

  /** Starts the server and waits until it serves. */
  static async serve(
    settings: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<ProductProcess> {
    const product = new ProductProcess('main.js', args, settings);
    await product.until(() => READY.test(product.output) && product.output.includes('Stop with Ctrl-C'));
    return product;
  }

  /** Starts the server without waiting. */
  static launch(settings: Readonly<Record<string, string>>, args: readonly string[] = []): ProductProcess {
    return new ProductProcess('main.js', args, settings);
  }

  static command(settings: Readonly<Record<string, string>>, args: readonly string[]): ProductProcess {
    return new ProductProcess('cli.js', args, settings);
  }

  /** Without a trailing slash. */
  get url(): string {
    const match = READY.exec(this.#output);
    return match?.[1] ?? match?.[2] ?? '';
  }

  /** The link of this start that signs a browser in; empty where authentication is off. */
  get signInLink(): string {
    return /^ {2}(http\S+\/auth\/link\?code=\S+)$/m.exec(this.#output)?.[1] ?? '';
  }

  get output(): string {
    return this.#output;
  }

  get errors(): string {
    return this.#errors;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** JSON lines of the log so far. */
  get logged(): readonly Record<string, unknown>[] {
    return this.#output
      .split('\n')
      .filter((line) => line.startsWith('{"level"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async until(condition: () => boolean | Promise<boolean>, timeoutMs = 90_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await condition())) {
      if (this.#exit !== undefined) throw new Error(`it ended: ${JSON.stringify(this.#exit)}\n${this.#all()}`);
      if (Date.now() > deadline) throw new Error(`not within ${String(timeoutMs)} ms\n${this.#all()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Resolves once catalog and graph have every event of the log; else throws with the end of what was logged. */
  async caughtUp(timeoutMs = 90_000): Promise<void> {
    try {
      await caughtUp(this.url, timeoutMs);
    } catch (error) {
      throw new Error(`${String(error)}\n${this.#all()}`);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** SIGTERM, and SIGKILL for what does not end. */
  async stop(): Promise<Exit> {
    if (this.#exit !== undefined) return this.#exit;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 20_000);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Everything at once: the product with SIGKILL, and the PostgreSQL of its data directory with all its processes. */
  async killAll(dataDir: string): Promise<void> {
    const pids = postgresPids(dataDir);
    this.#child.kill('SIGKILL');
    for (const pid of pids) killOne(pid);
    await this.exited;
  }

  #all(): string {
    return `${this.#output.slice(-4_000)}\n${this.#errors.slice(-4_000)}`;
  }
}

/** A data directory that the embedded PostgreSQL's account can enter. */
export async function temporaryDataDir(): Promise<{ readonly dataDir: string; remove(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'headwater-product-'));
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

/** Processes of the PostgreSQL of a data directory, the one that started the others first; none between two of them. */
export function postgresPids(dataDir: string): readonly number[] {
  const file = path.join(dataDir, 'postgres-18', 'data', 'postmaster.pid');
  const pid = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN;
  return Number.isNaN(pid) ? [] : [pid, ...childrenOf(pid)];
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Children of a process, read from /proc: empty where there is none. */
export function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      // proc(5): the name in parentheses may hold anything; behind it come state and parent.
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
      return Number(fields?.[1]) === parent ? [Number(entry)] : [];
    } catch {
      // It ended between the listing and the reading.
      return [];
    }
  });
}
