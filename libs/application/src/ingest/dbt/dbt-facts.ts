import type { DbtExposure, DbtManifest, DbtNode, DbtSource, DbtTable } from './read-artifacts.js';

/** A column as the warehouse has it, or as it is documented where that is not known. */
export interface DbtColumn {
  readonly name: string;
  readonly type: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
}

/** Columns in the order of the warehouse, whose spelling holds: documentation is matched whatever its case. */
export function columnsOf({ columns }: DbtNode | DbtSource, table: DbtTable | undefined): readonly DbtColumn[] {
  if (table === undefined)
    return columns.map(({ name, data_type: type, description, tags }) => ({
      ...{ name, tags, type: type ?? null },
      description: saidIn(description),
    }));
  const documented = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  return Object.values(table.columns)
    .sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
    .map(({ name, type, comment }) => {
      const column = documented.get(name.toLowerCase());
      const description = saidIn(column?.description) ?? saidIn(comment);
      return { name, type: type ?? null, description, tags: column?.tags ?? [] };
    });
}

/** Names as an ownership facet has them, the group's as `team:<group>`. */
export function ownersOf(node: DbtNode | DbtSource): readonly string[] {
  const config = 'config' in node ? (node.config as DbtNode['config']) : null;
  const group = 'group' in node && typeof node.group === 'string' ? node.group : null;
  const stated = [node.meta?.['owner'], config?.meta?.['owner']].flatMap(namesIn);
  return [...new Set([...stated, ...(group === null ? [] : [`team:${group}`])])];
}

export function ownersOfExposure({ owner }: DbtExposure): readonly string[] {
  return namesIn(owner);
}

/** `user:<address>` of an e-mail address; any other name as it is. An object is somebody's `email`, or else `name`. */
function namesIn(owner: unknown): readonly string[] {
  if (Array.isArray(owner)) return owner.flatMap(namesIn);
  if (typeof owner === 'object' && owner !== null) {
    const { email, name } = owner as { readonly email?: unknown; readonly name?: unknown };
    const byEmail = namesIn(email);
    return byEmail.length > 0 ? byEmail : namesIn(name);
  }
  if (typeof owner !== 'string' || owner.trim() === '') return [];
  const name = owner.trim();
  return [/^[^@\s:]+@[^@\s]+$/.test(name) ? `user:${name}` : name];
}

/** A text that says something. */
export function saidIn(text: string | null | undefined): string | null {
  return text === null || text === undefined || text.trim() === '' ? null : text;
}

/** What of a project becomes nothing in the catalog, by kind and reason. */
export interface DbtLeftOut {
  readonly kind: string;
  readonly because: string;
  /** By what dbt calls them, sorted. */
  readonly names: readonly string[];
}

const EPHEMERAL = 'ephemeral, so that there is no table of it; who reads it reads what it reads';
const WHY_NOT: Readonly<Record<string, string>> = {
  metric: 'computed when it is asked for, so that there is no table of it',
  test: 'checks tables and makes none',
  unit_test: 'checks models and makes no table',
};

/** Nodes that become neither a dataset nor a job, and columns that are documented where `tables` has a table without them. */
export function leftOutOf(
  { nodes, sources, metrics }: DbtManifest,
  isImported: (node: DbtNode) => boolean,
  tableOf: (node: DbtNode | DbtSource) => DbtTable | undefined,
): readonly DbtLeftOut[] {
  const all = Object.values(nodes);
  const others = all.filter((node) => !isImported(node));
  const isEphemeral = ({ config }: DbtNode): boolean => config?.materialized === 'ephemeral';
  const found = [
    ...others.map((node) => ({
      ...{ kind: node.resource_type, name: node.name },
      because: isEphemeral(node) ? EPHEMERAL : (WHY_NOT[node.resource_type] ?? 'makes no table'),
    })),
    ...Object.keys(metrics ?? {}).map((id) => ({
      ...{ kind: 'metric', name: id.split('.').at(-1) ?? id, because: WHY_NOT['metric'] ?? '' },
    })),
    ...[...all.filter(isImported), ...Object.values(sources ?? {})].flatMap((node) =>
      unknownColumns(node, tableOf(node)).map((column) => ({
        ...{
          kind: 'column',
          name: `${node.name}.${column}`,
          because: 'documented, and catalog.json has its table without it',
        },
      })),
    ),
  ];
  const groups = new Map<string, { kind: string; because: string; names: string[] }>();
  for (const { kind, because, name } of found) {
    const key = `${kind} ${because}`;
    const group = groups.get(key) ?? { kind, because, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => ({ ...group, names: group.names.sort() }));
}

function unknownColumns({ columns }: DbtNode | DbtSource, table: DbtTable | undefined): readonly string[] {
  if (table === undefined) return [];
  const known = new Set(Object.values(table.columns).map(({ name }) => name.toLowerCase()));
  return columns.map(({ name }) => name).filter((name) => !known.has(name.toLowerCase()));
}
