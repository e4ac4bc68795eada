/** Parts of a NodeId, `<kind>:<namespace>:<name>…` with percent-encoded parts (architecture.md). */
export interface NodeIdParts {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly rest: readonly string[];
}

export function partsOf(id: string): NodeIdParts {
  const [kind = '', namespace = '', name = '', ...rest] = id.split(':').map(decoded);
  return { kind, namespace, name, rest };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // An id that nobody made: shown as it stands.
    return part;
  }
}

/** The name of a field or a run behind that of what it belongs to. */
export function nameWithin(id: string): string {
  const { name, rest } = partsOf(id);
  return [name, ...rest].join(' · ');
}

/** Where something of this name is: its namespace, and its whole name where people say a part of it only. */
export function whereOf({
  id,
  displayName,
  namespace,
}: {
  readonly id: string;
  readonly displayName: string;
  readonly namespace: string | null;
}): string {
  const { name } = partsOf(id);
  return [namespace, name === displayName ? null : name].filter(Boolean).join(' · ');
}

const NODE_ID =
  /^(?:(?:domain|term|product|logical):[^\s:]+|(?:dataset|job|field|run|version|agent):[^\s:]+:[^\s:]+(?::[^\s:]+)*)$/;

/** The NodeId that a text is, or that the address of a page of the catalog names; null for any other text. */
export function nodeIdIn(text: string): string | null {
  const held = URL.canParse(text) ? new URL(text).searchParams : null;
  const id = held?.get('id') ?? held?.get('root') ?? text;
  return NODE_ID.test(id) ? id : null;
}

/** A path with a query string; parameters that are null, undefined or empty are left out. */
export function href(path: string, parameters: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(given).toString();
  return query === '' ? path : `${path}?${query}`;
}

export const assetHref = (id: string, more: { readonly asOf?: string | null; readonly tab?: string } = {}): string =>
  href('/asset', { id, ...more });

export const lineageHref = (root: string, more: { readonly asOf?: string | null } = {}): string =>
  href('/lineage', { root, ...more });
