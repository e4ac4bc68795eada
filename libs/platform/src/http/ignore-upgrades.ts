import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

// Headers that ask for another protocol: RFC 9110 §7.8, RFC 7540 §3.2.1.
const UPGRADE_HEADERS: readonly string[] = ['upgrade', 'http2-settings'];

/**
 * Lets a server that speaks WebSocket answer everyone else in HTTP/1.1. Node takes any request with an Upgrade header
 * for one, body and all, as soon as somebody listens for upgrades; but Java's HttpClient and `curl --http2` offer h2c
 * with ordinary requests, and a server may ignore the offer (RFC 9110 §7.8).
 */
export function ignoreOtherUpgrades(server: Server): void {
  const emit = server.emit.bind(server) as (name: string | symbol, ...args: unknown[]) => boolean;
  server.emit = (name: string | symbol, ...args: unknown[]): boolean => {
    const [request, socket, rest] = args as [IncomingMessage, Duplex, Buffer];
    if (name !== 'upgrade' || request.headers.upgrade?.toLowerCase() === 'websocket') return emit(name, ...args);
    // Read once more from the start, without the offer.
    socket.unshift(Buffer.concat([Buffer.from(headWithoutOffer(request), 'latin1'), rest]));
    return emit('connection', socket);
  };
}

function headWithoutOffer(request: IncomingMessage): string {
  const { method = 'GET', url = '/', httpVersion, rawHeaders } = request;
  let head = `${method} ${url} HTTP/${httpVersion}\r\n`;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const value = rawHeaders[at + 1] ?? '';
    if (UPGRADE_HEADERS.includes(name.toLowerCase())) continue;
    const kept = name.toLowerCase() === 'connection' ? withoutOffer(value) : value;
    if (kept !== '') head += `${name}: ${kept}\r\n`;
  }
  return `${head}\r\n`;
}

function withoutOffer(connection: string): string {
  return connection
    .split(',')
    .map((token) => token.trim())
    .filter((token) => !UPGRADE_HEADERS.includes(token.toLowerCase()))
    .join(', ');
}
