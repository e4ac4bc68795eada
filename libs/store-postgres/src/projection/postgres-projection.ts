import { HeadwaterError } from '@headwater/domain/errors';
import type { GraphCheckpoint } from '@headwater/domain/graph';
import type { NodeKey } from '@headwater/domain/identifiers';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';
import { DEFAULT_PROJECTION_SETTINGS, withSettingsEdit } from '@headwater/domain/projection/settings-edit';
import type { ProjectionChanges } from '@headwater/domain/projection/changes';
import type { ProjectionSource } from '@headwater/domain/projection/projection-source';
import type { ProjectionStore } from '@headwater/domain/projection/projection-store';
import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { CHANGE_CHANNEL } from '../catalog/postgres-change-feed.js';
import { ProjectionDatabase } from '../catalog/projection-database.js';
import { sqlState, translatePostgresError } from '../postgres-error.js';
import { followSuggestionRules } from '../classification/field-shapes.js';
import { writeAgentAliases } from '../search/agent-alias-table.js';
import { writeOwnershipRules } from '../search/ownership-rule-table.js';
import { refreshSearchDocuments, touchSearchDocuments } from '../search/refresh-search-documents.js';
import { PostgresProjectionSource } from './postgres-projection-source.js';
import { FOLLOWED, STALE, STATED } from './projector-rows.js';
import { saveProjection } from './save-projection.js';

/** Below every key. */
const NO_KEY = '00000000-0000-0000-0000-000000000000';

/** Assets behind this key are yet to be looked at, and where so all of them once more behind the last. */
interface Round {
  readonly after: string;
  readonly isAgain?: boolean;
}

/** The catalog side of one generation: every batch is one transaction with its checkpoint. */
export class PostgresProjection implements ProjectionStore {
  readonly source: ProjectionSource;
  readonly #pool: pg.Pool;
  readonly #schema: string;
  /** Where this instance last saw the checkpoint. */
  #position: number | undefined;
  /** Behind which key assets are yet to be looked at; null: none is; undefined: not known yet. */
  #staleAfter: string | null | undefined;
  /** Whether this instance knows that fields were judged by the rules that suggest tags now. */
  #isJudged = false;

  constructor(pool: pg.Pool, schema: string) {
    this.#pool = pool;
    this.#schema = schema;
    this.source = new PostgresProjectionSource(new ProjectionDatabase(pool, () => schema));
  }

  async checkpoint(): Promise<GraphCheckpoint> {
    try {
      const { rows } = await this.#pool.query<{ position: number; recorded_at: Micros }>(
        `SELECT position, recorded_at FROM ${this.#schema}.projection_checkpoint WHERE name = 'catalog'`,
      );
      this.#position = rows[0]?.position ?? 0;
      return { position: this.#position, recordedAt: rows[0]?.recorded_at ?? 0 };
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  settings(): Promise<ProjectionSettings> {
    return this.#readSettings(FOLLOWED);
  }

  statedSettings(): Promise<ProjectionSettings> {
    return this.#readSettings(STATED);
  }

  async follow(settings: ProjectionSettings): Promise<void> {
    try {
      await this.#pool.query(this.#writeRow, [FOLLOWED, settings]);
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async #readSettings(key: string): Promise<ProjectionSettings> {
    try {
      const { rows } = await this.#pool.query<{ body: ProjectionSettings }>(
        `SELECT body FROM ${this.#schema}.aggregate WHERE key = $1`,
        [key],
      );
      const body = rows[0]?.body;
      const { nameRules } = DEFAULT_PROJECTION_SETTINGS;
      // A rule that came with a later version is as shipped.
      return body === undefined
        ? DEFAULT_PROJECTION_SETTINGS
        : { missTolerance: body.missTolerance, nameRules: { ...nameRules, ...body.nameRules } };
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async #stateSettings(client: pg.PoolClient, edits: readonly Uint8Array[]): Promise<void> {
    if (edits.length === 0) return;
    const before = await this.#readSettings(STATED);
    const after = edits.reduce(withSettingsEdit, before);
    if (after !== before) await client.query(this.#writeRow, [STATED, after]);
  }

  get #writeRow(): string {
    return `INSERT INTO ${this.#schema}.aggregate (key, body) VALUES ($1, $2)
            ON CONFLICT (key) DO UPDATE SET body = excluded.body`;
  }

  /** CONFLICT (PROJECTION_MOVED) where another process has projected since: nothing of this batch is stored. */
  async save(changes: ProjectionChanges): Promise<void> {
    let client: pg.PoolClient | undefined;
    let isBroken = false;
    try {
      client = await this.#pool.connect();
      await client.query('BEGIN');
      await this.#refuseIfMoved(client);
      await this.#stateSettings(client, changes.edits);
      await saveProjection(client, this.#schema, changes);
      const isStale = await this.#followDefinitions(client, changes);
      if (!this.#isJudged || definesAnything(changes)) await followSuggestionRules(client, this.#schema);
      await refreshSearchDocuments(client, this.#schema, changes.searchable);
      await touchSearchDocuments(client, this.#schema, changes.assets);
      await client.query(`SELECT pg_notify('${CHANGE_CHANNEL}', $1)`, [String(changes.position)]);
      await client.query('COMMIT');
      this.#position = changes.position;
      this.#isJudged = true;
      if (isStale) this.#staleAfter = NO_KEY;
    } catch (error) {
      await client?.query('ROLLBACK').catch(() => (isBroken = true));
      throw refusesRow(error) ? unstorable(error) : translatePostgresError(error);
    } finally {
      client?.release(isBroken);
    }
  }

  /** Whether search may tell wrong of assets that this batch does not name. */
  async #followDefinitions(client: pg.PoolClient, changes: ProjectionChanges): Promise<boolean> {
    if (changes.areAgentsOther) await writeAgentAliases(client, this.#schema, changes);
    const areRulesOther = definesAnything(changes) && (await writeOwnershipRules(client, this.#schema));
    const isStale = areRulesOther || changes.areAgentsOther || changesProperty(changes);
    if (isStale) await this.#lookAgain(client);
    return isStale;
  }

  /** A round under way goes on before the next: begun anew each time it would never come to the last assets. */
  async #lookAgain(client: pg.PoolClient): Promise<void> {
    const { after } = (await this.#round(client)) ?? { after: NO_KEY };
    const round: Round = { after, isAgain: after !== NO_KEY };
    await client.query(this.#writeRow, [STALE, round]);
  }

  async #round(client: pg.PoolClient): Promise<Round | undefined> {
    const { rows } = await client.query<{ body: Round }>(`SELECT body FROM ${this.#schema}.aggregate WHERE key = $1`, [
      STALE,
    ]);
    return rows[0]?.body;
  }

  async refreshSearch(limit: number): Promise<number> {
    if (this.#staleAfter === null && this.#isJudged) return 0;
    let client: pg.PoolClient | undefined;
    let isBroken = false;
    try {
      client = await this.#pool.connect();
      await client.query('BEGIN');
      await this.#refuseIfMoved(client);
      // A later version may have other rules, and the log may stay quiet.
      if (!this.#isJudged) await followSuggestionRules(client, this.#schema);
      const { looked, after } = await this.#refreshSome(client, limit);
      await client.query('COMMIT');
      this.#isJudged = true;
      this.#staleAfter = after;
      return looked;
    } catch (error) {
      await client?.query('ROLLBACK').catch(() => (isBroken = true));
      throw translatePostgresError(error);
    } finally {
      client?.release(isBroken);
    }
  }

  async #refreshSome(
    client: pg.PoolClient,
    limit: number,
  ): Promise<{ readonly looked: number; readonly after: string | null }> {
    const round = await this.#round(client);
    if (round === undefined) return { looked: 0, after: null };
    let isAgain = round.isAgain ?? false;
    let keys = await this.#assetsBehind(client, round.after, limit);
    if (keys.length === 0 && isAgain) {
      isAgain = false;
      keys = await this.#assetsBehind(client, NO_KEY, limit);
    }
    await refreshSearchDocuments(client, this.#schema, keys);
    const after = keys.at(-1) ?? null;
    if (after === null) await client.query(`DELETE FROM ${this.#schema}.aggregate WHERE key = $1`, [STALE]);
    else await client.query(this.#writeRow, [STALE, { after, isAgain } satisfies Round]);
    return { looked: keys.length, after };
  }

  async #assetsBehind(client: pg.PoolClient, after: string, limit: number): Promise<readonly NodeKey[]> {
    const { rows } = await client.query<{ key: NodeKey }>(
      `SELECT key FROM ${this.#schema}.asset WHERE key > $1::uuid ORDER BY key LIMIT $2`,
      [after, limit],
    );
    return rows.map(({ key }) => key);
  }

  /** A process that lost its lease without noticing must not write over what the next holder did. */
  async #refuseIfMoved(client: pg.PoolClient): Promise<void> {
    const { rows } = await client.query<{ position: number }>(
      `SELECT position FROM ${this.#schema}.projection_checkpoint WHERE name = 'catalog' FOR UPDATE`,
    );
    if (this.#position === undefined || this.#position === (rows[0]?.position ?? 0)) return;
    throw new HeadwaterError('CONFLICT', 'Another process projects this generation', { reason: 'PROJECTION_MOVED' });
  }
}

function definesAnything({ openedDefinitions, closedDefinitions }: ProjectionChanges): boolean {
  return openedDefinitions.length + closedDefinitions.length > 0;
}

/** Of what type a property is decides how its values are found. */
function changesProperty({ openedDefinitions, closedDefinitions }: ProjectionChanges): boolean {
  return (
    closedDefinitions.length > 0 &&
    openedDefinitions.some(({ kind, validTo }) => kind === 'PROPERTY' && validTo === null)
  );
}

// PostgreSQL appendix A: data exceptions, constraint violations, program limits. The row is the matter, not the server.
const ROW_CLASSES: ReadonlySet<string> = new Set(['22', '23', '54']);

function refusesRow(error: unknown): boolean {
  return ROW_CLASSES.has(sqlState(error)?.slice(0, 2) ?? '');
}

function unstorable(cause: unknown): HeadwaterError {
  return new HeadwaterError('INVALID_INPUT', 'PostgreSQL cannot hold a row that follows from these events', { cause });
}
