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

/** How many nodes there are of each kind that becomes neither a dataset nor a job. */
export function leftOutOf({ nodes, metrics }: DbtManifest, isImported: (node: DbtNode) => boolean) {
  const counts = new Map<string, number>();
  const kinds = [
    ...Object.values(nodes)
      .filter((node) => !isImported(node))
      .map(({ resource_type: kind }) => kind),
    ...Object.keys(metrics ?? {}).map(() => 'metric'),
  ];
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
