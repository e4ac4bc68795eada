import { partsOf } from '../../../lib/node-id.js';
import type { Group } from './grouping.js';
import type { GraphNode } from './model.js';

/** What a node is called: a name, and where that name belongs. */
export interface Naming {
  readonly title: string;
  /** The namespace; of a field its dataset, of a run or version the run id. */
  readonly place: string;
  readonly namespace: string;
}

/** As much of a node as names it. */
export type Named = Pick<GraphNode, 'id' | 'kind' | 'displayName' | 'hidden'>;

/** Names are asked for with every change of the picture, of thousands of nodes that stay the same objects. */
const told = new WeakMap<Named, Naming>();

/** Names by id; hidden ids are opaque and name nothing. */
export function namingOf(node: Named): Naming {
  const known = told.get(node);
  if (known !== undefined) return known;
  const naming = named(node);
  told.set(node, naming);
  return naming;
}

function named({ id, kind, displayName, hidden }: Named): Naming {
  if (hidden) return { title: '', place: '', namespace: '' };
  const { namespace, name, rest } = partsOf(id);
  if (kind === 'FIELD') return { title: displayName ?? rest.at(-1) ?? name, place: name, namespace };
  // It belongs to no namespace, and its id names none.
  if (kind === 'LOGICAL_DATASET') return { title: displayName ?? namespace, place: '', namespace: '' };
  if (kind === 'RUN' || kind === 'VERSION') return { title: shortName(name), place: shortRun(rest), namespace };
  return { title: displayName ?? name, place: namespace, namespace };
}

export function namespaceOf(node: GraphNode): string {
  return namingOf(node).namespace;
}

/** The dataset whose field or version a node is; its NodeId is the key. */
export function datasetOf({ id, kind, hidden }: GraphNode): Group | null {
  if (hidden || (kind !== 'FIELD' && kind !== 'VERSION')) return null;
  const [, namespace = '', name = ''] = id.split(':');
  return { key: `dataset:${namespace}:${name}`, title: shortName(partsOf(id).name) };
}

/** Of `insurance.claims.claims` the last part; ids of runs and versions carry the full name. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function shortRun(rest: readonly string[]): string {
  return (rest.at(-1) ?? '').slice(0, 8);
}
