/** What a tree of fields is made from: a path, outermost first. */
export interface PathOf {
  readonly segments: readonly string[];
}

/** A field with those nested in it. */
export interface FieldBranch<T extends PathOf> {
  /** Tells it from every other branch of the tree. */
  readonly key: string;
  /** The last segment of its path. */
  readonly name: string;
  /** Null where fields below it are known and it itself is not. */
  readonly field: T | null;
  readonly children: readonly FieldBranch<T>[];
}

/** A branch as a line of a table. */
export interface FieldLine<T extends PathOf> {
  readonly key: string;
  readonly name: string;
  readonly field: T | null;
  /** From 0. */
  readonly depth: number;
  readonly hasChildren: boolean;
}

interface Growing<T extends PathOf> {
  readonly key: string;
  readonly name: string;
  field: T | null;
  readonly children: Map<string, Growing<T>>;
}

/**
 * Nested fields below the ones that hold them, each level in the order in which its fields were first named. Parts of a
 * path that no field of the list has of its own stand as branches without a field.
 */
export function fieldTree<T extends PathOf>(fields: readonly T[]): readonly FieldBranch<T>[] {
  const root = new Map<string, Growing<T>>();
  for (const field of fields) {
    let level = root;
    let branch: Growing<T> | undefined;
    let key = '';
    for (const name of field.segments) {
      key += `/${encodeURIComponent(name.toWellFormed())}`;
      branch = level.get(name) ?? { key, name, field: null, children: new Map<string, Growing<T>>() };
      level.set(name, branch);
      level = branch.children;
    }
    if (branch !== undefined) branch.field ??= field;
  }
  return grown(root);
}

function grown<T extends PathOf>(level: ReadonlyMap<string, Growing<T>>): readonly FieldBranch<T>[] {
  return [...level.values()].map(({ children, ...branch }) => ({ ...branch, children: grown(children) }));
}

/** The lines of a tree from top to bottom; what lies below a branch in `folded` is left out. */
export function linesOf<T extends PathOf>(
  tree: readonly FieldBranch<T>[],
  folded: ReadonlySet<string>,
  depth = 0,
): readonly FieldLine<T>[] {
  return tree.flatMap(({ key, name, field, children }) => [
    { key, name, field, depth, hasChildren: children.length > 0 },
    ...(folded.has(key) ? [] : linesOf(children, folded, depth + 1)),
  ]);
}
