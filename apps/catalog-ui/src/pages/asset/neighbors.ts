import { groupBy } from '../../lib/group-by.js';
import { partsOf } from '../../lib/node-id.js';

/** Nodes and edges of a lineage, as far as neighbors are concerned. */
export interface Surroundings<E extends SurroundingEdge> {
  readonly root: { readonly id: string };
  readonly nodes: readonly SurroundingNode[];
  readonly edges: readonly E[];
}

export interface SurroundingNode {
  readonly id: string;
  readonly kind: string;
  readonly displayName: string | null;
  readonly hidden: boolean;
  readonly placeholder: boolean;
}

export interface SurroundingEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
}

/** What is one hop from the root, with every edge between the two. */
export interface Neighbor<E extends SurroundingEdge> {
  readonly node: SurroundingNode;
  readonly edges: readonly E[];
}

/** The neighbors on either side, in the order of the answer. Being part of something is no neighborhood. */
export function neighborsOf<E extends SurroundingEdge>({
  root,
  nodes,
  edges,
}: Surroundings<E>): Readonly<Record<'upstream' | 'downstream', readonly Neighbor<E>[]>> {
  const flowing = edges.filter(({ kind }) => kind !== 'PARENT');
  const side = (near: 'from' | 'to', far: 'from' | 'to'): readonly Neighbor<E>[] => {
    const byFar = groupBy(
      flowing.filter((edge) => edge[near] === root.id && edge[far] !== root.id),
      (edge) => edge[far],
    );
    return nodes.flatMap((node) => {
      const between = byFar.get(node.id);
      return between === undefined ? [] : [{ node, edges: between }];
    });
  };
  return { upstream: side('to', 'from'), downstream: side('from', 'to') };
}

/** What a node is called and where it belongs, from its id alone: of a field its path, and the dataset that has it. */
export function titleOf(id: string): { readonly name: string; readonly within: string } {
  const { kind, namespace, name, rest } = partsOf(id);
  if (kind === 'field') return { name: rest.join('.'), within: `${name} · ${namespace}` };
  if (kind === 'run') return { name: rest.join(':') || id, within: `${name} · ${namespace}` };
  if (kind === 'version') return { name: rest.at(-1) ?? id, within: `${name} · ${namespace}` };
  if (kind === 'domain') return { name: namespace, within: '' };
  return { name: name === '' ? id : name, within: namespace };
}
