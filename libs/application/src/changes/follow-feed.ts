import type { ChangeEntry, ChangeFeed } from '@headwater/domain/change-feed';
import { HeadwaterError } from '@headwater/domain/errors';
import { formatPosition } from '@headwater/domain/position';

/** Entries of one read. */
const BATCH = 200;
/** A lost wake-up costs at most so much. */
const IDLE_POLL_MS = 5_000;

export interface FollowOptions {
  readonly after: number;
  /** For the message where `after` is too old. */
  readonly logId: string;
  readonly signal: AbortSignal;
}

/**
 * Batches of the feed's entries behind `after`, oldest first, without end: what is there at once, then what comes.
 * Throws INVALID_INPUT (AFTER_TOO_OLD) when entries behind it have been removed, now or while the reader was slow.
 */
export async function* followFeed(
  feed: ChangeFeed,
  options: FollowOptions,
): AsyncGenerator<readonly ChangeEntry[], void, undefined> {
  const { signal, logId } = options;
  let { after } = options;
  const bell = new Bell(signal);
  // Subscribed before the first read: what is added in between rings.
  const unsubscribe = feed.subscribe(() => bell.ring());
  try {
    while (!signal.aborted) {
      const entries = await feed.read(after, BATCH);
      const oldest = await feed.oldest();
      if (oldest > after) throw tooOld(logId, oldest);
      const last = entries.at(-1);
      if (last === undefined) await bell.wait(IDLE_POLL_MS);
      else {
        after = last.position;
        yield entries;
      }
    }
  } finally {
    unsubscribe();
  }
}

/**
 * How far the catalog is, each time that it is further than `after` or than it was told last, without end: also by events
 * that changed nothing.
 */
export async function* followHead(
  feed: Pick<ChangeFeed, 'head' | 'subscribe'>,
  { after, signal }: Pick<FollowOptions, 'after' | 'signal'>,
): AsyncGenerator<number, void, undefined> {
  const bell = new Bell(signal);
  const unsubscribe = feed.subscribe(() => bell.ring());
  let last = after;
  try {
    while (!signal.aborted) {
      const { position } = await feed.head();
      if (position <= last) await bell.wait(IDLE_POLL_MS);
      else {
        last = position;
        yield position;
      }
    }
  } finally {
    unsubscribe();
  }
}

function tooOld(logId: string, oldest: number): HeadwaterError {
  return new HeadwaterError(
    'INVALID_INPUT',
    'The changes behind `after` are no longer kept: read the present state and subscribe without `after`',
    { reason: 'AFTER_TOO_OLD', facts: { oldest: formatPosition(logId, oldest) } },
  );
}

/** Waits for the next ring; one that came while nobody waited counts. */
class Bell {
  #hasRung = false;
  #wake: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.ring(), { once: true });
    if (signal.aborted) this.#hasRung = true;
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  async wait(timeoutMs: number): Promise<void> {
    if (!this.#hasRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
    this.#hasRung = false;
  }
}
