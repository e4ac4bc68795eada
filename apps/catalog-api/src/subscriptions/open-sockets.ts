/** What is used of a WebSocket that was just opened. */
export interface HeldSocket {
  close(code: number, reason: string): void;
  once(event: 'close', listener: () => void): void;
}

export interface SocketLimits {
  /** The most connections that one caller may hold. */
  readonly perCaller: number;
  /** Milliseconds within which a connection has to begin. */
  readonly initTimeoutMs: number;
}

/** What became of a `connection_init`. */
export type Beginning = 'FIRST' | 'AGAIN';

/**
 * The open WebSockets of each caller. One too many is closed with 1013 (RFC 6455: try again later), and one that does
 * not begin in time with 4408 (graphql-ws), so that nobody holds connections for nothing.
 */
export class OpenSockets {
  readonly #held = new Map<string, number>();
  readonly #unbegun = new WeakMap<object, NodeJS.Timeout>();

  constructor(private readonly limits: SocketLimits) {}

  /** Counts a socket until it is closed; false where it was one too many, and is being closed. */
  open(socket: HeldSocket, caller: string): boolean {
    const held = this.#held.get(caller) ?? 0;
    if (held >= this.limits.perCaller) {
      socket.close(1013, `Try again later: ${String(held)} connections are open`);
      return false;
    }
    this.#held.set(caller, held + 1);
    const timer = setTimeout(() => {
      socket.close(4408, 'Connection initialisation timeout');
    }, this.limits.initTimeoutMs);
    timer.unref();
    this.#unbegun.set(socket, timer);
    socket.once('close', () => {
      clearTimeout(timer);
      const left = (this.#held.get(caller) ?? 1) - 1;
      if (left > 0) this.#held.set(caller, left);
      else this.#held.delete(caller);
    });
    return true;
  }

  /** Told of each `connection_init`, of which the protocol allows one. */
  begin(socket: HeldSocket): Beginning {
    const timer = this.#unbegun.get(socket);
    if (timer === undefined) return 'AGAIN';
    clearTimeout(timer);
    this.#unbegun.delete(socket);
    return 'FIRST';
  }
}
