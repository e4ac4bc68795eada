import { edgesOf, type EdgeBudget } from '../classification/tag-edges.js';
import { grouped, type TagMoment, type TagPorts } from '../classification/tag-lineage.js';
import type { TagEdge } from '../classification/tag-spread.js';
import type { NodeId } from '../identifiers.js';

/** Copies from one field to another of the same value. */
export interface CopyPath {
  /** Both ends included. */
  readonly via: readonly NodeId[];
  /** The nearest field that both ends are copies of: one of the ends, or where the path turns. */
  readonly commonSource: NodeId;
}

/**
 * Fields with the same values, as trees: a field is a copy of another if its values come from that one alone, unchanged
 * and unmasked. So it is a copy of at most one field, and from any field of a tree the value of every other can be read.
 */
export class Copies {
  readonly #sourceOf: ReadonlyMap<NodeId, NodeId>;
  readonly #fields: ReadonlySet<NodeId>;
  readonly #ofRoot: ReadonlyMap<NodeId, readonly NodeId[]>;

  /** `isWhole`: false where there may be more copies than were looked for. */
  constructor(
    fields: ReadonlySet<NodeId>,
    sourceOf: ReadonlyMap<NodeId, NodeId>,
    readonly isWhole: boolean,
  ) {
    this.#fields = fields;
    this.#sourceOf = sourceOf;
    this.#ofRoot = grouped([...fields].sort(), (field) => this.rootOf(field));
  }

  /** The field that all copies of this one's value come from; the field itself where it is no copy. */
  rootOf(field: NodeId): NodeId {
    return this.chainOf(field).at(-1) ?? field;
  }

  /** Whether the field was looked at. */
  has(field: NodeId): boolean {
    return this.#fields.has(field);
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
  between(from: NodeId, to: NodeId): CopyPath {
    const up = this.chainOf(from);
    const down = this.chainOf(to);
    const meeting = up.findIndex((field) => down.includes(field));
    const commonSource = up[meeting];
    if (commonSource === undefined) throw new RangeError(`${from} and ${to} are no copies of one field`);
    return { via: [...up.slice(0, meeting + 1), ...down.slice(0, down.indexOf(commonSource)).reverse()], commonSource };
  }
}

/** What one walk over edges between fields needs. */
export interface CopyWalk {
  readonly ports: Pick<TagPorts, 'graph'>;
  readonly time: TagMoment;
  readonly budget: EdgeBudget;
}

/**
 * The fields with all that have the same value, the nearest first and at most `most` fields. One round of two trips for
 * each hop, whatever the number of fields. Ids are canonical. Throws LIMIT_EXCEEDED as `tagsCarriedTo` does.
 */
export async function copiesOf(walk: CopyWalk, fields: readonly NodeId[], most: number): Promise<Copies> {
  const found = new Set(fields);
  const sourceOf = new Map<NodeId, NodeId>();
  const asked = new Set<NodeId>();
  const search = { isWhole: true };
  const take = (field: NodeId): boolean => {
    if (!found.has(field) && found.size >= most) search.isWhole = false;
    else found.add(field);
    return found.has(field);
  };
  // Whether a field is a copy of the one that leads to it is known once all that leads to it is: it is asked meanwhile.
  for (let frontier: readonly NodeId[] = [...found].sort(); frontier.length > 0 && search.isWhole;) {
    const [sources, leaving] = await Promise.all([
      soleSources(walk, frontier),
      edgesOf(walk.ports, frontier, 'DOWNSTREAM', walk.time, walk.budget),
    ]);
    for (const [field, source] of sources) {
      if (found.has(field) ? !take(source) : !found.has(source) || !take(field)) continue;
      sourceOf.set(field, source);
    }
    // What is no copy may be a source still, and is asked again as one.
    for (const field of frontier) if (found.has(field)) asked.add(field);
    const behind = leaving.filter((edge) => found.has(edge.from) && isCopying(edge)).map(({ to }) => to);
    const next = new Set([...sources.map(([, source]) => source).filter((field) => found.has(field)), ...behind]);
    frontier = [...next].filter((field) => !asked.has(field)).sort();
  }
  cutCycles(sourceOf);
  return new Copies(found, sourceOf, search.isWhole);
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
export function copySource(arriving: readonly TagEdge[]): NodeId | null {
  const [edge, ...others] = arriving.filter(({ from, to, rows }) => from !== to && rows.some(mayHoldValues));
  return edge !== undefined && others.length === 0 && isCopying(edge) ? edge.from : null;
}

type Row = TagEdge['rows'][number];

function isCopying({ rows }: TagEdge): boolean {
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
