import { Deadline } from '@headwater/application/ingest/deadline';
import { takeBody } from '@headwater/platform/http/http-adapter';
import type { FastifyRequest } from 'fastify';

/** OpenLineage's clients give up after 5 s, and some then lose the event where a 503 would make them try again. */
const ANSWER_WITHIN_MS = 4_500;

/** What `store` makes of the body by the deadline. The bytes count as in flight until the store is done with them. */
export async function answerInTime<T>(
  request: FastifyRequest,
  store: (bytes: Uint8Array, deadline: Deadline) => Promise<T>,
): Promise<T> {
  const { bytes, lease } = takeBody(request);
  const deadline = new Deadline(ANSWER_WITHIN_MS);
  try {
    return await store(bytes, deadline);
  } finally {
    void deadline.end().then(() => {
      lease.release();
    });
  }
}
