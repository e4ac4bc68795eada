import { useViewer, type Scope, type Viewer } from '../graphql/viewer.js';

type Held = Viewer['scopes'];

/** Whether a scope is held for a namespace: everywhere, or where one of its sets of globs matches. */
export function holdsIn(held: Held, scope: Scope, namespace: string): boolean {
  const name = namespace.normalize('NFC');
  return held.some(
    ({ scope: one, namespaces }) => one === scope && (namespaces === null || namespaces.some((set) => isIn(set, name))),
  );
}

/** Whether the viewer has a scope for a namespace; false until it is known. */
export function useMayIn(scope: Scope, namespace: string | null): boolean {
  const held = useViewer()?.scopes ?? [];
  return namespace !== null && holdsIn(held, scope, namespace);
}

/** Whether the viewer has a scope for the whole catalog; false until it is known. */
export function useMayEverywhere(scope: Scope): boolean {
  return useViewer()?.scopes.some(({ scope: one, namespaces }) => one === scope && namespaces === null) ?? false;
}

/** A glob that begins with `!` takes away; only such: from all. */
function isIn(globs: readonly string[], name: string): boolean {
  const given = globs.filter((glob) => !glob.startsWith('!'));
  const isTaken = globs.some((glob) => glob.startsWith('!') && matches(glob.slice(1), name));
  return !isTaken && (given.length === 0 ? globs.length > 0 : given.some((glob) => matches(glob, name)));
}

/** `*` stands for any text, `?` for one character. */
function matches(glob: string, name: string): boolean {
  const [pattern, chars] = [[...glob], [...name]];
  let [at, place, star, mark] = [0, 0, -1, 0];
  while (at < chars.length) {
    if (pattern[place] === '*') {
      star = place++;
      mark = at;
    } else if (place < pattern.length && (pattern[place] === '?' || pattern[place] === chars[at])) {
      at++;
      place++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++mark;
    } else return false;
  }
  return pattern.slice(place).every((rest) => rest === '*');
}
