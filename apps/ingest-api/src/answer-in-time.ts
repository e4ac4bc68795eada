import { HeadwaterError } from '@headwater/domain/errors';

/** OpenLineage's clients give up after 5 s, and some then lose the event where a 503 would make them try again. */
const ANSWER_WITHIN_MS = 4_500;

/**
 * The outcome of storing one event, or UNAVAILABLE when it takes longer than clients wait. The event may still be
 * stored; the resend is then a duplicate.
 */
export async function answerInTime<T>(stored: Promise<T>, withinMs: number = ANSWER_WITHIN_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new HeadwaterError('UNAVAILABLE', `Storing took longer than ${String(withinMs)} ms`, { reason: 'TOO_SLOW' }),
      );
    }, withinMs);
  });
  try {
    return await Promise.race([stored, late]);
  } finally {
    clearTimeout(timer);
    // Where the deadline came first, a later failure has nobody to tell.
    stored.catch(() => undefined);
  }
}
