import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { OperationSocket } from './socket-operations.js';

/** What is used of a socket that was just opened. */
export interface EachSocket extends OperationSocket {
  once(event: 'close', listener: () => void): void;
}

/** The server that @fastify/websocket decorates Fastify with. */
interface SocketServer {
  on(event: 'connection', listener: (socket: EachSocket, raw: IncomingMessage) => void): void;
}

/**
 * A hook for a route that takes WebSockets: calls back with each socket before anybody listens to it, so that no message
 * goes by unseen, and with the request that opened it.
 */
export function eachSocket(
  onSocket: (socket: EachSocket, request: FastifyRequest) => void,
): (request: FastifyRequest) => Promise<void> {
  const expected = new WeakMap<IncomingMessage, FastifyRequest>();
  const watched = new WeakSet<SocketServer>();
  return async (request) => {
    await Promise.resolve();
    if (request.headers.upgrade === undefined) return;
    const { websocketServer: server } = request.server as unknown as { readonly websocketServer: SocketServer };
    expected.set(request.raw, request);
    if (watched.has(server)) return;
    watched.add(server);
    server.on('connection', (socket, raw) => {
      const opening = expected.get(raw);
      if (opening !== undefined) onSocket(socket, opening);
    });
  };
}
