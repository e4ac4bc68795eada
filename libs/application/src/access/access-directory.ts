import type { AccessState, AccessStore, BindingRow, KeptToken } from '@headwater/domain/access/access-store';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Clock } from '@headwater/domain/ports';
import { MICROS_PER_SECOND, type Micros } from '@headwater/domain/time';

/** Read again at the latest after this long, in case a notification was lost. */
const REFRESH_AFTER: Micros = 3 * MICROS_PER_SECOND;
/** What could not be confirmed for this long is not believed any more: it may have been revoked. */
const BELIEVED_FOR: Micros = 60 * MICROS_PER_SECOND;

/**
 * How long a read is waited for. Where what is held is believed, a store that hangs must not use up the 5 s in which a
 * producer's event has to be answered; after a known change it is waited for longer than where nobody told of one.
 */
const PATIENCE_MS = { routine: 100, changed: 400, nothingHeld: 2_000 } as const;

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
  #readingSince: Micros = 0;
  #reads = 0;
  /** Changes told of so far, and how many of them what is held shows. */
  #changes = 0;
  #changesHeld = 0;
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
    this.#changes += 1;
    // A read that began before the change may not show it.
    this.#reading = undefined;
  }

  close(): void {
    this.#unsubscribe();
  }

  async #current(): Promise<Directory> {
    const directory = this.#directory;
    if (directory !== undefined && this.#isFresh()) return directory;
    const now = this.clock.now();
    const isBelieved = directory !== undefined && now - this.#readAt < BELIEVED_FOR;
    const reading = (this.#reading ??= this.#read((this.#reads += 1)));
    const isChanged = this.#changes !== this.#changesHeld;
    const patienceMs = PATIENCE_MS[isBelieved ? (isChanged ? 'changed' : 'routine') : 'nothingHeld'];
    try {
      return await within(patienceMs - (now - this.#readingSince) / 1000, reading);
    } catch (error) {
      // The log is away with it: what needs the database fails by itself, and health checks go on.
      if (isBelieved) return directory;
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
    this.#readingSince = startedAt;
    const changes = this.#changes;
    try {
      const directory = directoryOf(await this.store.state());
      // One that began later knows more.
      if (number === this.#reads) {
        this.#directory = directory;
        this.#readAt = startedAt;
        this.#changesHeld = changes;
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

/** Fails where the work takes longer; it goes on for those who come later. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // What has arrived while this process was busy is not late.
      setImmediate(reject, new Error(`not read within ${String(Math.ceil(ms))} ms`));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
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
