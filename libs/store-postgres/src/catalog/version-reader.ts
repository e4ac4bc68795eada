import type { DatasetVersionRow, RunRow, VersionLinkRow } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { DatasetGap, RunVersion, VersionReader, VersionRun } from '@headwater/domain/reading/run-reader';
import { nodeKey, type NodeId } from '@headwater/domain/identifiers';
import { encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { Micros } from '@headwater/domain/time';
import { RUN_COLUMNS, VERSION_COLUMNS } from './columns.js';
import { componentsOf, memberKeys } from './components.js';
import { groupByIndex, pageOf, textCursor, timeCursor, timePages, withoutNumber } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const VERSIONS: Statement = {
  name: 'catalog_versions',
  sql: `SELECT ${VERSION_COLUMNS} FROM @.dataset_version v WHERE v.key = ANY ($1::uuid[])`,
};

const VERSIONS_OF_DATASETS: Statement = {
  name: 'catalog_versions_of_datasets',
  sql: `
    SELECT u.n, found.* FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      SELECT ${VERSION_COLUMNS} FROM @.dataset_version v
      WHERE v.dataset_key = u.key AND (v.created_at, v.key) < ($3::bigint, $4::uuid)
      ORDER BY v.created_at DESC, v.key DESC LIMIT $5
    ) found`,
};

// A link may be stated with several evidences: the strongest one is shown.
const LINK_COLUMNS = `k.role AS "linkRole", k.evidence AS "linkEvidence", k.gap AS "linkGap", k.at AS "linkAt"`;
const STRENGTH = `array_position(ARRAY['OBSERVED', 'DECLARED', 'INFERRED'], k.evidence)`;

const VERSIONS_OF_RUNS: Statement = {
  name: 'catalog_versions_of_runs',
  sql: `
    SELECT u.n, found.* FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      SELECT DISTINCT ON (v.id COLLATE "C") ${VERSION_COLUMNS}, ${LINK_COLUMNS}
      FROM @.version_link k JOIN @.dataset_version v ON v.key = k.version_key
      WHERE k.run_key = u.key AND k.role = $3 AND v.id COLLATE "C" > $4
        AND k.recorded_from <= $5 AND (k.recorded_to IS NULL OR k.recorded_to > $5)
      ORDER BY v.id COLLATE "C", ${STRENGTH}, k.row_id LIMIT $6
    ) found`,
};

const GAPS_OF_RUNS: Statement = {
  name: 'catalog_gaps_of_runs',
  sql: `
    SELECT u.n, found.* FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      SELECT DISTINCT ON (a.id COLLATE "C") a.id AS "datasetId", k.gap
      FROM @.version_link k JOIN @.asset a ON a.key = k.dataset_key
      WHERE k.run_key = u.key AND k.role = 'USED' AND k.gap IS NOT NULL AND a.id COLLATE "C" > $3
        AND k.recorded_from <= $4 AND (k.recorded_to IS NULL OR k.recorded_to > $4)
      ORDER BY a.id COLLATE "C", k.gap LIMIT $5
    ) found`,
};

const RUNS_OF_VERSIONS: Statement = {
  name: 'catalog_runs_of_versions',
  sql: `
    SELECT u.n, found.* FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      SELECT DISTINCT ON (r.first_at, r.key) ${RUN_COLUMNS}, ${LINK_COLUMNS}
      FROM @.version_link k JOIN @.run r ON r.key = k.run_key
      WHERE k.version_key = u.key AND k.role = $3 AND (r.first_at, r.key) < ($4::bigint, $5::uuid)
        AND k.recorded_from <= $6 AND (k.recorded_to IS NULL OR k.recorded_to > $6)
      ORDER BY r.first_at DESC, r.key DESC, ${STRENGTH}, k.row_id LIMIT $7
    ) found`,
};

interface LinkColumns {
  readonly n: number;
  readonly linkRole: VersionLinkRow['role'];
  readonly linkEvidence: VersionLinkRow['evidence'];
  readonly linkGap: VersionLinkRow['gap'];
  readonly linkAt: Micros;
}

/** Dataset versions of the current generation and the runs on both sides of them. */
export class PostgresVersionReader implements VersionReader {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async versions(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, DatasetVersionRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.rows<DatasetVersionRow>(VERSIONS, [ids.map(nodeKey)]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async versionsOfDatasets(
    datasets: readonly NodeId[],
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<DatasetVersionRow>>> {
    const after = timeCursor('versions', page);
    if (datasets.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, datasets, LATEST));
    const values = [indexes, keys, after.at, after.key, page.first + 1];
    const rows = await this.#database.rows<DatasetVersionRow & { n: number }>(VERSIONS_OF_DATASETS, values);
    const placeOf = (row: DatasetVersionRow) => ({ at: row.createdAt, key: row.key });
    return timePages('versions', datasets, rows, page.first, placeOf, withoutNumber);
  }

  async versionsOfRuns(
    runs: readonly NodeId[],
    role: VersionLinkRow['role'],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<RunVersion>>> {
    const after = textCursor('runVersions', page);
    if (runs.length === 0) return new Map();
    const values = [runs.map((_, index) => index), runs.map(nodeKey), role, after, knownAt, page.first + 1];
    const rows = await this.#database.rows<DatasetVersionRow & LinkColumns>(VERSIONS_OF_RUNS, values);
    const pages = new Map<NodeId, Page<RunVersion>>();
    for (const [run, group] of groupByIndex(runs, rows)) {
      const cursorOf = ({ id }: DatasetVersionRow): string => encodeCursor('runVersions', [id]);
      const versions = pageOf(group, page.first, cursorOf, (row): RunVersion => {
        const [version, link] = splitLink(row);
        return { version, link };
      });
      pages.set(run, versions);
    }
    return pages;
  }

  async gapsOfRuns(
    runs: readonly NodeId[],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<DatasetGap>>> {
    const after = textCursor('runGaps', page);
    if (runs.length === 0) return new Map();
    const values = [runs.map((_, index) => index), runs.map(nodeKey), after, knownAt, page.first + 1];
    const rows = await this.#database.rows<DatasetGap & { n: number }>(GAPS_OF_RUNS, values);
    const cursorOf = ({ datasetId }: DatasetGap): string => encodeCursor('runGaps', [datasetId]);
    const pages = groupByIndex(runs, rows).map(
      ([run, group]) => [run, pageOf(group, page.first, cursorOf, withoutNumber)] as const,
    );
    return new Map(pages);
  }

  async runsOfVersions(
    versions: readonly NodeId[],
    role: VersionLinkRow['role'],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<VersionRun>>> {
    const after = timeCursor('versionRuns', page);
    if (versions.length === 0) return new Map();
    const indexes = versions.map((_, index) => index);
    const values = [indexes, versions.map(nodeKey), role, after.at, after.key, knownAt, page.first + 1];
    const rows = await this.#database.rows<RunRow & LinkColumns>(RUNS_OF_VERSIONS, values);
    const placeOf = (row: RunRow) => ({ at: row.firstAt, key: row.key });
    return timePages('versionRuns', versions, rows, page.first, placeOf, (row): VersionRun => {
      const [run, link] = splitLink(row);
      return { run, link };
    });
  }
}

function splitLink<T extends LinkColumns>(row: T): [Omit<T, keyof LinkColumns>, RunVersion['link']] {
  const { n: _n, linkRole: role, linkEvidence: evidence, linkGap: gap, linkAt: at, ...own } = row;
  return [own, { role, evidence, gap, at }];
}
