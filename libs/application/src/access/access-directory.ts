import type { AccessState, AccessStore, BindingRow, KeptToken } from '@headwater/domain/access/access-store';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Clock } from '@headwater/domain/ports';
import { MICROS_PER_SECOND, type Micros } from '@headwater/domain/time';

/** Read again at the latest after this long, in case a notification was lost. */
const REFRESH_AFTER: Micros = 3 * MICROS_PER_SECOND;
/** What could not be confirmed for this long is not believed any more: it may have been revoked. */
const BELIEVED_FOR: Micros = 60 * MICROS_PER_SECOND;

interface Directory {
  readonly tokens: ReadonlyMap<string, KeptToken>;
  readonly bindings: ReadonlyMap<string, readonly BindingRow[]>;
}

/**
 * All tokens and role bindings, held by this process so that judging a request costs no statement, and a wrong token
 * never reaches the database. A change by any process is seen at once, and within seconds where its notice was lost.
 */
export class AccessDirectory {
  #directory: Directory | undefined;
  #readAt: Micros = Number.NEGATIVE_INFINITY;
  #isStale = true;
  #reading: Promise<Directory> | undefined;
  #reads = 0;
  readonly #unsubscribe: () => void;
  readonly #onChange = new Set<() => void>();

  constructor(
    private readonly store: Pick<AccessStore, 'state' | 'subscribe'>,
    private readonly clock: Clock,
  ) {
    this.#unsubscribe = store.subscribe(() => {
      this.invalidate();
      for (const listener of this.#onChange) listener();
    });
  }

  /** Told of each change by any process. */
  onChange(listener: () => void): void {
    this.#onChange.add(listener);
  }

  async token(id: string): Promise<KeptToken | undefined> {
    return (await this.#current()).tokens.get(id);
  }

  /** The bindings of any of these subjects. */
  async bindings(subjects: readonly string[]): Promise<readonly BindingRow[]> {
    const { bindings } = await this.#current();
    return bindings.size === 0 ? [] : subjects.flatMap((subject) => bindings.get(subject) ?? []);
  }

  /** What looks answer from at this moment, by its identity; undefined where the next look reads anew. */
  edition(): object | undefined {
    return this.#isFresh() ? this.#directory : undefined;
  }

  /** The next look reads anew: for the process that has made a change itself. */
  invalidate(): void {
    this.#isStale = true;
    // A read that began before the change may not show it.
    this.#reading = undefined;
  }

  close(): void {
    this.#unsubscribe();
  }

  async #current(): Promise<Directory> {
    const directory = this.#directory;
    if (directory !== undefined && this.#isFresh()) return directory;
    const age = this.clock.now() - this.#readAt;
    try {
      return await (this.#reading ??= this.#read((this.#reads += 1)));
    } catch (error) {
      // The log is away with it: what needs the database fails by itself, and health checks go on.
      if (directory !== undefined && age < BELIEVED_FOR) return directory;
      throw new HeadwaterError('UNAVAILABLE', 'Tokens and roles cannot be read', {
        reason: 'ACCESS_AWAY',
        cause: error,
      });
    }
  }

  #isFresh(): boolean {
    return !this.#isStale && this.clock.now() - this.#readAt < REFRESH_AFTER;
  }

  async #read(number: number): Promise<Directory> {
    this.#isStale = false;
    const startedAt = this.clock.now();
    try {
      const directory = directoryOf(await this.store.state());
      // One that began later knows more.
      if (number === this.#reads) {
        this.#directory = directory;
        this.#readAt = startedAt;
      }
      return directory;
    } catch (error) {
      this.#isStale = true;
      throw error;
    } finally {
      if (number === this.#reads) this.#reading = undefined;
    }
  }
}

function directoryOf({ tokens, bindings }: AccessState): Directory {
  const bySubject = new Map<string, BindingRow[]>();
  for (const binding of bindings) {
    const held = bySubject.get(binding.subject);
    if (held === undefined) bySubject.set(binding.subject, [binding]);
    else held.push(binding);
  }
  return { tokens: new Map(tokens.map((token) => [token.id, token])), bindings: bySubject };
}
