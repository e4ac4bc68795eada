import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type {
  EditJob,
  EditJobStore,
  JobEdit,
  JobEditState,
  JobFilter,
  NewEditJob,
  PlannedEdit,
  SettledEdit,
} from '@headwater/domain/governance/edit-job';
import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { pageOf, storable, wholeNumber } from '../catalog/pages.js';
import { translatePostgresError } from '../postgres-error.js';

const LIST_NAME = 'edit-jobs';

// One statement, so that a job is there with all of its edits or not at all.
const CREATE = `
  WITH job AS (
    INSERT INTO edit_job (id, actor, actor_name, reason, kind, changes, total, started_at, touched_at, ended_at, standing)
    SELECT $1, $2, $3, $4, $5, $6::json, jsonb_array_length($8::jsonb), $7::bigint, $7::bigint,
      CASE WHEN jsonb_array_length($8::jsonb) = 0 THEN $7::bigint END, $9::jsonb
    ON CONFLICT (id) DO NOTHING RETURNING id
  ), items AS (
    INSERT INTO edit_job_item (job_id, n, asset, expected, changes, state)
    SELECT job.id, edit.number - 1, edit.body->>'asset', (edit.body->>'expected')::bigint, (edit.body->'changes')::json, 'WAITING'
    FROM job, jsonb_array_elements($8::jsonb) WITH ORDINALITY AS edit(body, number)
  )
  SELECT id FROM job`;

const JOBS = `
  SELECT j.id, j.kind, j.actor, j.actor_name AS "actorName", j.reason, j.standing, j.changes, j.total, j.started_at AS "startedAt",
    j.ended_at AS "endedAt", settled.made, settled.refused
  FROM edit_job j CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state = 'MADE')::int AS made, count(*) FILTER (WHERE state = 'REFUSED')::int AS refused
    FROM edit_job_item WHERE job_id = j.id
  ) settled`;

const JOB = `${JOBS} WHERE j.id = $1`;

const LIST = `${JOBS}
  WHERE (j.started_at < $1 OR j.started_at = $1 AND j.id COLLATE "C" < $2) AND ($3::text IS NULL OR j.actor = $3)
  ORDER BY j.started_at DESC, j.id COLLATE "C" DESC LIMIT $4`;

const EDITS = `
  SELECT n, asset, expected, changes, state, position, verdict FROM edit_job_item
  WHERE job_id = $1 AND ($2::text IS NULL OR state = $2) ORDER BY n OFFSET $3 LIMIT $4`;

const SETTLE = `
  WITH settled AS (
    UPDATE edit_job_item item SET position = given.position, verdict = given.verdict,
      state = CASE WHEN given.verdict IS NULL THEN 'MADE' ELSE 'REFUSED' END
    FROM jsonb_to_recordset($2::jsonb) AS given(n integer, position bigint, verdict text)
    WHERE item.job_id = $1 AND item.n = given.n AND item.state = 'WAITING' RETURNING item.n
  )
  UPDATE edit_job SET touched_at = greatest(touched_at, $3), ended_at = CASE
    WHEN EXISTS (SELECT FROM edit_job_item WHERE job_id = $1 AND state = 'WAITING' AND n NOT IN (SELECT n FROM settled))
    THEN NULL ELSE coalesce(ended_at, $3) END
  WHERE id = $1`;

const STALLED = `SELECT id FROM edit_job WHERE ended_at IS NULL AND touched_at <= $1 ORDER BY started_at, id COLLATE "C"`;

const SWEEP = `
  WITH gone AS (DELETE FROM edit_job WHERE ended_at < $1 RETURNING id)
  DELETE FROM edit_job_item WHERE job_id IN (SELECT id FROM gone)`;

interface JobColumns extends Omit<EditJob, 'by'> {
  readonly actor: string;
  readonly actorName: string;
}

/** Jobs of edits in the tables of `prisma/edit-jobs.prisma`. */
export class PostgresEditJobStore implements EditJobStore {
  constructor(private readonly pool: pg.Pool) {}

  async create(job: NewEditJob, edits: readonly PlannedEdit[]): Promise<boolean> {
    const { id, by, reason, kind, changes, startedAt, standing = null } = job;
    const written = [
      JSON.stringify(changes),
      startedAt,
      JSON.stringify(edits),
      standing === null ? null : JSON.stringify(standing),
    ];
    return (await this.#rows(CREATE, [id, by.id, by.name, reason, kind, ...written])).length > 0;
  }

  async job(id: string): Promise<EditJob | null> {
    if (storable([id]).length === 0) return null;
    const [row] = await this.#rows<JobColumns>(JOB, [id]);
    return row === undefined ? null : toJob(row);
  }

  async jobs({ actor }: JobFilter, page: PageRequest): Promise<Page<EditJob>> {
    checkFirst(page.first);
    const [at, id] = page.after === null ? [null, '~'] : decodeCursor(LIST_NAME, page.after, ['number', 'string']);
    const rows = await this.#rows<JobColumns>(LIST, [wholeNumber(at), String(id), actor, page.first + 1]);
    return pageOf(rows, page.first, (row) => encodeCursor(LIST_NAME, [row.startedAt, row.id]), toJob);
  }

  edits(id: string, state: JobEditState | null, skip: number, most: number): Promise<readonly JobEdit[]> {
    return this.#rows<JobEdit>(EDITS, [id, state, skip, most]);
  }

  async settle(id: string, settled: readonly SettledEdit[], at: Micros): Promise<void> {
    await this.#rows(SETTLE, [id, JSON.stringify(settled), at]);
  }

  async stalled(since: Micros): Promise<readonly string[]> {
    return (await this.#rows<{ id: string }>(STALLED, [since])).map(({ id }) => id);
  }

  async sweep(before: Micros): Promise<void> {
    await this.#rows(SWEEP, [before]);
  }

  async #rows<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    try {
      return (await this.pool.query<R>(text, [...values])).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }
}

function toJob({ actor, actorName, ...job }: JobColumns): EditJob {
  return { ...job, by: { id: actor, name: actorName } };
}
