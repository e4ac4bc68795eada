import { LATEST } from '@headwater/domain/reading/read-time';
import type {
  AssertionRef,
  AssertionSightings,
  EdgeProofReader,
  EdgeWithRows,
} from '@headwater/domain/reading/edge-proof-reader';
import type { EventView } from '@headwater/domain/reading/event-reader';
import type { EdgeEvidence, EdgeKind, EdgeRow } from '@headwater/domain/graph';
import { hash128, nodeKey, type NodeId } from '@headwater/domain/identifiers';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import { renameSubject } from '@headwater/domain/projection/rename-statements';
import type { Micros } from '@headwater/domain/time';
import { CLOCK_TOLERANCE } from '@headwater/domain/traversal/moment';
import { FIRST_POSITIONS } from './event-statements.js';
import { PROOFS, SIGHTINGS } from './edge-proof-statements.js';
import { groupBy, hexKey, pageOf, wholeNumber } from './pages.js';
import type { ProjectionDatabase } from './projection-database.js';

const STRENGTH: Readonly<Record<EdgeEvidence, number>> = { OBSERVED: 0, DECLARED: 1, INFERRED: 2 };

// Which side of a run a cycle must speak of to miss an edge (rule 16). Null: such an edge is never missed.
const SIDES: Readonly<Record<EdgeKind, 'READ' | 'WRITE' | null>> = {
  READ: 'READ',
  WRITE: 'WRITE',
  DERIVED: 'WRITE',
  CONTROL: null,
  PARENT: null,
};

interface SightingRow {
  readonly n: number;
  readonly at: Micros | null;
  readonly runId: NodeId | null;
  readonly missed: number;
}

interface ProofRow extends EventView {
  readonly n: number;
  readonly at: Micros;
  readonly subject: string;
}

/** Last sightings, misses and proving events of edges: found by way of the contributions that name them. */
export class PostgresEdgeProofReader implements EdgeProofReader {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async sightings(edges: readonly EdgeWithRows[]): Promise<readonly (readonly AssertionSightings[])[]> {
    const assertions = edges.map(({ rows, time }) => assertionsOf(rows).map((own) => ({ rows: own, time })));
    const flat = assertions.flat();
    if (flat.length === 0) return edges.map(() => []);
    const rows = await this.#database.rows<SightingRow>(SIGHTINGS, await this.#parametersOf(flat));
    const found = new Map(rows.map((row) => [row.n, row]));
    let index = 0;
    return assertions.map((group) =>
      group.map((assertion): AssertionSightings => {
        const sighting = found.get(index++);
        const begun = Math.max(...assertion.rows.map(({ validFrom }) => validFrom));
        return {
          ...assertion,
          lastSeenAt: sighting?.at ?? begun,
          lastRunId: sighting?.runId ?? null,
          missedRuns: sighting?.at == null ? 0 : sighting.missed,
        };
      }),
    );
  }

  async proofs(assertions: readonly AssertionRef[], page: PageRequest): Promise<readonly Page<EventView>[]> {
    const first = checkFirst(page.first);
    const [at, subject, position] =
      page.after === null ? [LATEST, null, LATEST] : decodeCursor('proofs', page.after, ['number', 'string', 'number']);
    if (assertions.length === 0) return [];
    const rows = await this.#database.rows<ProofRow>(PROOFS, [
      ...(await this.#parametersOf(assertions)),
      wholeNumber(at),
      hexKey(subject),
      wholeNumber(position),
      first + 1,
    ]);
    const groups = groupBy(rows, ({ n }) => n);
    return assertions.map((_, index) =>
      pageOf(
        groups.get(index) ?? [],
        first,
        (row) => encodeCursor('proofs', [row.at, row.subject, row.position]),
        ({ n: _n, at: _at, subject: _subject, ...event }) => event,
      ),
    );
  }

  /** One entry for each (assertion, stated edge): rows of merged nodes state the edge between different ids. */
  async #parametersOf(assertions: readonly AssertionRef[]): Promise<unknown[]> {
    const known = await this.#positionsAt(assertions.map(({ time }) => time.knownAt));
    const entries = assertions.flatMap(({ rows, time }, n) => {
      const stated = new Map(rows.map((row) => [hash128(`${row.kind}|${row.from}|${row.to}`), row]));
      const since = Math.min(...rows.map(({ validFrom }) => validFrom));
      const ends = rows.map(({ validTo }) => validTo);
      const until = ends.includes(null) ? LATEST : Math.max(...ends.map(Number));
      return [...stated].map(([edgeKey, row]) => ({ n, edgeKey, row, since, until, time }));
    });
    return [
      entries.map(({ n }) => n),
      // Contributions are of runs, which never prove a declaration or a RENAME as such.
      entries.map(({ edgeKey, row }) => (row.evidence === 'DECLARED' || isRename(row) ? null : edgeKey)),
      entries.map(({ row }) => (row.job === null ? null : nodeKey(row.job))),
      entries.map(({ row }) => row.producer),
      entries.map(({ row }) => SIDES[row.kind]),
      // Under what the events stand that state the edge where no run's contribution does.
      entries.map(({ row }) =>
        isRename(row) ? renameSubject(row.producer ?? '', row.from, row.to) : nodeKey(row.job ?? row.to),
      ),
      entries.map(({ since }) => since),
      entries.map(({ until }) => until),
      // Nothing that was known then stands further ahead (rule 10).
      entries.map(({ time }) => Math.min(time.at, time.knownAt + CLOCK_TOLERANCE, LATEST)),
      entries.map(({ time }) => known.get(time.knownAt) ?? LATEST),
    ];
  }

  /** The last position that was recorded at or before each of these times. */
  async #positionsAt(times: readonly Micros[]): Promise<ReadonlyMap<Micros, number>> {
    const asked = [...new Set(times)].filter((time) => time < LATEST);
    if (asked.length === 0) return new Map();
    const rows = await this.#database.rows<{ position: number }>(FIRST_POSITIONS, [asked.map((time) => time + 1)]);
    return new Map(asked.map((time, index) => [time, (rows[index]?.position ?? LATEST) - 1]));
  }
}

/** Rows of one edge by (evidence, producer, job), strongest first, then by producer and job. */
function assertionsOf(rows: readonly EdgeRow[]): EdgeRow[][] {
  const groups = groupBy(rows, (row) => JSON.stringify([row.evidence, row.producer, row.job]));
  return [...groups]
    .sort(([a, [first]], [b, [second]]) => strengthOf(first) - strengthOf(second) || (a < b ? -1 : 1))
    .map(([, group]) => group);
}

function strengthOf(row: EdgeRow | undefined): number {
  return row === undefined ? STRENGTH.INFERRED : STRENGTH[row.evidence];
}

/** Nothing but a RENAME is observed of a dataset itself (rule 24). */
function isRename(row: EdgeRow): boolean {
  return row.job === null && row.evidence === 'OBSERVED';
}
