import { createHash } from 'node:crypto';
import pg from 'pg';
import { startPostgres } from './servers.mjs';

const rowsAnInsert = 100;

/**
 * The floor of everything that stores events: the same bytes with a digest, 100 rows an INSERT, one connection, nothing
 * else.
 * @param {readonly Buffer[]} events
 * @returns {Promise<number>} events a second
 */
export async function insertRaw(events) {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  try {
    await client.connect();
    await client.query('CREATE TABLE raw (position bigserial PRIMARY KEY, digest bytea UNIQUE, body bytea)');
    const startedAt = performance.now();
    for (let at = 0; at < events.length; at += rowsAnInsert) {
      const part = events.slice(at, at + rowsAnInsert);
      await client.query({
        name: 'insert',
        text: 'INSERT INTO raw (digest, body) SELECT * FROM unnest($1::bytea[], $2::bytea[])',
        values: [part.map((body) => createHash('sha256').update(body).digest()), part],
      });
    }
    return events.length / ((performance.now() - startedAt) / 1000);
  } finally {
    await client.end();
    await server.stop();
  }
}
