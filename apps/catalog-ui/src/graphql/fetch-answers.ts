interface ProblemAnswer {
  readonly detail?: string;
  readonly code?: string;
  readonly traceId?: string;
}

/**
 * Fetch for GraphQL. What refuses a request before GraphQL sees it answers with a problem (RFC 9457); that is read as an
 * answer with this one error, so that its words and its trace id reach whoever asked.
 */
export async function fetchAnswers(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (!/^application\/problem\+json\b/i.test(response.headers.get('content-type') ?? '')) return response;
  const { detail = '', code, traceId } = (await response.json()) as ProblemAnswer;
  return Response.json(
    { errors: [{ message: detail, extensions: { code, traceId } }] },
    { status: response.status, statusText: response.statusText },
  );
}
