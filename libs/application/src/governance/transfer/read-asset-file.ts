import { coded, type InputFault, type Told } from '@headwater/domain/errors';
import { DEFAULT_ROLE } from '@headwater/domain/governance/effective-owners';
import { roleNamed } from '@headwater/domain/governance/owner-roles';
import { kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { z } from 'zod';
import { listOf, meantBy, rowFault, type LineFault } from '../csv-cells.js';
import { cellsProblem, noKeyColumn, otherColumns } from '../csv-columns.js';
import { recordsOf } from '../csv-records.js';
import { COLUMNS, SAID_COLUMNS, type Column } from './asset-file.js';
import {
  distinct,
  distinctOwners,
  distinctProperties,
  inOneLine,
  type AssetFile,
  type AssetFileFormat,
  type AssetLine,
  type SaidOwner,
  type SaidProperty,
  type Says,
} from './asset-line.js';
import { nameProblems, type ShownName } from './shown-name.js';

/**
 * The rows of a file of assets and fields. Of CSV the first row names the columns: `id`, and any of the others; within a
 * cell `|` stands between several, and `\` takes the meaning from what is behind it. An empty cell, and null or an empty
 * list of JSON Lines, says that there is none; a column or member that is not there says nothing. At most `most`
 * rows are read, and one more that tells of too many. A fault by itself: the file is no such table.
 */
export function readAssetFile(text: string, format: AssetFileFormat, most: number): AssetFile | LineFault {
  return format === 'CSV' ? readCsv(text, most) : readJsonLines(text, most);
}

function readCsv(text: string, most: number): AssetFile | LineFault {
  const records = recordsOf(text, most + 2);
  if ('line' in records) return records;
  const { header, rows } = records;
  const columns = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const problem = headerProblem(columns);
  if (problem !== null) return rowFault(header?.line ?? 1, '', problem);
  const { lines, faults } = fileOf(
    rows.map(({ line, cells }): ReadRow => {
      const given = new Map(columns.map((column, index) => [column as Column, meantBy(cells[index] ?? '')]));
      const key = given.get('id')?.trim() ?? '';
      const problems = cellsProblem(cells, columns);
      if (problems.length > 0) return { line, key, problems, says: {}, names: {} };
      const { kind, namespace, name, field } = Object.fromEntries(given);
      return { line, key, problems: [], says: saidInCells(given), names: { kind, namespace, name, field } };
    }),
  );
  return { lines, faults: [...records.faults, ...faults].sort((a, b) => a.line - b.line) };
}

function headerProblem(columns: readonly string[]): Told | null {
  if (!columns.includes('id')) return noKeyColumn(columns, COLUMNS, 'id');
  const other = otherColumns(columns, COLUMNS);
  if (other !== null || SAID_COLUMNS.some((column) => columns.includes(column))) return other;
  const known = SAID_COLUMNS.join(', ');
  return coded('COLUMNS_SAY_NOTHING', `names no column that says something: ${known}`, { known });
}

function saidInCells(given: ReadonlyMap<Column, string>): Partial<Says> {
  const cell = <C extends keyof Says>(column: C, read: (text: string) => Says[C]): Partial<Says> => {
    const text = given.get(column);
    return text === undefined ? {} : { [column]: read(text) };
  };
  return {
    ...cell('description', descriptionOf),
    ...cell('domain', (text) => (text.trim() === '' ? null : spelt(text.trim()))),
    ...cell('owners', (text) => distinctOwners(listOf(text).map(ownerOf))),
    ...cell('tags', (text) => distinct(listOf(text))),
    ...cell('terms', (text) => distinct(listOf(text).map(spelt)) as readonly NodeId[]),
    ...cell('properties', (text) => distinctProperties(listOf(text).map(propertyOf))),
  };
}

/** No agent's id has an equals sign in it: the last one ends the role. */
function ownerOf(text: string): SaidOwner {
  const at = text.lastIndexOf('=');
  return at < 0
    ? { agent: spelt(text), role: DEFAULT_ROLE }
    : { agent: spelt(text.slice(at + 1).trim()), role: roleNamed(text.slice(0, at).trim()) };
}

/** No property's id has an equals sign in it: the first one ends it. A value that is missing is told when it is entered. */
function propertyOf(text: string): SaidProperty {
  const at = text.indexOf('=');
  return at < 0
    ? { property: spelt(text.trim()), values: [''] }
    : { property: spelt(text.slice(0, at).trim()), values: [text.slice(at + 1).trim()] };
}

const VALUE = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const ROW = z.strictObject({
  id: z.string(),
  kind: z.string().nullish(),
  namespace: z.string().nullish(),
  name: z.string().nullish(),
  field: z.string().nullish(),
  description: z.string().nullable().optional(),
  domain: z.string().nullable().optional(),
  owners: z.array(z.strictObject({ agent: z.string(), role: z.string().default(DEFAULT_ROLE) })).nullish(),
  tags: z.array(z.string()).nullish(),
  terms: z.array(z.string()).nullish(),
  properties: z.array(z.strictObject({ property: z.string(), values: z.array(VALUE) })).nullish(),
});

function readJsonLines(text: string, most: number): AssetFile {
  const rows = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const said = rows.flatMap((row, index) => (row.trim() === '' ? [] : [{ row, line: index + 1 }]));
  return fileOf(said.slice(0, most + 1).map(({ row, line }) => jsonRow(row, line)));
}

function jsonRow(row: string, line: number): ReadRow {
  let value: unknown;
  try {
    value = JSON.parse(row);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    const problems = [{ pointer: '', ...coded('NO_JSON', `is no JSON: ${why}`, { problem: why }) }];
    return { line, key: '', problems, says: {}, names: {} };
  }
  const read = ROW.safeParse(value);
  if (!read.success) {
    const id = z.object({ id: z.string() }).safeParse(value);
    const problems = read.error.issues.map(({ path, message }) => ({
      pointer: path.map((part) => `/${String(part)}`).join(''),
      ...coded('WRONG_SHAPE', [path.join('/'), message].filter(Boolean).join(': '), { problem: message }),
    }));
    return { line, key: id.data?.id ?? '', problems, says: {}, names: {} };
  }
  const { id, kind, namespace, name, field, description, domain, owners, tags, terms, properties } = read.data;
  const says: Partial<Says> = {
    ...(description !== undefined && { description: description === null ? null : descriptionOf(description) }),
    ...(domain !== undefined && { domain: domain === null ? null : spelt(domain) }),
    ...(owners !== undefined && {
      owners: distinctOwners((owners ?? []).map(({ agent, role }) => ({ agent: spelt(agent), role: roleNamed(role) }))),
    }),
    ...(tags !== undefined && { tags: distinct((tags ?? []).map(inOneLine)) }),
    ...(terms !== undefined && { terms: distinct((terms ?? []).map(spelt)) as readonly NodeId[] }),
    ...(properties !== undefined && {
      properties: distinctProperties(
        (properties ?? []).map(({ property, values }) => ({
          property: spelt(property),
          values: values.map(inOneLine),
        })),
      ),
    }),
  };
  return { line, key: id.trim(), problems: [], says, names: { kind, namespace, name, field } };
}

function descriptionOf(text: string): string | null {
  return text.trim() === '' ? null : text.replaceAll(/\r\n?/g, '\n');
}

/** What is no id stays as it is: where it would be entered, the plan says so. */
function spelt(text: string): NodeId {
  return respellNodeId(text) ?? (text as NodeId);
}

interface ReadRow {
  readonly line: number;
  readonly key: string;
  readonly problems: readonly InputFault[];
  readonly says: Partial<Says>;
  readonly names: { readonly [K in keyof ShownName]?: string | null | undefined };
}

function fileOf(rows: readonly ReadRow[]): AssetFile {
  const lines: AssetLine[] = [];
  const faults: LineFault[] = [];
  for (const { line, key, problems, says, names } of rows) {
    const id = respellNodeId(key);
    const all = problems.length > 0 ? problems : problemsOf(id, says, names);
    if (all.length > 0) faults.push({ line, key, faults: all });
    else if (id !== undefined) lines.push({ line, id, says: kindOf(id) === 'FIELD' ? saidOfField(says) : says });
  }
  return { lines, faults };
}

function problemsOf(id: NodeId | undefined, says: Partial<Says>, names: ReadRow['names']): readonly InputFault[] {
  const kind = id === undefined ? undefined : kindOf(id);
  if (id === undefined || (kind !== 'DATASET' && kind !== 'JOB' && kind !== 'FIELD'))
    return [
      { pointer: '/id', ...coded('NOT_AN_ID', 'must have the id of a dataset, a job or a field', { kind: 'NODE' }) },
    ];
  const given = Object.fromEntries(Object.entries(names).filter(([, text]) => typeof text === 'string'));
  const tooMuch = [
    ...(says.domain ? ['domain'] : []),
    ...(says.owners !== undefined && says.owners.length > 0 ? ['owners'] : []),
    ...(says.properties !== undefined && says.properties.length > 0 ? ['properties'] : []),
  ];
  return [
    ...nameProblems(id, given),
    ...(kind === 'FIELD'
      ? tooMuch.map((member) => ({
          pointer: `/${member}`,
          ...coded('NOT_OF_FIELDS', `has ${member}, and a field has none of its own`),
        }))
      : []),
  ];
}

function saidOfField({ description, tags, terms }: Partial<Says>): Partial<Says> {
  return {
    ...(description !== undefined && { description }),
    ...(tags && { tags }),
    ...(terms && { terms }),
  };
}
