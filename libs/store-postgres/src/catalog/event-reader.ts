import type { FindingRow } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import type {
  EventFilter,
  EventReader,
  EventView,
  FindingCount,
  FindingFilter,
} from '@headwater/domain/reading/event-reader';
import { datasetOf, kindOf, nodeKey, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import { componentsOf } from './components.js';
import {
  EVENTS,
  EVENTS_AT,
  EVENTS_OF_NODE,
  FINDINGS,
  FINDINGS_OF_EVENTS,
  FIRST_POSITIONS,
} from './event-statements.js';
import { FindingTally } from './finding-tally.js';
import { ruleParameter } from './namespace-sql.js';
import { groupBy, pageOf, storable, wholeNumber } from './pages.js';
import type { ProjectionDatabase } from './projection-database.js';

/** Events of the log by what they speak of, and the findings that the projection recorded. */
export class PostgresEventReader implements EventReader {
  readonly #database: ProjectionDatabase;
  readonly #tally: FindingTally;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
    this.#tally = new FindingTally(database);
  }

  async events(filter: EventFilter, page: PageRequest): Promise<Page<EventView>> {
    const first = checkFirst(page.first);
    const after = page.after === null ? LATEST : wholeNumber(decodeCursor('events', page.after, ['number'])[0]);
    const [lowest, above] = await this.#positionRange(filter);
    const values = [
      Math.min(after, above),
      lowest,
      filter.kinds?.length ? filter.kinds : null,
      first + 1,
      ruleParameter(filter.within),
    ];
    const rows =
      filter.node === undefined
        ? await this.#database.rows<EventView>(EVENTS, values)
        : await this.#database.rows<EventView>(EVENTS_OF_NODE, [...values, await this.#keysOf(filter.node)]);
    return pageOf(
      rows,
      first,
      ({ position }) => encodeCursor('events', [position]),
      (row) => row,
    );
  }

  async eventsAt(positions: readonly number[]): Promise<ReadonlyMap<number, EventView>> {
    if (positions.length === 0) return new Map();
    const rows = await this.#database.rows<EventView>(EVENTS_AT, [[...new Set(positions)]]);
    return new Map(rows.map((row) => [row.position, row]));
  }

  async findings(filter: FindingFilter, page: PageRequest): Promise<Page<FindingRow>> {
    const first = checkFirst(page.first);
    const [position, seq] =
      page.after === null ? [LATEST, 0] : decodeCursor('findings', page.after, ['number', 'number']);
    const rows = await this.#database.rows<FindingRow>(FINDINGS, [
      wholeNumber(position),
      Math.min(wholeNumber(seq), 2_147_483_647),
      filter.codes?.length ? storable(filter.codes) : null,
      await this.#keysFor(filter),
      first + 1,
      ruleParameter(filter.within),
    ]);
    return pageOf(
      rows,
      first,
      (row) => encodeCursor('findings', [row.position, row.seq]),
      (row) => row,
    );
  }

  async findingsOfEvents(positions: readonly number[]): Promise<ReadonlyMap<number, readonly FindingRow[]>> {
    if (positions.length === 0) return new Map();
    const rows = await this.#database.rows<FindingRow>(FINDINGS_OF_EVENTS, [[...new Set(positions)]]);
    return groupBy(rows, ({ position }) => position);
  }

  findingCounts(): Promise<readonly FindingCount[]> {
    return this.#tally.counts();
  }

  /** The lowest position that the filter allows, and the one above the highest. */
  async #positionRange(filter: EventFilter): Promise<readonly [lowest: number, above: number]> {
    const lowest = filter.fromPosition ?? 1;
    const above = filter.toPosition === undefined ? LATEST : filter.toPosition + 1;
    const { recordedFrom, recordedTo } = filter;
    if (recordedFrom === undefined && recordedTo === undefined) return [lowest, above];
    // Record times never decrease with position, so a period is a range of positions.
    const rows = await this.#database.rows<{ position: number }>(FIRST_POSITIONS, [
      [recordedFrom ?? 0, recordedTo ?? 0],
    ]);
    return [
      recordedFrom === undefined ? lowest : Math.max(lowest, rows[0]?.position ?? lowest),
      recordedTo === undefined ? above : Math.min(above, rows[1]?.position ?? above),
    ];
  }

  async #keysFor({ node, nodes }: FindingFilter): Promise<readonly NodeKey[] | null> {
    if (node !== undefined) return this.#keysOf(node);
    if (nodes === undefined) return null;
    const components = await componentsOf(this.#database, nodes, LATEST);
    return components.flatMap(({ members }) => members.map(nodeKey));
  }

  /** Keys under which events of a node are found: of fields and versions their dataset's. */
  async #keysOf(node: NodeId): Promise<readonly NodeKey[]> {
    const kind = kindOf(node);
    const subject = kind === 'VERSION' ? datasetOf(node) : node;
    const [component] = await componentsOf(this.#database, [kind === 'FIELD' ? datasetOf(node) : subject], LATEST);
    return (component?.members ?? [node]).map(nodeKey);
  }
}
