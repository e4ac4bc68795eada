import type { AccessEvent } from '@headwater/domain/access/access-event';
import type {
  AccessChange,
  AccessEventFilter,
  AccessEventRow,
  AccessState,
  AccessStore,
  BindingRow,
  GivenAnswer,
  KeptToken,
  SessionRow,
  TokenRow,
} from '@headwater/domain/access/access-store';
import type { InstallationSecret, SecretName } from '@headwater/domain/access/installation-secret';
import { HeadwaterError } from '@headwater/domain/errors';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { Clock } from '@headwater/domain/ports';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { ChannelListener } from '../catalog/channel-listener.js';
import { pageOf, storable, wholeNumber } from '../catalog/pages.js';
import type { PostgresEventLog } from '../log/postgres-event-log.js';
import { translatePostgresError } from '../postgres-error.js';
import * as statements from './access-statements.js';
import { appendAccessEvent } from './append-access-event.js';
import { applyChange } from './apply-change.js';

const CHANNEL = 'headwater_access';
/** A server that hangs holds nobody up for ever: the connection is given up, and the next statement opens another. */
const STATEMENT_TIMEOUT_MS = 5_000;
/** Tokens that ended longer ago are refused as unknown ones. */
const REMEMBERED: Micros = 24 * MICROS_PER_HOUR;
const LISTS = { tokens: 'tokens', bindings: 'bindings', events: 'access-events' } as const;
const NO_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface PostgresAccessStoreOptions {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly log: Pick<PostgresEventLog, 'appendWithin'>;
  readonly clock: Clock;
}

/** Access in the tables of `prisma/access.prisma`, beside the log in one database. */
export class PostgresAccessStore implements AccessStore {
  readonly #options: PostgresAccessStoreOptions;
  readonly #listener: ChannelListener;

  constructor(options: PostgresAccessStoreOptions) {
    this.#options = options;
    this.#listener = new ChannelListener(options.url, CHANNEL);
  }

  async record(event: AccessEvent, changes: readonly AccessChange[]): Promise<void> {
    await this.#transaction(async (client) => {
      for (const change of changes) await applyChange(client, change, this.#options.clock.now());
      // Last, since it holds the lock of the log until the commit.
      await appendAccessEvent(client, this.#options.log, event);
      if (changes.length > 0) await client.query(`SELECT pg_notify($1, '')`, [CHANNEL]);
    });
  }

  async state(): Promise<AccessState> {
    const since = this.#options.clock.now() - REMEMBERED;
    const [tokens, bindings] = await Promise.all([
      this.#rows<KeptToken>(statements.STATE_TOKENS, [since]),
      this.#rows<BindingRow>(statements.STATE_BINDINGS, []),
    ]);
    return { tokens, bindings };
  }

  subscribe(listener: () => void): () => void {
    return this.#listener.subscribe(listener);
  }

  async session(hash: string): Promise<SessionRow | null> {
    const [row] = await this.#rows<SessionRow>(statements.READ_SESSION, [hash]);
    return row ?? null;
  }

  async sessionsOf(user: string): Promise<readonly string[]> {
    const rows = await this.#rows<{ hash: string }>(statements.SESSIONS_OF, [user]);
    return rows.map(({ hash }) => hash);
  }

  async touchSessions(seen: ReadonlyMap<string, Micros>): Promise<void> {
    if (seen.size > 0) await this.#rows(statements.TOUCH_SESSIONS, [[...seen.keys()], [...seen.values()]]);
  }

  async touchTokens(used: ReadonlyMap<string, Micros>): Promise<void> {
    if (used.size > 0) await this.#rows(statements.TOUCH_TOKENS, [[...used.keys()], [...used.values()]]);
  }

  async addLink(hash: string, expiresAt: Micros): Promise<void> {
    await this.#rows(statements.ADD_LINK, [hash, expiresAt]);
  }

  async answerOf(actor: string, key: string): Promise<GivenAnswer | null> {
    const [row] = await this.#rows<GivenAnswer>(statements.READ_ANSWER, [actor, key]);
    return row ?? null;
  }

  async sweep(now: Micros, idleSince: Micros, answeredBefore: Micros): Promise<void> {
    await this.#rows(statements.SWEEP_SESSIONS, [now, idleSince]);
    await this.#rows(statements.SWEEP_LINKS, [now]);
    await this.#rows(statements.SWEEP_SECRETS, [now]);
    await this.#rows(statements.SWEEP_ANSWERS, [answeredBefore]);
  }

  async tokens(page: PageRequest): Promise<Page<TokenRow>> {
    const { at, id } = placeOf(LISTS.tokens, page, '~');
    const rows = await this.#rows<TokenRow>(statements.LIST_TOKENS, [at, id, page.first + 1]);
    return pageOf(rows, page.first, (row) => encodeCursor(LISTS.tokens, [row.createdAt, row.id]), same);
  }

  async bindings(page: PageRequest): Promise<Page<BindingRow>> {
    const { at, id } = placeOf(LISTS.bindings, page, NO_UUID);
    const place = /^[0-9a-f-]{36}$/.test(id) ? id : NO_UUID;
    const rows = await this.#rows<BindingRow>(statements.LIST_BINDINGS, [at, place, page.first + 1]);
    return pageOf(rows, page.first, (row) => encodeCursor(LISTS.bindings, [row.createdAt, row.id]), same);
  }

  async events(filter: AccessEventFilter, page: PageRequest): Promise<Page<AccessEventRow>> {
    checkFirst(page.first);
    const before =
      page.after === null
        ? Number.MAX_SAFE_INTEGER
        : wholeNumber(decodeCursor(LISTS.events, page.after, ['number'])[0]);
    // No row has such a text, and the server refuses it.
    const wanted = [filter.actor, filter.address].flatMap((text) => text ?? []);
    if (storable(wanted).length < wanted.length) return { items: [], hasNextPage: false };
    const rows = await this.#rows<AccessEventRow>(statements.LIST_EVENTS, [
      before,
      filter.types ?? null,
      filter.actor ?? null,
      filter.address ?? null,
      filter.from ?? null,
      filter.to ?? null,
      page.first + 1,
      filter.upTo ?? null,
    ]);
    return pageOf(rows, page.first, (row) => encodeCursor(LISTS.events, [row.position]), same);
  }

  async secret(name: SecretName): Promise<InstallationSecret> {
    const now = this.#options.clock.now();
    const read = () => this.#rows<InstallationSecret>(statements.READ_SECRET, [name, now]);
    const [held] = await read();
    if (held !== undefined) return held;
    await this.#rows(statements.MAKE_SECRET, [name, now]);
    const [made] = await read();
    if (made === undefined) throw new HeadwaterError('INTERNAL', 'A secret that was just made is not there');
    return made;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  async #rows<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    try {
      const statement = { text, values: [...values], query_timeout: STATEMENT_TIMEOUT_MS };
      return (await this.#options.pool.query<R>(statement)).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async #transaction(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#options.pool.connect();
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      // A connection in an unknown state is not given back.
      client?.release(true);
      throw translatePostgresError(error);
    }
  }
}

function placeOf(list: string, page: PageRequest, lastId: string): { readonly at: number; readonly id: string } {
  checkFirst(page.first);
  if (page.after === null) return { at: Number.MAX_SAFE_INTEGER, id: lastId };
  const [at, id] = decodeCursor(list, page.after, ['number', 'string']);
  return { at: wholeNumber(at), id: String(id) };
}

function same<T>(row: T): T {
  return row;
}
