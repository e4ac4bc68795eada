/** A field as a version of a schema lists it. */
export interface ListedField {
  readonly segments: readonly string[];
  readonly type: string | null;
  readonly description: string | null;
}

export type FieldChange = 'ADDED' | 'REMOVED' | 'RENAMED' | 'TYPE' | 'DESCRIPTION' | 'MOVED';

/** One field of two schemas that are compared; `before` or `after` is null where only the other has it. */
export interface DifferenceLine {
  /** The path as people write it; of a renamed field, the later one. */
  readonly path: string;
  readonly before: ListedField | null;
  readonly after: ListedField | null;
  /** Empty where it is the same in both. */
  readonly changes: readonly FieldChange[];
}

/**
 * Every field of either schema: those of the later in its order, each removed one behind the field that it followed. A
 * field has moved where it left the longest run of fields that both schemas have in the same order. It was perhaps
 * renamed where one went and one of the same stated type came in its place, counted from the field before them that
 * stayed: nothing in the data proves it.
 */
export function schemaDifference(
  before: readonly ListedField[],
  after: readonly ListedField[],
): readonly DifferenceLine[] {
  const earlier = new Map(before.map((field) => [keyOf(field), field]));
  const later = new Map(after.map((field) => [keyOf(field), field]));
  const stayed = inOrder(
    [...later.keys()].filter((key) => earlier.has(key)),
    [...earlier.keys()].filter((key) => later.has(key)),
  );
  const formerOf = renamed(placed(earlier, later, stayed), placed(later, earlier, stayed));
  const replaced = new Set(formerOf.values());
  const removedBehind = new Map<string | null, ListedField[]>();
  let last: string | null = null;
  for (const [key, field] of earlier) {
    if (later.has(key)) last = key;
    else if (!replaced.has(field)) removedBehind.set(last, [...(removedBehind.get(last) ?? []), field]);
  }
  const removed = (key: string | null): readonly DifferenceLine[] =>
    (removedBehind.get(key) ?? []).map((field) => lineOf(field, null, false));
  return [
    ...removed(null),
    ...[...later].flatMap(([key, field]) => [
      lineOf(earlier.get(key) ?? formerOf.get(field) ?? null, field, earlier.has(key) && !stayed.has(key)),
      ...removed(key),
    ]),
  ];
}

/** Fields that only one schema has, by type, parent and place: how far they are behind a field that stayed. */
function placed(
  fields: ReadonlyMap<string, ListedField>,
  others: ReadonlyMap<string, ListedField>,
  stayed: ReadonlySet<string>,
): ReadonlyMap<string, ListedField> {
  const found = new Map<string, ListedField>();
  let last: string | null = null;
  let behind = 0;
  for (const [key, field] of fields) {
    if (stayed.has(key)) [last, behind] = [key, 0];
    else behind += 1;
    if (others.has(key) || field.type === null) continue;
    found.set(JSON.stringify([last, behind, field.type, field.segments.slice(0, -1)]), field);
  }
  return found;
}

/** The field that each new one perhaps was. */
function renamed(
  gone: ReadonlyMap<string, ListedField>,
  come: ReadonlyMap<string, ListedField>,
): ReadonlyMap<ListedField, ListedField> {
  const formerOf = new Map<ListedField, ListedField>();
  for (const [place, field] of come) {
    const former = gone.get(place);
    if (former !== undefined) formerOf.set(field, former);
  }
  return formerOf;
}

function lineOf(before: ListedField | null, after: ListedField | null, hasMoved: boolean): DifferenceLine {
  const path = (after ?? before)?.segments.join('.') ?? '';
  const changes: FieldChange[] = [];
  if (before === null) changes.push('ADDED');
  else if (after === null) changes.push('REMOVED');
  else {
    if (keyOf(before) !== keyOf(after)) changes.push('RENAMED');
    if (before.type !== after.type) changes.push('TYPE');
    if ((before.description ?? '') !== (after.description ?? '')) changes.push('DESCRIPTION');
    if (hasMoved) changes.push('MOVED');
  }
  return { path, before, after, changes };
}

const keyOf = ({ segments }: ListedField): string => JSON.stringify(segments);

/** The longest run of keys that has the same order in both lists; both hold the same keys. */
function inOrder(keys: readonly string[], reference: readonly string[]): ReadonlySet<string> {
  const place = new Map(reference.map((key, index) => [key, index]));
  // Patience sorting: `tails[n]` ends the run of n + 1 keys that can be continued by the most others.
  const tails: { readonly key: string; readonly at: number; readonly previous: number }[] = [];
  const links: (typeof tails)[number][] = [];
  const linkOfTail: number[] = [];
  for (const key of keys) {
    const at = place.get(key) ?? 0;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    const link = { key, at, previous: linkOfTail[low - 1] ?? -1 };
    tails[low] = link;
    linkOfTail[low] = links.push(link) - 1;
  }
  const stayed = new Set<string>();
  for (let link = links[linkOfTail.at(-1) ?? -1]; link !== undefined; link = links[link.previous]) stayed.add(link.key);
  return stayed;
}
