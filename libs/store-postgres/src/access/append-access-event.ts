import { accessEventBytes, type AccessEvent } from '@headwater/domain/access/access-event';
import type pg from 'pg';
import type { PostgresEventLog } from '../log/postgres-event-log.js';
import { ADD_EVENT } from './access-statements.js';

/**
 * Appends a line of the audit within a transaction, whose last statement but small ones it should be: it holds the lock of
 * the log until the commit. Its position.
 */
export async function appendAccessEvent(
  client: pg.PoolClient,
  log: Pick<PostgresEventLog, 'appendWithin'>,
  event: AccessEvent,
): Promise<number | undefined> {
  const [appended] = await log.appendWithin(client, [
    { kind: 'ACCESS', bytes: accessEventBytes(event), receivedAt: event.at },
  ]);
  const { id, at, actor, address, detail } = event;
  const values = [appended?.position, id, at, detail.type, actor, address, JSON.stringify(detail)];
  await client.query(ADD_EVENT, values);
  return appended?.position;
}
