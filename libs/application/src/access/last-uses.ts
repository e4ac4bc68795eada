import type { AccessStore } from '@headwater/domain/access/access-store';
import { MICROS_PER_SECOND, type Micros } from '@headwater/domain/time';

const FLUSH_MS = 20_000;
/** A session or token in steady use is written at most so often. */
const GRAIN: Micros = 30 * MICROS_PER_SECOND;

/** When tokens and sessions were used last, written together now and then rather than with each request. */
export class LastUses {
  readonly #tokens = new Map<string, Micros>();
  readonly #sessions = new Map<string, Micros>();
  readonly #written = new Map<string, Micros>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly store: Pick<AccessStore, 'touchTokens' | 'touchSessions'>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  token(id: string, at: Micros): void {
    this.#use(this.#tokens, id, at);
  }

  session(hash: string, at: Micros): void {
    this.#use(this.#sessions, hash, at);
  }

  async flush(): Promise<void> {
    const tokens = new Map(this.#tokens);
    const sessions = new Map(this.#sessions);
    this.#tokens.clear();
    this.#sessions.clear();
    try {
      await this.store.touchTokens(tokens);
      await this.store.touchSessions(sessions);
    } catch (error) {
      // A lost time of last use is no reason to refuse anybody.
      this.onError(error);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  #use(uses: Map<string, Micros>, key: string, at: Micros): void {
    if (at - (this.#written.get(key) ?? 0) < GRAIN) return;
    this.#written.set(key, at);
    uses.set(key, at);
    if (this.#written.size > 10_000) this.#written.clear();
  }
}
