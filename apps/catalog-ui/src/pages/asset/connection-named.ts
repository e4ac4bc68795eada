type NamedIn<N, K extends string> = N extends Record<K, infer C> ? C : never;

/** Takes a connection of the node out of an answer; undefined where the node is of another kind. */
type PageOf<K extends string> = <D extends { readonly node: object | null }>(
  data: D,
) => NamedIn<NonNullable<D['node']>, K> | undefined;

export const connectionNamed =
  <K extends string>(name: K): PageOf<K> =>
  ({ node }) =>
    node !== null && name in node ? (node as Record<K, never>)[name] : undefined;
