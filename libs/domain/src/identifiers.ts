import { hash } from 'node:crypto';

/**
 * What a NodeId names. The first segment of a NodeId is its kind in lower case; `:` separates segments and every
 * segment is `encodeURIComponent` of the NFC form, so namespaces such as `kafka://host:9092` are ordinary.
 */
export type NodeKind =
  | 'DATASET'
  | 'JOB'
  | 'FIELD'
  | 'RUN'
  | 'VERSION'
  | 'DECISION'
  | 'AGENT'
  | 'DOMAIN'
  | 'TERM'
  | 'DATA_PRODUCT'
  | 'LOGICAL_DATASET'
  | 'PROPERTY';

declare const brand: unique symbol;
/** `dataset:<ns>:<name>`, `job:<ns>:<name>`, `field:<ns>:<name>:<path>`, `run:<job ns>:<job>:<uuid>`, `version:…`, `agent:…`, `domain:…`, `term:…`, `product:…`, `logical:…`, `property:…`. */
export type NodeId = string & { readonly [brand]: 'NodeId' };

/** A 128-bit hash of a NodeId as 32 hex digits: the key both stores index and join on, since index rows are limited. */
export type NodeKey = string & { readonly [brand]: 'NodeKey' };

const KINDS: Readonly<Record<string, NodeKind>> = {
  dataset: 'DATASET',
  job: 'JOB',
  field: 'FIELD',
  run: 'RUN',
  version: 'VERSION',
  decision: 'DECISION',
  agent: 'AGENT',
  domain: 'DOMAIN',
  term: 'TERM',
  product: 'DATA_PRODUCT',
  property: 'PROPERTY',
  logical: 'LOGICAL_DATASET',
};

const SEGMENT_COUNT: Readonly<Record<NodeKind, readonly [min: number, max: number]>> = {
  DATASET: [2, 2],
  JOB: [2, 2],
  FIELD: [3, 3],
  RUN: [3, 3],
  VERSION: [4, 7],
  DECISION: [2, 2],
  AGENT: [2, 2],
  DOMAIN: [1, 1],
  TERM: [1, 1],
  DATA_PRODUCT: [1, 1],
  PROPERTY: [1, 1],
  LOGICAL_DATASET: [1, 1],
};

// RFC 3986 unreserved characters need no encoding; most names consist of them, and the test is far cheaper than the call.
const PLAIN = /^[A-Za-z0-9_.!~*'()-]*$/;

/** One segment of a NodeId: percent-encoded NFC. A lone surrogate becomes U+FFFD, so the function is total. */
export function encodeSegment(part: string): string {
  return PLAIN.test(part) ? part : encodeURIComponent(part.normalize('NFC').toWellFormed());
}

export function datasetId(namespace: string, name: string): NodeId {
  return `dataset:${encodeSegment(namespace)}:${encodeSegment(name)}` as NodeId;
}

export function jobId(namespace: string, name: string): NodeId {
  return `job:${encodeSegment(namespace)}:${encodeSegment(name)}` as NodeId;
}

/** A field of a dataset; `path` is the list of nesting segments, outermost first. */
export function fieldId(dataset: NodeId, path: readonly string[]): NodeId {
  return `field:${dataset.slice('dataset:'.length)}:${path.map(encodeSegment).join('/')}` as NodeId;
}

/** `runId` is a UUID; it is written in lower case. */
export function runNodeId(job: NodeId, runId: string): NodeId {
  return `run:${job.slice('job:'.length)}:${runId.toLowerCase()}` as NodeId;
}

/** The version that the dataset's `version` facet names. */
export function facetVersionId(dataset: NodeId, value: string): NodeId {
  return `version:${dataset.slice('dataset:'.length)}:facet:${encodeSegment(value)}` as NodeId;
}

/** The version that one run made; `window` numbers the windows of a STREAMING run. */
export function runVersionId(dataset: NodeId, run: NodeId, window?: string): NodeId {
  const suffix = window === undefined ? '' : `:${encodeSegment(window)}`;
  return `version:${dataset.slice('dataset:'.length)}:run:${run.slice('run:'.length)}${suffix}` as NodeId;
}

export function agentId(kind: string, name: string): NodeId {
  return `agent:${encodeSegment(kind)}:${encodeSegment(name)}` as NodeId;
}

/** `key` tells a domain from others for good, whatever it is called. */
export function domainId(key: string): NodeId {
  return `domain:${encodeSegment(key)}` as NodeId;
}

/** The same of a term of the glossary. */
export function termId(key: string): NodeId {
  return `term:${encodeSegment(key)}` as NodeId;
}

/** The same of a data product. */
export function productId(key: string): NodeId {
  return `product:${encodeSegment(key)}` as NodeId;
}

/** The same of a custom property. */
export function propertyId(key: string): NodeId {
  return `property:${encodeSegment(key)}` as NodeId;
}

/** The same of a logical dataset. */
export function logicalId(key: string): NodeId {
  return `logical:${encodeSegment(key)}` as NodeId;
}

/** The kind a NodeId names, or undefined when the text is no NodeId of the catalog. */
export function kindOf(id: string): NodeKind | undefined {
  const end = id.indexOf(':');
  return end < 0 ? undefined : KINDS[id.slice(0, end)];
}

export interface ParsedNodeId {
  readonly kind: NodeKind;
  /** Decoded segments behind the kind. A field's path stays one segment, still encoded: see {@link fieldPath}. */
  readonly segments: readonly string[];
}

/** Splits and decodes a NodeId; undefined for anything that is none (never throws). */
export function parseNodeId(id: string): ParsedNodeId | undefined {
  const kind = kindOf(id);
  if (kind === undefined) return undefined;
  const raw = id.split(':').slice(1);
  const [min, max] = SEGMENT_COUNT[kind];
  if (raw.length < min || raw.length > max) return undefined;
  try {
    const segments = raw.map((part, index) => (kind === 'FIELD' && index === 2 ? part : decodeURIComponent(part)));
    return { kind, segments };
  } catch {
    // decodeURIComponent throws on a malformed escape: such text is no NodeId.
    return undefined;
  }
}

/**
 * One spelling for each id, since clients escape more or less than the catalog does; undefined when the text is no
 * NodeId. A malformed escape within a field's path stays as given: no field has such a name.
 */
export function respellNodeId(text: string): NodeId | undefined {
  const parsed = parseNodeId(text);
  if (parsed === undefined) return undefined;
  const parts = parsed.segments.map((segment, at) => {
    if (parsed.kind !== 'FIELD' || at !== 2) return encodeSegment(segment);
    return segment.split('/').map(respellSegment).join('/');
  });
  const last = parts.length - 1;
  if (parsed.kind === 'RUN') parts[last] = parts[last]?.toLowerCase() ?? '';
  return [text.slice(0, text.indexOf(':')), ...parts].join(':') as NodeId;
}

function respellSegment(segment: string): string {
  try {
    return encodeSegment(decodeURIComponent(segment));
  } catch {
    return segment;
  }
}

/** The dataset a field or version belongs to. */
export function datasetOf(id: NodeId): NodeId {
  const [, namespace, name] = id.split(':');
  return `dataset:${namespace ?? ''}:${name ?? ''}` as NodeId;
}

/** The job a run belongs to. */
export function jobOfRun(id: NodeId): NodeId {
  const [, namespace, name] = id.split(':');
  return `job:${namespace ?? ''}:${name ?? ''}` as NodeId;
}

/** The 128-bit key of the namespace that a dataset, job or run is named in. */
export function namespaceKeyOf(id: NodeId): string {
  return hash128(`namespace:${id.split(':')[1] ?? ''}`);
}

/** The same of a namespace as it is written. */
export function namespaceKey(namespace: string): string {
  return hash128(`namespace:${encodeSegment(namespace)}`);
}

/** A field's nesting segments, outermost first. */
export function fieldPath(id: NodeId): readonly string[] {
  return (id.split(':')[3] ?? '').split('/').map(decodeURIComponent);
}

/** The 128-bit key of a NodeId: the first half of its SHA-256, in hex. */
export function nodeKey(id: NodeId): NodeKey {
  return hash128(id) as NodeKey;
}

/** The first 128 bits of a SHA-256, in hex. */
export function hash128(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}
