import type { FieldRow, SchemaVersionRow } from '@headwater/domain/catalog';
import type { ValidTime } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import type { LineageRoots, Owner, OwnersOf } from '@headwater/domain/lineage-roots';
import type { Micros } from '@headwater/domain/time';
import { componentsOf, memberKeys } from './components.js';
import { fieldsThatHold } from './field-list.js';
import { groupByIndex } from './pages.js';
import type { ProjectionDatabase } from './projection-database.js';
import {
  DOMAINS_DURING,
  OWNERS_DURING,
  RUNS_DURING,
  RUNS_OF_UUID,
  SCHEMAS_DURING,
  UNLISTED_FIELDS,
  VERSIONS_DURING,
} from './root-statements.js';

/** More roots than this make no readable answer; the latest are taken. */
const MAX_ROOTS = 1000;

/** Where traversals begin and who owns what they reach, by the catalog of the current generation. */
export class PostgresLineageRoots implements LineageRoots, OwnersOf {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async fieldsOf(dataset: NodeId, valid: ValidTime, knownAt: Micros): Promise<readonly NodeId[]> {
    const { keys } = memberKeys(await componentsOf(this.#database, [dataset], knownAt));
    const [schemas, unlisted] = await Promise.all([
      this.#database.rows<SchemaVersionRow>(SCHEMAS_DURING, [keys, ...periodOf(valid), knownAt]),
      this.#database.rows<FieldRow>(UNLISTED_FIELDS, [keys]),
    ]);
    return fieldsThatHold(dataset, schemas, unlisted).map(({ field }) => field.id);
  }

  async versionsOf(dataset: NodeId, valid: ValidTime, knownAt: Micros): Promise<readonly NodeId[]> {
    const { keys } = memberKeys(await componentsOf(this.#database, [dataset], knownAt));
    const [, to] = periodOf(valid);
    return this.#ids(VERSIONS_DURING, [keys, to, knownAt, MAX_ROOTS]);
  }

  async runsOf(job: NodeId, valid: ValidTime, knownAt: Micros): Promise<readonly NodeId[]> {
    const { keys } = memberKeys(await componentsOf(this.#database, [job], knownAt));
    const [from, to] = periodOf(valid);
    return this.#ids(RUNS_DURING, [keys, from, to, knownAt, 'at' in valid, MAX_ROOTS]);
  }

  async runsByBareId(uuid: string): Promise<readonly NodeId[]> {
    return this.#ids(RUNS_OF_UUID, [uuid]);
  }

  async ownersOf(
    ids: readonly NodeId[],
    valid: ValidTime,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, readonly Owner[]>> {
    if (ids.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, ids, knownAt));
    const values = [indexes, keys, ...periodOf(valid), knownAt];
    const rows = await this.#database.rows<Owner & { n: number }>(OWNERS_DURING, values);
    const owners = new Map<NodeId, readonly Owner[]>();
    for (const [id, group] of groupByIndex(ids, rows)) {
      if (group.length > 0)
        owners.set(
          id,
          group.map(({ agent, role }) => ({ agent, role })),
        );
    }
    return owners;
  }

  async domainsOf(ids: readonly NodeId[], valid: ValidTime, knownAt: Micros): Promise<ReadonlyMap<NodeId, NodeId>> {
    if (ids.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, ids, knownAt));
    const values = [indexes, keys, ...periodOf(valid), knownAt];
    const rows = await this.#database.rows<{ n: number; domain: NodeId }>(DOMAINS_DURING, values);
    return new Map(
      [...groupByIndex(ids, rows)].flatMap(([id, [first]]) =>
        first === undefined ? [] : [[id, first.domain] as const],
      ),
    );
  }

  async #ids(...[statement, values]: Parameters<ProjectionDatabase['rows']>): Promise<readonly NodeId[]> {
    const rows = await this.#database.rows<{ id: NodeId }>(statement, values);
    return rows.map(({ id }) => id);
  }
}

/** A moment as the shortest period there is: times are whole microseconds. */
function periodOf(valid: ValidTime): readonly [from: Micros, to: Micros] {
  return 'at' in valid ? [valid.at, valid.at + 1] : [valid.from, valid.to];
}
