import { exampleEvents } from '@headwater/standalone/example/insurance-claims';

const EVENTS_A_REQUEST = 200;

/** Sends the events of the example, and no edit of it, as a producer would; they end before `nowMs`. */
export async function sendExample(url: string, token: string | null = null, nowMs = Date.now()): Promise<void> {
  const events = [...exampleEvents(nowMs * 1000)];
  for (let from = 0; from < events.length; from += EVENTS_A_REQUEST) {
    const response = await fetch(`${url}/api/v1/lineage/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(events.slice(from, from + EVENTS_A_REQUEST)),
    });
    const answer = (await response.json()) as { summary?: { failed: number } };
    if (!response.ok || answer.summary?.failed !== 0) throw new Error(JSON.stringify(answer).slice(0, 1_000));
  }
}
