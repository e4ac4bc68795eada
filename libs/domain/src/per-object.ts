/**
 * `compute`, done once for each object and remembered for as long as the object lives. Only for pure functions of
 * objects that nobody changes.
 */
export function perObject<K extends object, V>(compute: (object: K) => V): (object: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (object) => {
    const held = known.get(object);
    if (held !== undefined) return held.value;
    const value = compute(object);
    known.set(object, { value });
    return value;
  };
}
