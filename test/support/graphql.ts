export interface GraphqlAnswer<T> {
  readonly status: number;
  readonly data: T | null;
  readonly errors: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

/** Asks a running server over HTTP; errors of the answer are returned, not thrown. */
export async function ask<T>(
  url: string,
  text: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<GraphqlAnswer<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: text, variables }),
  });
  const body = (await response.json()) as Partial<GraphqlAnswer<T>>;
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
}

/** The data of an answer without errors; throws with the errors of any other. */
export async function dataOf<T>(
  url: string,
  text: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const { data, errors } = await ask<T>(url, text, variables, headers);
  if (data === null || errors.length > 0) throw new Error(JSON.stringify(errors));
  return data;
}

export interface Lag {
  readonly status: string;
  readonly catalog: { readonly status: string; readonly lag?: { readonly events: number } };
  readonly graph: { readonly status: string; readonly lag?: { readonly events: number } };
}

/** What `/health/ready` says. */
export async function readiness(url: string): Promise<Lag> {
  return (await (await fetch(`${url}/health/ready`)).json()) as Lag;
}

/** Resolves once catalog and graph have every event of the log. */
export async function caughtUp(url: string, timeoutMs = 90_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const { status, catalog, graph } = await readiness(url);
    if (status === 'ready' && catalog.lag?.events === 0 && graph.lag?.events === 0) return;
    if (Date.now() > deadline) throw new Error(`still behind: ${JSON.stringify({ catalog, graph })}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
