import type { LineageGraph } from '@headwater/domain/ports';
import type { Document } from './event-streams.js';

export interface IngestAnswer {
  readonly position: string;
  readonly duplicate: boolean;
}

/** Posts one event; throws with the server's answer unless it was accepted. */
export async function postEvent(url: string, document: Document): Promise<IngestAnswer> {
  const response = await fetch(`${url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: document,
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`${String(response.status)} ${text}`);
  return JSON.parse(text) as IngestAnswer;
}

/** Posts all, eight at a time, in the order given. */
export async function postAll(url: string, documents: readonly Document[]): Promise<readonly IngestAnswer[]> {
  const answers: IngestAnswer[] = [];
  const queue = documents.values();
  const lane = async (): Promise<void> => {
    for (const document of queue) answers.push(await postEvent(url, document));
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return answers;
}

/** The number behind the log's id in `<log id>.<n>`. */
export function positionOf(answer: IngestAnswer): number {
  return Number(answer.position.slice(answer.position.lastIndexOf('.') + 1));
}

/** Resolves once the graph has every event up to `position`. */
export async function projected(graph: LineageGraph, position: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { position: reached } = await graph.checkpoint();
    if (reached >= position) return;
    if (Date.now() > deadline) throw new Error(`the graph stands at ${String(reached)}, not at ${String(position)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs one GraphQL operation; throws with the errors of the answer. */
export async function query<T>(
  url: string,
  text: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, variables }),
  });
  const body = (await response.json()) as { readonly data?: T; readonly errors?: unknown };
  if (body.errors !== undefined || body.data === undefined) throw new Error(JSON.stringify(body));
  return body.data;
}
