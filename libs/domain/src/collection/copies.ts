import { EdgeBudget, edgesOf, grouped, type TagMoment, type TagPorts } from '../classification/tag-lineage.js';
import type { FieldEdge } from '../classification/tag-spread.js';
import type { NodeId } from '../identifiers.js';

/**
 * Fields with the same values, as trees: a field is a copy of another if its values come from that one alone, unchanged
 * and unmasked. So it is a copy of at most one field, and from any field of a tree the value of every other can be read.
 */
export class Copies {
  readonly #sourceOf: ReadonlyMap<NodeId, NodeId>;
  readonly #ofRoot: ReadonlyMap<NodeId, readonly NodeId[]>;

  /** `isWhole`: false where there may be more copies than were looked for. */
  constructor(
    fields: Iterable<NodeId>,
    sourceOf: ReadonlyMap<NodeId, NodeId>,
    readonly isWhole: boolean,
  ) {
    this.#sourceOf = sourceOf;
    this.#ofRoot = grouped([...new Set(fields)].sort(), (field) => this.rootOf(field));
  }

  /** The field that all copies of this one's value come from; the field itself where it is no copy. */
  rootOf(field: NodeId): NodeId {
    return this.chainOf(field).at(-1) ?? field;
  }

  /** The field, what it is a copy of, and so on up to the root. */
  chainOf(field: NodeId): readonly NodeId[] {
    const chain = [field];
    for (let at = this.#sourceOf.get(field); at !== undefined; at = this.#sourceOf.get(at)) chain.push(at);
    return chain;
  }

  /** All fields that were found with the value of this one, itself included, by id. */
  sameAs(field: NodeId): readonly NodeId[] {
    return this.#ofRoot.get(this.rootOf(field)) ?? [field];
  }

  /** From one copy up to where both come from, and down to the other one; both ends included. */
  between(from: NodeId, to: NodeId): readonly NodeId[] {
    const up = this.chainOf(from);
    const down = this.chainOf(to);
    const meeting = up.findIndex((field) => down.includes(field));
    const met = up[meeting];
    if (met === undefined) return [];
    return [...up.slice(0, meeting + 1), ...down.slice(0, down.indexOf(met)).reverse()];
  }
}

/** What one walk over edges between fields needs. */
export interface CopyWalk {
  readonly ports: Pick<TagPorts, 'graph'>;
  readonly time: TagMoment;
  readonly budget: EdgeBudget;
}

/**
 * The fields with all that have the same value: what they are copies of, then the copies of all of these, the nearest
 * first and at most `most` fields. Two trips for each hop down and one for each hop up, whatever the number of fields.
 * Ids are canonical. Throws LIMIT_EXCEEDED as `tagsCarriedTo` does.
 */
export async function copiesOf(walk: CopyWalk, fields: readonly NodeId[], most: number): Promise<Copies> {
  const sourceOf = await copySources(walk, fields);
  const found = new Set([...fields, ...sourceOf.keys(), ...sourceOf.values()]);
  let frontier: readonly NodeId[] = [...found].sort();
  while (frontier.length > 0) {
    const leaving = await edgesOf(walk.ports, frontier, 'DOWNSTREAM', walk.time, walk.budget);
    const behind = [...new Set(leaving.filter(isCopying).map(({ to }) => to))].filter((field) => !found.has(field));
    const next: NodeId[] = [];
    for (const [field, source] of await soleSources(walk, behind.sort())) {
      if (!found.has(source)) continue;
      if (found.size >= most) return new Copies(found, sourceOf, false);
      found.add(field);
      sourceOf.set(field, source);
      next.push(field);
    }
    frontier = next.sort();
  }
  return new Copies(found, sourceOf, true);
}

/** Of each field that is a copy, and of what it is a copy of, what that is; a cycle is cut at its smallest id. */
export async function copySources(walk: CopyWalk, fields: readonly NodeId[]): Promise<Map<NodeId, NodeId>> {
  const sourceOf = new Map<NodeId, NodeId>();
  const asked = new Set<NodeId>();
  for (let frontier: readonly NodeId[] = [...new Set(fields)].sort(); frontier.length > 0;) {
    for (const field of frontier) asked.add(field);
    const found = await soleSources(walk, frontier);
    for (const [field, source] of found) sourceOf.set(field, source);
    frontier = [...new Set(found.map(([, source]) => source))].filter((field) => !asked.has(field)).sort();
  }
  cutCycles(sourceOf);
  return sourceOf;
}

/** In the order of the fields. */
async function soleSources(
  { ports, time, budget }: CopyWalk,
  fields: readonly NodeId[],
): Promise<readonly (readonly [NodeId, NodeId])[]> {
  const arriving = grouped(await edgesOf(ports, fields, 'UPSTREAM', time, budget), ({ to }) => to);
  return fields.flatMap((field) => {
    const source = copySource(arriving.get(field) ?? []);
    return source === null ? [] : [[field, source] as const];
  });
}

/**
 * What a field is a copy of, by all edges that lead to it: the only field that its values come from, unchanged. INDIRECT
 * transformations decide which rows come, and not what is in them; a statement without any may mean everything.
 */
export function copySource(arriving: readonly FieldEdge[]): NodeId | null {
  const [edge, ...others] = arriving.filter(({ from, to, rows }) => from !== to && rows.some(mayHoldValues));
  return edge !== undefined && others.length === 0 && isCopying(edge) ? edge.from : null;
}

type Row = FieldEdge['rows'][number];

function isCopying({ rows }: FieldEdge): boolean {
  return rows.some(mayHoldValues) && rows.filter(mayHoldValues).every(saysCopy);
}

function mayHoldValues({ transformations }: Row): boolean {
  return transformations.length === 0 || transformations.some(isDirect);
}

function saysCopy({ transformations }: Row): boolean {
  const direct = transformations.filter(isDirect);
  return direct.length > 0 && direct.every(({ subtype, masking }) => !masking && subtype?.toUpperCase() === 'IDENTITY');
}

function isDirect({ type }: Row['transformations'][number]): boolean {
  return type.toUpperCase() !== 'INDIRECT';
}

function cutCycles(sourceOf: Map<NodeId, NodeId>): void {
  const done = new Set<NodeId>();
  for (const field of [...sourceOf.keys()].sort()) {
    const path: NodeId[] = [];
    let at: NodeId | undefined = field;
    while (at !== undefined && !done.has(at) && !path.includes(at)) {
      path.push(at);
      at = sourceOf.get(at);
    }
    const cycle = at === undefined || done.has(at) ? [] : path.slice(path.indexOf(at)).sort();
    if (cycle[0] !== undefined) sourceOf.delete(cycle[0]);
    for (const node of path) done.add(node);
  }
}
