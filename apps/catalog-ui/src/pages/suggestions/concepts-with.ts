import type { FieldConcept } from './suggestions-query.js';

/** Names that differ by case and what separates their words alone are spellings of one, as the API takes them. */
const spelled = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.-]+/g, '');

/**
 * The list of concepts with what was decided of some names. As one meaning they join the concepts that one of them is of
 * already, since a name is of one concept at most; as none they stand behind the others.
 */
export function conceptsWith(
  concepts: readonly FieldConcept[],
  names: readonly string[],
  isOne: boolean,
): FieldConcept[] {
  const decided = { name: isOne ? (names[0] ?? '') : names.join(', ').slice(0, 200), names: [...names], isOne };
  if (!isOne) return [...concepts, decided];
  const own = new Set(names.map(spelled));
  const isJoined = (concept: FieldConcept): boolean =>
    concept.isOne && concept.names.some((name) => own.has(spelled(name)));
  const joined = concepts.filter(isJoined);
  const [first = decided] = joined;
  const all = new Map<string, string>();
  for (const name of [...joined.flatMap((concept) => concept.names), ...names])
    if (!all.has(spelled(name))) all.set(spelled(name), name);
  return [...concepts.filter((concept) => !isJoined(concept)), { ...first, names: [...all.values()] }];
}
