import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('append-events.mjs', import.meta.url));

/** A running `append-events.mjs`, and what it said so far. */
export class WriterProcess {
  readonly acknowledged = new Map<string, number>();
  readonly refused: string[] = [];
  postgresPid = 0;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #rest = '';
  #errors = '';

  constructor(dataDir: string, label: string) {
    this.#child = spawn(process.execPath, [PROGRAM, dataDir, label], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.#exited = new Promise((resolve) => this.#child.once('close', () => resolve()));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async until(condition: () => boolean, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!condition()) {
      if (this.#child.exitCode !== null) throw new Error(`the writer ended early: ${this.#errors}`);
      if (Date.now() > deadline) throw new Error(`the writer did not get there in time: ${this.#errors}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** SIGKILL, and everything it still said is read. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** SIGKILL to the server and to every process it started. */
  killPostgres(): void {
    for (const pid of [this.postgresPid, ...childrenOf(this.postgresPid)]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const [what, first = '', second] = line.split(' ');
      if (what === 'postgres') this.postgresPid = Number(first);
      else if (what === 'ack') this.acknowledged.set(first, Number(second));
      else if (what === 'refused') this.refused.push(first);
    }
  }
}

function childrenOf(parent: number): number[] {
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
