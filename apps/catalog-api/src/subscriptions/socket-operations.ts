import type { GraphQLError } from 'graphql';

/** What is used of a WebSocket. */
export interface OperationSocket {
  readonly protocol: string;
  emit(event: string | symbol, ...rest: unknown[]): boolean;
  send(data: string, ...rest: unknown[]): void;
  close(code: number, reason: string): void;
}

export interface OperationLimit {
  /** The most operations that may run on one connection. */
  readonly most: number;
  /** What one beyond is told. */
  refusal(): GraphQLError;
}

interface Operation {
  /** As the client calls it. */
  readonly id: string;
  readonly ending: AbortController;
  /** Whether the client has said that it wants no more. */
  isStopped: boolean;
}

interface ClientMessage {
  readonly type?: unknown;
  readonly id?: unknown;
}

/** What clients say by each protocol to begin and to end an operation. */
const WORDS: Readonly<Record<string, { readonly start: string; readonly stop: string }>> = {
  'graphql-transport-ws': { start: 'subscribe', stop: 'complete' },
  'graphql-ws': { start: 'start', stop: 'stop' },
};

/** Mercurius writes type and id first, so that data need not be parsed again. */
const ANSWER = /^\{"type":"(next|data|error|complete)","id":"(~\d+)"/;
/** RFC 6455 §5.5.1: the reason of a close is this long at most. */
const MAX_REASON_BYTES = 123;
/** RFC 6455 §7.4.1: a server that goes down. */
const GOING_AWAY = 1001;

/**
 * The operations of one connection, counted from their start until Mercurius says that they are over. It stands between
 * the socket and Mercurius and gives each operation an id of its own there: Mercurius takes a second operation of an id
 * for the first, and goes on with one that its client ended while it was still beginning. A second operation of an id
 * that runs ends the connection (graphql-ws: 4409); one too many is answered with an error, and the others go on.
 */
export class SocketOperations {
  readonly #running = new Map<string, Operation>();
  /** Starts that wait until Mercurius is done with what the client has ended. */
  readonly #waiting = new Map<string, { readonly id: string; readonly message: object }>();
  /** Ours by the client's, running or waiting; what the client has ended is not among them. */
  readonly #ours = new Map<string, string>();
  readonly #emit: OperationSocket['emit'];
  readonly #send: OperationSocket['send'];
  readonly #words: { readonly start: string; readonly stop: string } | undefined;
  #count = 0;
  #isClosed = false;

  constructor(
    private readonly socket: OperationSocket,
    private readonly limit: OperationLimit,
  ) {
    this.#words = WORDS[socket.protocol];
    this.#emit = socket.emit.bind(socket);
    this.#send = socket.send.bind(socket);
    socket.emit = (event, ...rest) => (event === 'message' ? this.#receive(rest) : this.#emit(event, ...rest));
    socket.send = (data, ...rest) => {
      this.#answer(data, rest);
    };
  }

  /** Aborted once the client wants no more of an operation, by the id that Mercurius knows. */
  signal(id: string): AbortSignal {
    return this.#running.get(id)?.ending.signal ?? AbortSignal.abort();
  }

  /** Ends the connection in a way that clients take for no end of their operations: they connect anew. */
  hangUp(): void {
    this.#close(GOING_AWAY, 'Going away');
  }

  #receive(rest: readonly unknown[]): boolean {
    if (this.#isClosed) return true;
    const message = parsed(rest[0]);
    const words = this.#words;
    if (message === undefined || words === undefined) return this.#emit('message', ...rest);
    if (message.type === words.start) this.#start(message);
    else if (message.type === words.stop) this.#stop(message.id);
    else return this.#emit('message', ...rest);
    return true;
  }

  #start(message: ClientMessage): void {
    const { id } = message;
    if (typeof id !== 'string' || id === '') {
      this.#close(4400, 'Invalid message: an operation needs an id');
      return;
    }
    if (this.#ours.has(id)) {
      const reason = `Subscriber for ${id} already exists`;
      this.#close(4409, Buffer.byteLength(reason) > MAX_REASON_BYTES ? 'Subscriber already exists' : reason);
      return;
    }
    if (this.#ours.size >= this.limit.most) {
      this.#send(JSON.stringify({ type: 'error', id, payload: [this.limit.refusal()] }));
      return;
    }
    const ours = `~${String((this.#count += 1))}`;
    this.#ours.set(id, ours);
    this.#waiting.set(ours, { id, message: { ...message, id: ours } });
    this.#begin();
  }

  /** As many as may run at once, with those that are ending. */
  #begin(): void {
    for (const [ours, { id, message }] of this.#waiting) {
      if (this.#running.size >= this.limit.most) return;
      this.#waiting.delete(ours);
      this.#running.set(ours, { id, ending: new AbortController(), isStopped: false });
      this.#pass(message);
    }
  }

  #stop(id: unknown): void {
    const ours = typeof id === 'string' ? this.#ours.get(id) : undefined;
    if (typeof id !== 'string' || ours === undefined) return;
    this.#ours.delete(id);
    if (this.#waiting.delete(ours)) return;
    const operation = this.#running.get(ours);
    if (operation === undefined) return;
    operation.isStopped = true;
    operation.ending.abort();
    this.#pass({ type: this.#words?.stop, id: ours });
  }

  /** Sends what Mercurius sends, under the client's id; nothing of what the client has ended. */
  #answer(data: string, rest: readonly unknown[]): void {
    const [head, type, ours] = ANSWER.exec(data) ?? [];
    if (head === undefined || ours === undefined) {
      this.#send(data, ...rest);
      return;
    }
    const operation = this.#running.get(ours);
    if (type === 'error' || type === 'complete') this.#forget(ours);
    // It keeps what failed until it is told to end that.
    if (type === 'error') this.#pass({ type: this.#words?.stop, id: ours });
    if (operation === undefined || operation.isStopped) {
      const sent = rest.at(-1);
      if (typeof sent === 'function') process.nextTick(sent);
      return;
    }
    this.#send(`{"type":"${String(type)}","id":${JSON.stringify(operation.id)}${data.slice(head.length)}`, ...rest);
  }

  #forget(ours: string): void {
    const operation = this.#running.get(ours);
    this.#running.delete(ours);
    if (operation?.isStopped === false) this.#ours.delete(operation.id);
    this.#begin();
  }

  #pass(message: object): void {
    this.#emit('message', Buffer.from(JSON.stringify(message)), false);
  }

  #close(code: number, reason: string): void {
    this.#isClosed = true;
    this.socket.close(code, reason);
  }
}

/** A message of a client; undefined for what is none, which Mercurius refuses. */
function parsed(data: unknown): ClientMessage | undefined {
  try {
    const message: unknown = JSON.parse(String(data));
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
