import type { FieldRow, SchemaVersionRow } from '@headwater/domain/catalog';
import type { ValidTime } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import type { LineageRoots } from '@headwater/domain/lineage-roots';
import type { Micros } from '@headwater/domain/time';
import { componentsOf, memberKeys } from './components.js';
import { fieldsThatHold } from './field-list.js';
import type { ProjectionDatabase } from './projection-database.js';
import { RUNS_DURING, RUNS_OF_UUID, SCHEMAS_DURING, UNLISTED_FIELDS, VERSIONS_DURING } from './root-statements.js';

/** More roots than this make no readable answer; the latest are taken. */
const MAX_ROOTS = 1000;

/** Where traversals begin by the catalog of the current generation. */
export class PostgresLineageRoots implements LineageRoots {
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

  async #ids(...[statement, values]: Parameters<ProjectionDatabase['rows']>): Promise<readonly NodeId[]> {
    const rows = await this.#database.rows<{ id: NodeId }>(statement, values);
    return rows.map(({ id }) => id);
  }
}

/** A moment as the shortest period there is: times are whole microseconds. */
function periodOf(valid: ValidTime): readonly [from: Micros, to: Micros] {
  return 'at' in valid ? [valid.at, valid.at + 1] : [valid.from, valid.to];
}
