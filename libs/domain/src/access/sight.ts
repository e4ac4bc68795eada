import { createHmac } from 'node:crypto';
import { kindOf, parseNodeId, respellNodeId, type NodeId } from '../identifiers.js';
import type { NamespaceRule } from './namespace-rule.js';

/** Which nodes somebody may see, by the namespaces that their ids name. */
export class Sight {
  readonly #known = new Map<string, boolean>();

  constructor(readonly rule: NamespaceRule) {}

  seesNamespace(namespace: string): boolean {
    let seen = this.#known.get(namespace);
    if (seen === undefined) {
      seen = this.rule.allows(namespace);
      this.#known.set(namespace, seen);
    }
    return seen;
  }

  /** Whether every namespace in the id may be seen; false for what is no NodeId. Says nothing of other names of the node. */
  sees(id: string): boolean {
    return namespacesIn(id)?.every((namespace) => this.seesNamespace(namespace)) ?? false;
  }
}

/** The namespaces that a NodeId names; undefined for other text. A version that a run made names its job's too. */
export function namespacesIn(id: string): readonly string[] | undefined {
  const parsed = parseNodeId(id);
  if (parsed === undefined) return undefined;
  const [own = '', , by, job = ''] = parsed.segments;
  switch (parsed.kind) {
    case 'DATASET':
    case 'JOB':
    case 'FIELD':
    case 'RUN':
      return [own];
    case 'VERSION':
      return by === 'run' ? [own, job] : [own];
    case 'DECISION':
    case 'AGENT':
    case 'DOMAIN':
    case 'TERM':
    case 'DATA_PRODUCT':
    case 'PROPERTY':
    case 'LOGICAL_DATASET':
      return [];
  }
}

// No event may name it: control characters in names are refused (rule 3).
const NOWHERE = '%00:%00';

/**
 * An id of the same kind that nothing has: asked instead of one that the caller may not see, so that the answer to
 * both, and the way to it, is the same.
 */
export function absentLike(id: NodeId): NodeId {
  switch (kindOf(id)) {
    case 'FIELD':
      return `field:${NOWHERE}:${id.slice(id.lastIndexOf(':') + 1)}` as NodeId;
    case 'RUN':
      return `run:${NOWHERE}:${id.slice(id.lastIndexOf(':') + 1)}` as NodeId;
    case 'VERSION':
      return `version:${NOWHERE}:facet:%00` as NodeId;
    case 'JOB':
      return `job:${NOWHERE}` as NodeId;
    default:
      return `dataset:${NOWHERE}` as NodeId;
  }
}

/** What stands for the ids that one caller may not see: the same id for the same node, and for nobody else. */
export class HiddenIds {
  constructor(
    private readonly key: Uint8Array,
    private readonly principal: string,
  ) {}

  of(id: NodeId): NodeId {
    const digest = createHmac('sha256', this.key).update(`${this.principal}\0${id}`).digest('hex');
    return `hidden:${digest.slice(0, 32)}` as NodeId;
  }
}

export function isHiddenId(id: string): boolean {
  return id.startsWith('hidden:');
}

/** A NodeId in one spelling; undefined for text that only looks like one. */
export function nodeIdIn(text: string): NodeId | undefined {
  return kindOf(text) === undefined ? undefined : respellNodeId(text);
}
