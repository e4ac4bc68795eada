// A process of its own that appends until it is killed: `append-events.mjs <data directory> <label>` runs the embedded
// PostgreSQL of the directory. Each line on stdout is one fact: `postgres <pid>`, `ack <body> <position>`, `refused <category>`.
import { writeSync } from 'node:fs';
import { importSource } from '../../scripts/import-source.mjs';

const [dataDir = '', label = ''] = process.argv.slice(2);
const CALLERS = 16;

/** Written at once: a line in a buffer would die with the process. @param {string} line */
const say = (line) => writeSync(1, `${line}\n`);

const { startEmbeddedPostgres } = await importSource('libs/store-postgres/src/embedded/embedded-postgres.ts');
const { applyMigrations } = await importSource('libs/store-postgres/src/migrate/apply-migrations.ts');
const { PostgresEventLog } = await importSource('libs/store-postgres/src/log/postgres-event-log.ts');
const { createPool } = await importSource('libs/store-postgres/src/pool.ts');

const server = await startEmbeddedPostgres({ dataDir });
await applyMigrations(server.url);
const pool = createPool({ url: server.url });
const log = await PostgresEventLog.open({ url: server.url, pool });
say(`postgres ${server.pid}`);

/** @param {number} caller */
async function appendForever(caller) {
  for (let index = 0; ; index++) {
    const bodies = Array.from({ length: (index % 3) + 1 }, (_, part) => `${label}/${caller}/${index}/${part}`);
    try {
      const events = bodies.map((body) => ({ kind: 'RUN', bytes: Buffer.from(body), receivedAt: Date.now() * 1000 }));
      const appended = await log.append(events);
      bodies.forEach((body, part) => say(`ack ${body} ${appended[part].position}`));
    } catch (error) {
      say(`refused ${error.category}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

await Promise.all(Array.from({ length: CALLERS }, (_, caller) => appendForever(caller)));
