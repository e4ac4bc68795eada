import type { Batch, CurrentEvent } from './batch.js';
import { keyOf } from './batch.js';
import { contentHash } from './canonical-json.js';
import { perObject } from '../per-object.js';
import { compareStamps } from './stamp.js';
import { renameSubject } from './rename-statements.js';
import { isLater } from './run-record.js';
import type { NodeFacet, Stamp } from './statements.js';
import { kindOf } from '../identifiers.js';

/** Latest facet per node, name and producer (rule 12); on a run by the producer's own clock. */
export function applyFacets(batch: Batch, current: CurrentEvent): void {
  const { statements } = current;
  for (const { node, facet } of statements.facets) {
    keep(batch, current, { node, facet }, `${facet.name}|${facet.producerKey}`);
  }
  for (const { node, name, producerKey } of statements.removed) {
    const register = registerOf(batch, node);
    const key = `${name}|${producerKey}`;
    if (register === undefined || !replaces(node, statements.stamp, register[key])) continue;
    register[key] = { stamp: statements.stamp, hash: '' };
    batch.out.facets.delete(`${node}|${key}`);
    batch.out.removedFacets.set(`${node}|${key}`, { nodeKey: keyOf(node), name, producerKey });
    current.touched.add(keyOf(node));
  }
}

/** The same facet again is the same object. */
const hashOf = perObject(contentHash);

function keep(batch: Batch, current: CurrentEvent, { node, facet }: NodeFacet, key: string): void {
  const { statements } = current;
  const register = registerOf(batch, node);
  if (register === undefined) return;
  const held = register[key];
  if (!replaces(node, statements.stamp, held)) return;
  const hash = hashOf(facet.body);
  register[key] = { stamp: statements.stamp, hash };
  if (held?.hash === hash) return;
  batch.out.removedFacets.delete(`${node}|${key}`);
  batch.out.facets.set(`${node}|${key}`, {
    nodeKey: keyOf(node),
    name: facet.name,
    producerKey: facet.producerKey,
    producer: facet.producer,
    schemaUrl: facet.schemaUrl,
    known: facet.known,
    valid: facet.valid,
    at: statements.stamp.at,
    position: current.position,
    pointer: facet.pointer,
    body: facet.body,
  });
  current.touched.add(keyOf(node));
}

function registerOf(batch: Batch, node: NodeFacet['node']): Record<string, { stamp: Stamp; hash: string }> | undefined {
  return kindOf(node) === 'RUN' ? batch.runs.get(node)?.record.facets : batch.nodes.get(node)?.facets;
}

function replaces(node: NodeFacet['node'], stamp: Stamp, held: { readonly stamp: Stamp } | undefined): boolean {
  if (held === undefined) return true;
  return kindOf(node) === 'RUN' ? isLater(stamp, held) : compareStamps(stamp, held.stamp) > 0;
}

/** Which events speak of the run, the job and the datasets' own events; and what could not be taken at its word. */
export function applyReferences(batch: Batch, current: CurrentEvent): void {
  const { statements, position } = current;
  const subjects = new Set<string>();
  if (statements.run !== null) subjects.add(statements.run.id);
  else if (statements.job !== null) subjects.add(statements.job);
  if (statements.kind !== 'RUN') for (const asset of statements.assets) if (!asset.referenced) subjects.add(asset.id);
  const keys = [...subjects].map((subject) => keyOf(subject as NodeFacet['node']));
  for (const { dataset, change, previous } of statements.lifecycle) {
    if (change === 'RENAME' && previous !== null) keys.push(renameSubject(statements.producerKey, previous, dataset));
  }
  for (const subjectKey of new Set(keys)) {
    batch.out.references.push({ position, subjectKey, effectiveAt: statements.stamp.at });
  }
  const about = statements.run?.id ?? statements.job ?? statements.assets[0]?.id ?? null;
  for (const finding of [...statements.findings, ...current.findings]) {
    batch.out.findings.push({
      position,
      seq: current.nextFinding++,
      code: finding.code,
      pointer: finding.pointer,
      message: finding.message,
      nodeKey: about === null ? null : keyOf(about),
      recordedAt: current.recordedAt,
    });
  }
}
