import type { RunRow } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { RunReader } from '@headwater/domain/reading/run-reader';
import { nodeKey, type NodeId } from '@headwater/domain/identifiers';
import type { Page, PageRequest } from '@headwater/domain/page';
import { RUN_COLUMNS } from './columns.js';
import { componentsOf, memberKeys } from './components.js';
import { groupByIndex, timeCursor, timePages, withoutNumber, type TimeCursor } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const RUNS: Statement = {
  name: 'catalog_runs',
  sql: `SELECT ${RUN_COLUMNS} FROM @.run r WHERE r.key = ANY ($1::uuid[])`,
};

const RUNS_BY_UUID: Statement = {
  name: 'catalog_runs_by_uuid',
  sql: `SELECT ${RUN_COLUMNS} FROM @.run r WHERE r.run_id = ANY ($1::uuid[]) ORDER BY r.id COLLATE "C"`,
};

// One index range a member; the pages of one component are merged by the caller.
const RUNS_OF_JOBS: Statement = {
  name: 'catalog_runs_of_jobs',
  sql: `
    SELECT u.n, found.* FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      SELECT ${RUN_COLUMNS} FROM @.run r
      WHERE r.job_key = u.key AND (r.first_at, r.key) < ($3::bigint, $4::uuid)
      ORDER BY r.first_at DESC, r.key DESC LIMIT $5
    ) found`,
};

const LATEST_RUNS: Statement = {
  name: 'catalog_latest_runs',
  sql: `
    SELECT u.n, found.* FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      (SELECT ${RUN_COLUMNS} FROM @.run r WHERE r.job_key = u.key AND NOT r.placeholder
       ORDER BY r.first_at DESC, r.key DESC LIMIT 1)
      UNION ALL
      (SELECT ${RUN_COLUMNS} FROM @.run r WHERE r.job_key = u.key AND r.placeholder
       ORDER BY r.first_at DESC, r.key DESC LIMIT 1)
    ) found`,
};

const CHILD_RUNS: Statement = {
  name: 'catalog_child_runs',
  sql: `
    SELECT u.n, found.* FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      SELECT ${RUN_COLUMNS} FROM @.run r
      WHERE r.parent_key = u.key AND (r.first_at, r.key) < ($3::bigint, $4::uuid)
      ORDER BY r.first_at DESC, r.key DESC LIMIT $5
    ) found`,
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type NumberedRun = RunRow & { n: number };

/** Runs of the current generation. A run keeps its id when its job is merged with another. */
export class PostgresRunReader implements Omit<RunReader, 'findRuns' | 'usualRuns'> {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async runs(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, RunRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.rows<RunRow>(RUNS, [ids.map(nodeKey)]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async runsByUuid(uuids: readonly string[]): Promise<ReadonlyMap<string, readonly RunRow[]>> {
    const wanted = uuids.map((uuid) => uuid.toLowerCase());
    // Another text than a UUID is no run's id: an answer, not an error of the statement.
    const valid = [...new Set(wanted)].filter((uuid) => UUID.test(uuid));
    if (valid.length === 0) return new Map();
    const rows = await this.#database.rows<RunRow>(RUNS_BY_UUID, [valid]);
    const found = new Map<string, readonly RunRow[]>();
    for (const [index, uuid] of uuids.entries()) {
      const group = rows.filter(({ runId }) => runId === wanted[index]);
      if (group.length > 0) found.set(uuid, group);
    }
    return found;
  }

  async runsOfJobs(jobs: readonly NodeId[], page: PageRequest): Promise<ReadonlyMap<NodeId, Page<RunRow>>> {
    const after = timeCursor('runs', page);
    if (jobs.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, jobs, LATEST));
    const values = [indexes, keys, after.at, after.key, page.first + 1];
    const rows = await this.#database.rows<NumberedRun>(RUNS_OF_JOBS, values);
    return timePages('runs', jobs, rows, page.first, placeOf, withoutNumber);
  }

  async latestRuns(jobs: readonly NodeId[]): Promise<ReadonlyMap<NodeId, RunRow>> {
    if (jobs.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, jobs, LATEST));
    const rows = await this.#database.rows<NumberedRun>(LATEST_RUNS, [indexes, keys]);
    const latest = new Map<NodeId, RunRow>();
    for (const [job, group] of groupByIndex(jobs, rows)) {
      const [best] = group.sort(
        (a, b) => Number(a.placeholder) - Number(b.placeholder) || b.firstAt - a.firstAt || (a.key < b.key ? 1 : -1),
      );
      if (best !== undefined) latest.set(job, withoutNumber(best));
    }
    return latest;
  }

  async childRuns(runs: readonly NodeId[], page: PageRequest): Promise<ReadonlyMap<NodeId, Page<RunRow>>> {
    const after = timeCursor('childRuns', page);
    if (runs.length === 0) return new Map();
    const values = [runs.map((_, index) => index), runs.map(nodeKey), after.at, after.key, page.first + 1];
    const rows = await this.#database.rows<NumberedRun>(CHILD_RUNS, values);
    return timePages('childRuns', runs, rows, page.first, placeOf, withoutNumber);
  }
}

function placeOf(row: RunRow): TimeCursor {
  return { at: row.firstAt, key: row.key };
}
