import { HeadwaterError } from '@headwater/domain/errors';
import { exampleEvents } from './example/insurance-claims.js';

const EVENTS_A_REQUEST = 200;

interface BatchAnswer {
  readonly summary: { readonly failed: number };
  readonly failed_events: readonly { readonly index: number; readonly reason: string }[];
}

/**
 * Sends the example's events to a running server, as a producer would, with a token where it asks for one; they end
 * before `nowMs`. Loading it twice on one day changes nothing.
 */
export async function loadExample(
  url: string,
  say: (message: string) => void,
  token: string | null = null,
  nowMs = Date.now(),
): Promise<void> {
  const events = [...exampleEvents(nowMs * 1000)];
  for (let from = 0; from < events.length; from += EVENTS_A_REQUEST) {
    const response = await fetch(`${url}/api/v1/lineage/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(events.slice(from, from + EVENTS_A_REQUEST)),
    });
    const answer = (await response.json()) as Partial<BatchAnswer>;
    if (!response.ok || answer.summary?.failed !== 0) {
      const reason = answer.failed_events?.[0]?.reason ?? `status ${String(response.status)}`;
      throw new HeadwaterError('INTERNAL', `the example could not be loaded: ${reason}`);
    }
  }
  say(`  … example loaded (${String(events.length)} events)`);
}
