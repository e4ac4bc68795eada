/** What is used of a WebSocket. */
export interface SendingSocket {
  send(data: string, ...rest: unknown[]): void;
}

interface ErrorMessage {
  readonly type: 'error';
  readonly id?: unknown;
  readonly payload: readonly { readonly message?: unknown; readonly extensions?: { readonly code?: unknown } }[];
}

/**
 * Gives a wording to the errors of messages that Mercurius could not read (no payload, no operation of the name): it
 * sends whatever was thrown, past the error formatter. Errors with a code have been worded.
 */
export function wordErrors(socket: SendingSocket, traceId: string): void {
  const send = socket.send.bind(socket);
  socket.send = (data, ...rest) => {
    send(isError(data) ? worded(data, traceId) : data, ...rest);
  };
}

/** Mercurius writes the type first, so that data need not be parsed again. */
function isError(data: unknown): data is string {
  return typeof data === 'string' && data.startsWith('{"type":"error"');
}

function worded(data: string, traceId: string): string {
  const message = JSON.parse(data) as ErrorMessage;
  const payload = message.payload.map((error) =>
    error.extensions?.code === undefined
      ? { message: wordingOf(error.message), extensions: codeOf(error, traceId) }
      : error,
  );
  return JSON.stringify({ ...message, payload });
}

const SYNTAX = 'Syntax Error';

function wordingOf(message: unknown): string {
  // graphql's own words on a document that it could not parse.
  if (typeof message === 'string' && message.startsWith(SYNTAX)) return message;
  return 'This is no message of the graphql-ws protocol, or its document has no such subscription.';
}

function codeOf({ message }: { readonly message?: unknown }, traceId: string) {
  return typeof message === 'string' && message.startsWith(SYNTAX)
    ? { code: 'GRAPHQL_PARSE_FAILED', reason: 'SYNTAX', traceId }
    : { code: 'BAD_USER_INPUT', reason: 'MESSAGE', traceId };
}
