import type pg from 'pg';

/** A table's columns in the order of its record definition, with their PostgreSQL types. */
export interface TableWrite {
  readonly table: string;
  readonly columns: Readonly<Record<string, string>>;
  /** What follows the INSERT, for example `ON CONFLICT (key) DO UPDATE SET …`; @. is the generation's schema. */
  readonly conflict?: string;
}

// PostgreSQL's text holds no U+0000 and no lone surrogate; names with them were refused, elsewhere they show as U+FFFD.
const UNSTORABLE =
  /\\\\|\\u0000|\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}/g;

/** JSON that PostgreSQL takes whatever the strings hold. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  // A backslash of the text itself is written as two: what follows them is no escape.
  return text.includes('\\u0000') || text.includes('\\ud')
    ? text.replace(UNSTORABLE, (found) => (found === '\\\\' ? found : '\\ufffd'))
    : text;
}

/**
 * Inserts rows in one statement: they travel as one JSON array, which costs less than an array a column and takes nested
 * values as they are. Rows are objects that have the table's columns in camelCase; what else they have is left out.
 */
export async function writeRows(
  client: pg.PoolClient,
  schema: string,
  write: TableWrite,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries(write.columns).map(([name, type]) => ({ name, type, member: memberOf(name) }));
  const definition = columns.map(({ member, type }) => `"${member}" ${type}`).join(', ');
  const list = columns.map(({ name }) => name).join(', ');
  const members = columns.map(({ member }) => `"${member}"`).join(', ');
  const conflict = (write.conflict ?? '').replaceAll('@.', `${schema}.`);
  await client.query({
    name: `projection_write_${write.table}_${schema}`,
    text: `INSERT INTO ${schema}.${write.table} (${list}) SELECT ${members} FROM json_to_recordset($1::json) AS row(${definition}) ${conflict}`,
    values: [storableJson(rows)],
  });
}

/** The member that holds a column, which may stand in quotes. */
function memberOf(column: string): string {
  return column.replaceAll('"', '').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `ON CONFLICT (keys) DO UPDATE` of every other column. */
export function replacing(keys: readonly string[], columns: readonly string[]): string {
  const updates = columns.filter((column) => !keys.includes(column)).map((column) => `${column} = excluded.${column}`);
  return `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${updates.join(', ')}`;
}
