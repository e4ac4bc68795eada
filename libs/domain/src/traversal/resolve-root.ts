import { coded, HeadwaterError } from '../errors.js';
import type { GraphNode } from '../graph.js';
import { datasetOf, fieldPath, jobOfRun, kindOf, type NodeId } from '../identifiers.js';
import type { LineageGranularity, Moment, TraversalPorts } from './lineage-answer.js';

/** Where a traversal begins: the node that stands for the root, and the nodes of the granularity's layer to walk from. */
export interface ResolvedRoot {
  readonly node: GraphNode;
  readonly starts: readonly NodeId[];
}

/**
 * Maps a root to the layer of the granularity: a field, version or run stands for its dataset or job where the layer is
 * coarser; a dataset stands for its fields or versions and a job for its latest runs where it is finer. Null when the
 * graph does not know it. Throws INVALID_INPUT for a job or run at FIELD, which have no fields.
 */
export async function resolveRoot(
  ports: Pick<TraversalPorts, 'graph' | 'roots'>,
  root: NodeId,
  granularity: LineageGranularity,
  moment: Moment,
): Promise<ResolvedRoot | null> {
  const target = inLayer(root, granularity);
  if (target === undefined) return null;
  const asked = kindOf(target) === 'FIELD' ? [target, datasetOf(target)] : [target];
  const known = await ports.graph.nodes(asked, moment.knownAt);
  const node = known.get(target);
  if (node === undefined) return lonelyField(ports, target, known, moment);
  const { valid, knownAt } = moment;
  if (granularity === 'FIELD' && node.kind === 'DATASET') {
    return { node, starts: unique(await ports.roots.fieldsOf(node.id, valid, knownAt)) };
  }
  if (granularity === 'RUN' && node.kind === 'DATASET') {
    return { node, starts: unique(await ports.roots.versionsOf(node.id, valid, knownAt)) };
  }
  if (granularity === 'RUN' && node.kind === 'JOB') {
    return { node, starts: unique(await ports.roots.runsOf(node.id, valid, knownAt)) };
  }
  return { node, starts: [node.id] };
}

/** A node for an id that the graph store does not list, named by the last part of the id. */
export function unlistedNode(id: NodeId): GraphNode {
  const kind = kindOf(id) ?? 'DATASET';
  const last = id.slice(id.lastIndexOf(':') + 1);
  const displayName = kind === 'FIELD' ? fieldPath(id).join('.') : decodeURIComponent(last);
  return { id, kind, displayName, placeholder: false };
}

/** The node of the granularity's layer, or of the next finer one, that a root stands for; undefined where it has none. */
export function inLayer(root: NodeId, granularity: LineageGranularity): NodeId | undefined {
  const kind = kindOf(root);
  switch (kind) {
    case 'DATASET':
      return root;
    case 'JOB':
    case 'RUN':
      if (granularity === 'FIELD') {
        throw new HeadwaterError(
          'INVALID_INPUT',
          'Field lineage begins at a field, a dataset or a dataset version: give one of these as root, or ask with granularity JOB.',
          { faults: [{ pointer: '/root', ...coded('NO_FIELDS', 'names a job or run, which has no fields') }] },
        );
      }
      return kind === 'RUN' && granularity !== 'RUN' ? jobOfRun(root) : root;
    case 'FIELD':
      return granularity === 'FIELD' ? root : datasetOf(root);
    case 'VERSION':
      return granularity === 'RUN' ? root : datasetOf(root);
    case 'DECISION':
    case 'AGENT':
    case 'DOMAIN':
    case 'TERM':
    case 'DATA_PRODUCT':
    case 'PROPERTY':
    case 'LOGICAL_DATASET':
    case undefined:
      return undefined;
  }
}

/** A field without any field edge may be known to the catalog only. */
async function lonelyField(
  ports: Pick<TraversalPorts, 'roots'>,
  target: NodeId,
  known: ReadonlyMap<NodeId, GraphNode>,
  moment: Moment,
): Promise<ResolvedRoot | null> {
  if (kindOf(target) !== 'FIELD') return null;
  const dataset = known.get(datasetOf(target));
  if (dataset === undefined) return null;
  const field = `field:${dataset.id.slice('dataset:'.length)}:${target.slice(target.lastIndexOf(':') + 1)}` as NodeId;
  const fields = await ports.roots.fieldsOf(dataset.id, moment.valid, moment.knownAt);
  return fields.includes(field) ? { node: unlistedNode(field), starts: [field] } : null;
}

function unique(ids: readonly NodeId[]): readonly NodeId[] {
  return [...new Set(ids)];
}
