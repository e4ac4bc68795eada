import type { NodeId } from '../identifiers.js';
import type { Namer } from './namer.js';

/** What was read of a facet with a namer's answers; it reads the same with any namer that gives the same ones. */
export interface ReadByNames<T> {
  readonly value: T;
  /** Asks all that was asked; the namer learns the names as it would by reading. */
  readonly holdsFor: (namer: Namer) => boolean;
}

/** Reads with `namer` and remembers what it answers, not the namer itself. */
export function readByNames<T>(namer: Namer, read: (namer: Namer) => T): ReadByNames<T> {
  const datasets = new Map<string, Named>();
  const jobs = new Map<string, Named>();
  const paths = new Map<NodeId, Map<string, readonly string[]>>();
  const fields = new Map<NodeId, readonly string[]>();
  const value = read({
    dataset: (namespace, name) => remembered(datasets, namespace, name, (...named) => namer.dataset(...named)),
    job: (namespace, name) => remembered(jobs, namespace, name, (...named) => namer.job(...named)),
    path: (dataset, field) => {
      const ofDataset = getOrInsert(paths, dataset, () => new Map<string, readonly string[]>());
      return getOrInsert(ofDataset, field, () => namer.path(dataset, field));
    },
    fieldsOf: (dataset) => getOrInsert(fields, dataset, () => namer.fieldsOf(dataset)),
  });
  const holdsFor = (other: Namer): boolean =>
    every(datasets.values(), ({ namespace, name, answer }) => other.dataset(namespace, name) === answer) &&
    every(jobs.values(), ({ namespace, name, answer }) => other.job(namespace, name) === answer) &&
    every(fields, ([dataset, answer]) => isSameList(other.fieldsOf(dataset), answer)) &&
    every(paths, ([dataset, answers]) =>
      every(answers, ([field, answer]) => isSameList(other.path(dataset, field), answer)),
    );
  return { value, holdsFor };
}

interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly answer: NodeId;
}

function remembered(
  known: Map<string, Named>,
  namespace: string,
  name: string,
  ask: (namespace: string, name: string) => NodeId,
): NodeId {
  const named = (): Named => ({ namespace, name, answer: ask(namespace, name) });
  return getOrInsert(known, `${namespace}\n${name}`, named).answer;
}

function getOrInsert<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const held = map.get(key);
  if (held !== undefined) return held;
  const made = make();
  map.set(key, made);
  return made;
}

function every<T>(items: Iterable<T>, holds: (item: T) => boolean): boolean {
  for (const item of items) if (!holds(item)) return false;
  return true;
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
