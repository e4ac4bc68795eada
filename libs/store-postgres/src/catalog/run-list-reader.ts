import type { RunRow } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { RunFilter, RunReader } from '@headwater/domain/reading/run-reader';
import { namespaceKey, nodeKey, type NodeId } from '@headwater/domain/identifiers';
import { encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { UsualRun } from '@headwater/domain/run-state';
import { componentsOf } from './components.js';
import { ruleParameter } from './namespace-sql.js';
import { pageOf, timeCursor } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';
import { RUN_LIST, RUN_LIST_OF_JOBS, RUN_LIST_OF_NAMESPACES, USUAL_RUNS } from './run-list-statements.js';
import { runRanges } from './run-ranges.js';

const LIST = 'findRuns';

/** Runs of the whole catalog by how they stand, and what is usual for their jobs. */
export class PostgresRunListReader implements Pick<RunReader, 'findRuns' | 'usualRuns'> {
  constructor(private readonly database: ProjectionDatabase) {}

  async findRuns(filter: RunFilter, page: PageRequest): Promise<Page<RunRow>> {
    const after = timeCursor(LIST, page);
    const ranges = runRanges(filter);
    const namespaces = filter.namespaces?.length ? [...new Set(filter.namespaces.map(namespaceKey))] : null;
    const [statement, scope] = await this.#scopeOf(filter, namespaces);
    const rows = await this.database.rows<RunRow>(statement, [
      ranges.map(({ state }) => state),
      ranges.map(({ perpetual }) => perpetual),
      ranges.map(({ since }) => since),
      ranges.map(({ until }) => until),
      ranges.map(({ late }) => late),
      ...[after.at, after.key, page.first + 1, filter.at, namespaces, scope, ruleParameter(filter.within)],
    ]);
    const cursorOf = (row: RunRow): string => encodeCursor(LIST, [row.lastEventAt, row.key]);
    return pageOf(rows, page.first, cursorOf, (row) => row);
  }

  async usualRuns(jobs: readonly NodeId[]): Promise<ReadonlyMap<NodeId, UsualRun>> {
    if (jobs.length === 0) return new Map();
    const values = [jobs.map((_, index) => index), jobs.map(nodeKey)];
    const rows = await this.database.rows<UsualRun & { readonly n: number }>(USUAL_RUNS, values);
    return new Map(rows.map(({ n, duration, delay }) => [jobs[n] as NodeId, { duration, delay }]));
  }

  /** The narrowest index that the filter allows. */
  async #scopeOf(
    { job }: RunFilter,
    namespaces: readonly string[] | null,
  ): Promise<readonly [Statement, readonly string[] | null]> {
    if (job !== undefined) {
      const [component] = await componentsOf(this.database, [job], LATEST);
      return [RUN_LIST_OF_JOBS, (component?.members ?? [job]).map(nodeKey)];
    }
    return namespaces === null ? [RUN_LIST, null] : [RUN_LIST_OF_NAMESPACES, namespaces];
  }
}
