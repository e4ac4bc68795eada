/** What an errorMessage facet says (OpenLineage 1-0-1 ErrorMessageRunFacet); null for what it lacks or words otherwise. */
export function failureOf(body: unknown): { readonly message: string | null; readonly stackTrace: string | null } {
  const { message, stackTrace } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);
  return { message: text(message), stackTrace: text(stackTrace) };
}

/** The first message of a run's errorMessage facets; null where none has one. */
export const messageOf = (failure: readonly { readonly body: unknown }[]): string | null =>
  failure.map(({ body }) => failureOf(body).message).find((text) => text !== null) ?? null;
