import { groupBy } from '../../lib/group-by.js';

/** A facet, as far as telling same ones apart looks at it. */
export interface StatedFacet {
  readonly name: string;
  readonly producer: string | null;
  readonly at: string;
  readonly body: unknown;
}

/** One content of a facet, and every statement of it that holds. */
export interface FacetGroup<F extends StatedFacet> {
  readonly latest: F;
  /** When the first of them was made. */
  readonly since: string;
  /** The latest first; at least one. */
  readonly statements: readonly F[];
}

/** Facets of one name and content, whoever sent them, in the order of their names. */
export function facetGroups<F extends StatedFacet>(facets: readonly F[]): readonly FacetGroup<F>[] {
  const groups = groupBy(facets, ({ name, body }) => JSON.stringify([name, contentOf(body)]));
  return [...groups.values()].flatMap((group) => {
    const statements = group.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
    const latest = statements[0];
    return latest === undefined ? [] : [{ latest, since: statements.at(-1)?.at ?? latest.at, statements }];
  });
}

/** What a facet says: its members by name, without who sent it. */
function contentOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return inOrder(Object.fromEntries(Object.entries(body).filter(([name]) => name !== '_producer')));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, member]) => [name, inOrder(member)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
