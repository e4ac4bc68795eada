import { useViewer, type Scope, type Viewer } from '../graphql/viewer.js';

type Held = Viewer['scopes'];

/** Where an asset is: its namespace, and its domain where it is in one. */
export interface Place {
  readonly namespace: string;
  readonly domain: { readonly id: string } | null;
}

/** Whether a scope is held for an asset: by its namespace, or by its domain. */
export function holdsIn(held: Held, scope: Scope, { namespace, domain }: Place): boolean {
  const name = namespace.normalize('NFC');
  const isWithin = (sets: readonly (readonly string[])[] | null): boolean =>
    sets === null || sets.some((set) => isIn(set, name));
  return held.some(
    ({ scope: one, namespaces, domains }) =>
      one === scope &&
      (isWithin(namespaces) || domains.some(({ id, namespaces: sets }) => id === domain?.id && isWithin(sets))),
  );
}

/** Whether the viewer has a scope for an asset; false until it is known. */
export function useMayIn(scope: Scope, place: Place | null): boolean {
  const held = useViewer()?.scopes ?? [];
  return place !== null && holdsIn(held, scope, place);
}

/** Whether what is in a domain, null being none, is defined by who holds this; undefined asks whether in any. */
export function definesIn(held: Held, domain: string | null | undefined): boolean {
  const isWhole = (scope: Scope): boolean =>
    held.some(({ scope: one, namespaces }) => one === scope && namespaces === null);
  if (isWhole('CATALOG_EDIT')) return true;
  const edits = held.filter(({ scope }) => scope === 'CATALOG_EDIT').flatMap(({ domains }) => domains);
  const isMeant = (id: string): boolean => domain === undefined || id === domain;
  return isWhole('CATALOG_READ') && edits.some(({ id, namespaces }) => namespaces === null && isMeant(id));
}

/** Whether the viewer defines what is in a domain, as {@link definesIn} says. */
export function useMayDefine(domain: string | null | undefined): boolean {
  return definesIn(useViewer()?.scopes ?? [], domain);
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
