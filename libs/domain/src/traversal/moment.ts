import type { Clock } from '../ports.js';
import { LATEST, type ReadTime } from '../reading/read-time.js';
import { MICROS_PER_MINUTE } from '../time.js';
import type { Moment, MomentRequest, TraversalPorts } from './lineage-answer.js';

/**
 * How far ahead of this server an event may stand in effective time (lineage-semantics, rule 10). The latest state
 * includes it: what a producer with a fast clock was told is accepted would otherwise stay unseen for minutes.
 */
export const CLOCK_TOLERANCE = 5 * MICROS_PER_MINUTE;

/** Fixes both time axes at one checkpoint of the graph, so that a batch applied meanwhile does not show in part. */
export async function fixMoment(
  ports: Pick<TraversalPorts, 'graph' | 'clock'>,
  request: MomentRequest,
): Promise<Moment> {
  const checkpoint = await ports.graph.checkpoint();
  return {
    valid: request.between ?? { at: request.asOf ?? ports.clock.now() + CLOCK_TOLERANCE },
    knownAt: Math.min(request.knownAt ?? checkpoint.recordedAt, checkpoint.recordedAt),
    position: checkpoint.position,
  };
}

/** All that is known of now, by whichever process's clock it was written. */
export function nowBy(clock: Clock): ReadTime {
  return { at: clock.now() + CLOCK_TOLERANCE, knownAt: LATEST };
}
