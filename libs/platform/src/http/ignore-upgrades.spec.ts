import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ignoreOtherUpgrades } from './ignore-upgrades.js';

describe('ignoreOtherUpgrades', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** Sends the parts one after the other over one connection and gives back all that comes until it is silent. */
  async function talk(parts: readonly string[]): Promise<string> {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        response.end(`${request.method ?? ''} ${request.headers.connection ?? '-'} ${body.length} ${body.slice(0, 9)}`);
      });
    });
    ignoreOtherUpgrades(server);
    server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let received = '';
    let heardAt = performance.now();
    socket.on('data', (chunk) => {
      received += chunk.toString();
      heardAt = performance.now();
    });
    for (const part of parts) {
      socket.write(part);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    // Until it has been silent for a while behind its first word.
    const giveUpAt = performance.now() + 5_000;
    while (performance.now() < giveUpAt && (received === '' || performance.now() - heardAt < 100)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    socket.destroy();
    return received;
  }

  const offer = (body: string): string =>
    `POST /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: ${body.length}\r\n\r\n`;

  test('a request that offers h2c is answered in HTTP/1.1 with its body read', async () => {
    const answer = await talk([`${offer('{"a":"b"}')}{"a":"b"}`]);
    expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
    expect(answer).toContain('POST - 9 {"a":"b"}');
  });

  test('the body may come later and in parts, and the connection goes on', async () => {
    const body = 'x'.repeat(200_000);
    const answer = await talk([offer(body), body.slice(0, 70_000), body.slice(70_000), `${offer('second')}second`]);
    expect(answer).toContain('POST - 200000 xxxxxxxxx');
    expect(answer).toContain('POST - 6 second');
  });

  test('a WebSocket is still handed on', async () => {
    const answer = await talk(['GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n']);
    expect(answer).toMatch(/^HTTP\/1.1 101/);
  });
});
