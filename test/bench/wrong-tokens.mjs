// A thread that shows a server wrong tokens at a steady pace, so that the client that is measured keeps its own.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ host: string, port: number, path: string, aSecond: number }} */
const { host, port, path, aSecond } = workerData;
const connections = 10;
const counts = new Map();

const sockets = Array.from({ length: connections }, () => {
  const socket = connect({ host, port, noDelay: true });
  socket.on('data', (chunk) => {
    for (const [, status] of chunk.toString('latin1').matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  });
  socket.on('error', (error) => {
    throw error;
  });
  return socket;
});

const startedAt = performance.now();
let sent = 0;
const timer = setInterval(() => {
  const due = ((performance.now() - startedAt) * aSecond) / 1000;
  for (; sent < due; sent += 1) {
    const text = `hw_${randomBytes(6).toString('hex')}_${randomBytes(32).toString('base64url')}`;
    const head = `POST ${path} HTTP/1.1\r\nhost: ${host}:${port}\r\nauthorization: Bearer ${text}\r\n`;
    sockets[sent % connections]?.write(`${head}content-type: application/json\r\ncontent-length: 2\r\n\r\n{}`);
  }
}, 5);

parentPort?.on('message', () => {
  clearInterval(timer);
  for (const socket of sockets) socket.destroy();
  parentPort?.postMessage({ sent, seconds: (performance.now() - startedAt) / 1000, counts: [...counts] });
  parentPort?.close();
});
