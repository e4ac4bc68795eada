import type { Checkpoints, ProjectionName } from '@headwater/domain/checkpoints';
import { HeadwaterError } from '@headwater/domain/errors';
import type { GraphCheckpoint } from '@headwater/domain/graph';
import { parsePosition } from '@headwater/domain/position';
import type { Clock, EventLog } from '@headwater/domain/ports';
import { MICROS_PER_SECOND } from '@headwater/domain/time';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 50;

export interface AwaitPositionOptions {
  /** How long a query may wait before it is told the lag; 5 s unless told. */
  readonly timeoutMs?: number;
}

/**
 * Read your writes (rule 31): resolves once the projections have reached a position that an ingest answer gave. After
 * the time limit UNAVAILABLE (PROJECTION_BEHIND) with the lag as facts; INVALID_INPUT for a position of another log.
 */
export class AwaitPosition {
  readonly #timeoutMs: number;
  readonly #asked = new Map<ProjectionName, Promise<GraphCheckpoint>>();
  readonly #latest = new Map<ProjectionName, { readonly position: number; readonly pauseMs: number }>();

  constructor(
    private readonly log: Pick<EventLog, 'logId'>,
    private readonly checkpoints: Checkpoints,
    private readonly clock: Clock,
    options: AwaitPositionOptions = {},
  ) {
    this.#timeoutMs = options.timeoutMs ?? 5_000;
  }

  async execute(position: string, projection: ProjectionName): Promise<void> {
    const wanted = parsePosition(this.log.logId, position);
    const deadline = this.clock.now() + this.#timeoutMs * 1000;
    for (let known = await this.checkpoints.checkpoint(projection); known.position < wanted;) {
      if (this.clock.now() >= deadline)
        throw behind(projection, wanted, known.position, this.#lagSeconds(known.recordedAt));
      known = await this.#next(projection);
    }
  }

  /** Where the projection is a little later: all who wait for it share the question, however many they are. */
  #next(projection: ProjectionName): Promise<GraphCheckpoint> {
    const asked = this.#asked.get(projection);
    if (asked !== undefined) return asked;
    const next = this.#ask(projection).finally(() => this.#asked.delete(projection));
    this.#asked.set(projection, next);
    return next;
  }

  async #ask(projection: ProjectionName): Promise<GraphCheckpoint> {
    const { position, pauseMs } = this.#latest.get(projection) ?? { position: 0, pauseMs: FIRST_PAUSE_MS };
    await this.checkpoints.moved(pauseMs);
    const known = await this.checkpoints.checkpoint(projection);
    // The longer it stands still, the more seldom it is asked.
    const longer = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    this.#latest.set(projection, {
      position: known.position,
      pauseMs: known.position === position ? longer : FIRST_PAUSE_MS,
    });
    return known;
  }

  /** Null before the first event: then there is nothing to measure from. */
  #lagSeconds(recordedAt: number): number | null {
    if (recordedAt === 0) return null;
    return Math.max(0, (this.clock.now() - recordedAt) / MICROS_PER_SECOND);
  }
}

function behind(
  projection: ProjectionName,
  wanted: number,
  reached: number,
  lagSeconds: number | null,
): HeadwaterError {
  const lagEvents = wanted - reached;
  const since = lagSeconds === null ? '' : `; the last one it has is ${lagSeconds.toFixed(1)} s old`;
  return new HeadwaterError('UNAVAILABLE', `The ${projection} projection is ${lagEvents} events behind`, {
    reason: 'PROJECTION_BEHIND',
    retryAfterS: 1,
    publicMessage: `Not yet readable: the ${projection.toLowerCase()} is ${lagEvents} events behind${since}. Try again shortly.`,
    facts: { projection, lagEvents, ...(lagSeconds === null ? {} : { lagSeconds }) },
  });
}
