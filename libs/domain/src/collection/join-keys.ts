import { datasetOf, type NodeId } from '../identifiers.js';
import { canonicalName } from './canonical-name.js';
import { familyOf } from './type-family.js';

/** Why two fields may be joined on. */
export type JoinReason =
  'SHARED_SOURCE' | 'JOINED_BEFORE' | 'SAME_NAME' | 'SYNONYM' | 'NAMED_AS_KEY' | 'COMPATIBLE_TYPE';

/** A field of a dataset that is looked at for keys. */
export interface KeyField {
  readonly id: NodeId;
  readonly name: string;
  readonly type: string | null;
  /** The field that all copies of its value come from; itself where it is no copy. */
  readonly root: NodeId;
  /** What its name means, as people said; null where nobody did. */
  readonly concept: string | null;
  /** Where some job joined on it: the job and a field that it made. */
  readonly joinedBy: ReadonlySet<string>;
}

/** Two fields of two datasets; `left` is of the dataset with the smaller id. */
export interface JoinKey {
  readonly left: NodeId;
  readonly right: NodeId;
  readonly reasons: readonly JoinReason[];
  /** 1 to 15, the sum of what its reasons weigh. */
  readonly score: number;
  /** What both are copies of; null where they are not copies of one field. */
  readonly source: NodeId | null;
}

/** Lineage outweighs all that names suggest. */
const WEIGHTS: Readonly<Record<JoinReason, number>> = {
  SHARED_SOURCE: 6,
  JOINED_BEFORE: 4,
  NAMED_AS_KEY: 2,
  SAME_NAME: 2,
  SYNONYM: 2,
  COMPATIBLE_TYPE: 1,
};
const REASONS = Object.keys(WEIGHTS) as readonly JoinReason[];

const KEY_WORDS: ReadonlySet<string> = new Set([
  'id',
  'key',
  'pk',
  'uuid',
  'guid',
  'number',
  'no',
  'nr',
  'code',
  'ref',
]);

/** Whether the last word of a name is one that keys end with: `claim_id`, `policyNumber`. */
export function isNamedAsKey(name: string): boolean {
  return KEY_WORDS.has(wordsOf(name).at(-1) ?? '');
}

/** Words that say which kind of key it is, and of which table nothing. */
const ROW_WORDS: ReadonlySet<string> = new Set([...KEY_WORDS, 'sk', 'row', 'rowid', 'record', 'primary', 'surrogate']);

/** Whether a name says nothing but that it is a key, such as `id` or `row_id`: in each table it names the rows of that table. */
export function isBareKey(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 0 && words.every((word) => ROW_WORDS.has(word));
}

function wordsOf(name: string): readonly string[] {
  const parted = name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').split(/[^\p{L}\d]+/u);
  return parted.filter((word) => word !== '').map((word) => word.toLowerCase());
}

/** Null where one of the types is not known: not every catalog names the same ones. */
export function areTypesCompatible(a: string | null, b: string | null): boolean | null {
  const [one, other] = [familyOf(a), familyOf(b)];
  if (one !== null && other !== null) return one === other;
  return a !== null && b !== null && a.trim().toLowerCase() === b.trim().toLowerCase() ? true : null;
}

/**
 * Why two fields of different datasets are a key; none where they are not: their values come from one field, or they
 * have one name, or names that mean the same, and types that do not differ, and either the name is that of a key or some job joined on both.
 * A bare key, such as `id`, is one only where people said what it means, or some job joined on both.
 */
export function joinReasons(a: KeyField, b: KeyField): readonly JoinReason[] {
  const types = areTypesCompatible(a.type, b.type);
  const isSameName = canonicalName(a.name) === canonicalName(b.name);
  const isSynonym = !isSameName && a.concept !== null && a.concept === b.concept;
  const [isKey, isOtherKey] = [isNamedAsKey(a.name), isNamedAsKey(b.name)];
  const holds: Readonly<Record<JoinReason, boolean>> = {
    SHARED_SOURCE: a.root === b.root,
    SAME_NAME: isSameName,
    SYNONYM: isSynonym,
    JOINED_BEFORE: [...a.joinedBy].some((join) => b.joinedBy.has(join)),
    // What means the same as a key is one, such as `uid`.
    NAMED_AS_KEY: isSynonym ? isKey || isOtherKey : isKey && isOtherKey,
    COMPATIBLE_TYPE: types === true,
  };
  const isMeant = a.concept !== null && a.concept === b.concept;
  const isNamed = holds.NAMED_AS_KEY && (isMeant || !isBareKey(a.name));
  const isByName = (isSameName || isSynonym) && types !== false && (isNamed || holds.JOINED_BEFORE);
  return holds.SHARED_SOURCE || isByName ? REASONS.filter((reason) => holds[reason]) : [];
}

/** Keys of each pair of datasets that has any, the strongest first, by the pair's ids in order. */
export class JoinKeys {
  readonly #ofPair = new Map<string, JoinKey[]>();

  constructor(fields: readonly KeyField[]) {
    const seen = new Set<string>();
    for (const group of likelyGroups(fields)) {
      for (const [at, a] of group.entries()) {
        for (const b of group.slice(at + 1)) {
          if (datasetOf(a.id) === datasetOf(b.id) || seen.has(`${a.id} ${b.id}`)) continue;
          seen.add(`${a.id} ${b.id}`);
          this.#add(a, b);
        }
      }
    }
    for (const keys of this.#ofPair.values()) keys.sort(compareKeys);
  }

  of(a: NodeId, b: NodeId): readonly JoinKey[] {
    return this.#ofPair.get(pairOf(a, b)) ?? [];
  }

  #add(a: KeyField, b: KeyField): void {
    const reasons = joinReasons(a, b);
    if (reasons.length === 0) return;
    const [left, right] = datasetOf(a.id) < datasetOf(b.id) ? [a, b] : [b, a];
    const score = reasons.reduce((sum, reason) => sum + WEIGHTS[reason], 0);
    const source = a.root === b.root ? a.root : null;
    const pair = pairOf(datasetOf(a.id), datasetOf(b.id));
    const keys = this.#ofPair.get(pair) ?? [];
    this.#ofPair.set(pair, [...keys, { left: left.id, right: right.id, reasons, score, source }]);
  }
}

/** Fields that have something in common: no other two can be a key. Sorted, so that a pair comes the same way each time. */
export function likelyGroups<F extends Pick<KeyField, 'id' | 'name' | 'root' | 'concept'>>(
  fields: readonly F[],
): readonly F[][] {
  const groups = new Map<string, F[]>();
  const sorted = [...fields].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const field of sorted) {
    const { name: called, root, concept } = field;
    const meant = concept === null ? [] : [`concept ${concept}`];
    for (const name of [`name ${canonicalName(called)}`, `root ${root}`, ...meant]) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [field]);
      else group.push(field);
    }
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function compareKeys(a: JoinKey, b: JoinKey): number {
  return b.score - a.score || (a.left + a.right < b.left + b.right ? -1 : 1);
}

function pairOf(a: NodeId, b: NodeId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** Beside a key that is named as one, or that some job joins on, equal amounts or kinds are none. */
function toldKeys(keys: readonly JoinKey[]): readonly JoinKey[] {
  const likely = keys.filter(({ reasons }) => reasons.includes('NAMED_AS_KEY') || reasons.includes('JOINED_BEFORE'));
  return likely.length === 0 ? keys : likely;
}

/** How datasets are put together: which two of them on what. */
export interface Join {
  readonly left: NodeId;
  readonly right: NodeId;
  /** The strongest first; what is called like a key, or joined on, alone where there is such. */
  readonly keys: readonly JoinKey[];
}

export interface JoinTree {
  readonly joins: readonly Join[];
  /** The datasets by what connects them: the largest group first, then by id. */
  readonly groups: readonly (readonly NodeId[])[];
}

/** The joins that connect datasets by the strongest keys, one fewer than datasets where all can be connected. */
export function joinTree(datasets: readonly NodeId[], keys: Pick<JoinKeys, 'of'>): JoinTree {
  const sorted = [...datasets].sort();
  const pairs = sorted
    .flatMap((left, at) => sorted.slice(at + 1).map((right) => ({ left, right, keys: toldKeys(keys.of(left, right)) })))
    .filter((pair) => pair.keys.length > 0)
    .sort(
      (a, b) => (b.keys[0]?.score ?? 0) - (a.keys[0]?.score ?? 0) || (a.left + a.right < b.left + b.right ? -1 : 1),
    );
  const groupOf = new Map(sorted.map((dataset) => [dataset, [dataset]]));
  const joins = pairs.filter(({ left, right }) => {
    const [one, other] = [groupOf.get(left) ?? [], groupOf.get(right) ?? []];
    if (one === other) return false;
    const both = [...one, ...other].sort();
    for (const dataset of both) groupOf.set(dataset, both);
    return true;
  });
  const groups = [...new Set(groupOf.values())];
  return { joins, groups: groups.sort((a, b) => b.length - a.length || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)) };
}
