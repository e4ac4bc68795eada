import { connect } from 'node:net';

/** What came back on one connection. */
export interface Exchange {
  readonly text: string;
  /** Status of every answer, in order. */
  readonly statuses: readonly number[];
  readonly ms: number;
  /** False: the server had neither answered nor closed when the time was up. */
  readonly isOver: boolean;
}

export interface ExchangeOptions {
  /** Closes our side once nothing was sent or received for so long; without it the server has to close. */
  readonly quietMs?: number;
  readonly pauseMs?: number;
  readonly timeoutMs?: number;
}

/** Sends chunks as they are over a connection of their own and reads until the server closes it or the time is up. */
export function exchange(
  port: number,
  chunks: readonly (string | Uint8Array)[],
  { quietMs, pauseMs = 0, timeoutMs = 6_000 }: ExchangeOptions = {},
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let text = '';
    let isOver = false;
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    const quiet = quietMs === undefined ? undefined : setTimeout(() => socket.end(), quietMs);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      quiet?.refresh();
    });
    socket.on('end', () => {
      isOver = true;
      socket.end();
    });
    // A server that has answered may reset what is still being sent.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(error);
      isOver = true;
    });
    socket.on('close', () => {
      clearTimeout(timer);
      clearTimeout(quiet);
      const statuses = [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status));
      resolve({ text, statuses, ms: performance.now() - startedAt, isOver });
    });
    const write = async (): Promise<void> => {
      for (const chunk of chunks) {
        if (socket.destroyed || !socket.writable) return;
        socket.write(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk);
        quiet?.refresh();
        if (pauseMs > 0) await new Promise((done) => setTimeout(done, pauseMs));
      }
    };
    socket.on('connect', () => void write());
  });
}
