import type { NodeId } from '../identifiers.js';
import { mergeSpans } from './pair-intervals.js';
import type { Assertion } from './write-lineage.js';

/**
 * What one producer says of all that a job reads and writes holds for the datasets that it names. Where several name
 * some, one may write what another reads, and what happens on that way nobody has said: then reads and writes of the
 * job say nothing of it, and carry.
 */
export function withoutSeveralVoices(
  job: NodeId,
  assertions: ReadonlyMap<string, Assertion>,
): ReadonlyMap<string, Assertion> {
  const isOfJob = ({ spec: { kind, from, to } }: Assertion): boolean =>
    (kind === 'READ' && to === job) || (kind === 'WRITE' && from === job);
  const ofJob = [...assertions.values()].filter(isOfJob);
  const isSaid = ofJob.some(({ spec }) => spec.transformations.length > 0);
  if (!isSaid || new Set(ofJob.map(({ producerKey }) => producerKey)).size < 2) return assertions;
  const found = new Map<string, Assertion>();
  for (const [key, assertion] of assertions) {
    if (!isOfJob(assertion)) {
      found.set(key, assertion);
      continue;
    }
    const { spec, evidence, producerKey, spans } = assertion;
    const bare = `${spec.kind}|${spec.from}|${spec.to}`;
    const id = `${bare}|${evidence}|${producerKey}`;
    found.set(id, {
      ...assertion,
      spec: { ...spec, key: bare, transformations: [] },
      spans: mergeSpans([...(found.get(id)?.spans ?? []), ...spans]),
    });
  }
  return found;
}
