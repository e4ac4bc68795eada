import { HeadwaterError } from '@headwater/domain/errors';

interface Answer {
  readonly data?: { readonly loadExample: { readonly events: number; readonly edits: number } } | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Has a running server load its example, with a token where it asks for one. Doing so twice on one day changes nothing. */
export async function loadExample(
  url: string,
  say: (message: string) => void,
  token: string | null = null,
): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: 'mutation { loadExample { events edits } }' }),
  });
  const { data, errors } = (await response.json()) as Answer;
  if (data === undefined || data === null) {
    const reason = errors?.[0]?.message ?? `status ${String(response.status)}`;
    throw new HeadwaterError('INTERNAL', `the example could not be loaded: ${reason}`);
  }
  const { events, edits } = data.loadExample;
  say(`  … example loaded (${String(events)} events and ${String(edits)} edits)`);
}
