import type { Declaration } from './documents.js';
import type { Drop, Span } from './edge-intervals.js';
import type { EdgeSet, EdgeSpec } from './edge-set.js';
import { mergeSpans, pairsOf, type Pair } from './pair-intervals.js';
import { compareStamps } from './stamp.js';
import type { Micros } from '../time.js';

export interface DeclaredEdge {
  readonly key: string;
  readonly spec: EdgeSpec;
  readonly evidence: Declaration['evidence'];
  readonly producerKey: string;
  readonly spans: readonly Span[];
}

/**
 * Rule 16: a JobEvent replaces, from its time on, earlier statements of the same producer and side where it makes one of
 * that side; column lineage and explicit sources go with the outputs. A DROP ends what was declared before it.
 */
export function declaredSpans(
  declarations: readonly Declaration[],
  edgeSet: (contribution: string) => EdgeSet,
  drops: readonly Drop[],
): readonly DeclaredEdge[] {
  const edges = new Map<
    string,
    { spec: EdgeSpec; evidence: Declaration['evidence']; producerKey: string; spans: Span[] }
  >();
  for (const declared of sorted(declarations)) {
    const set = edgeSet(declared.contribution);
    for (const [key, spec] of set.edges) {
      const end = replacedAt(declared, spec.side, declarations, edgeSet);
      const id = `${key}|${declared.evidence}|${declared.producerKey}`;
      const entry = edges.get(id) ?? {
        spec,
        evidence: declared.evidence,
        producerKey: declared.producerKey,
        spans: [],
      };
      const dropped = drops.filter((drop) => spec.datasets.includes(drop.dataset) && drop.at > declared.stamp.at);
      const to = earliest([end, ...dropped.map((drop) => drop.at)]);
      if (to === null || to > declared.stamp.at) entry.spans.push({ from: declared.stamp.at, to });
      edges.set(id, entry);
    }
  }
  return [...edges].flatMap(([id, { spec, evidence, producerKey, spans }]) => {
    const key = id.slice(0, id.length - `|${evidence}|${producerKey}`.length);
    return spans.length === 0 ? [] : [{ key, spec, evidence, producerKey, spans: mergeSpans(spans) }];
  });
}

/** Spans of two-sided JobEvents, whose pairs are inputs x outputs (rule 17). */
export function declaredPairs(
  declarations: readonly Declaration[],
  edgeSet: (contribution: string) => EdgeSet,
): readonly { readonly pairs: ReadonlyMap<string, Pair>; readonly span: Span }[] {
  return sorted(declarations).flatMap((declared) => {
    const set = edgeSet(declared.contribution);
    if (set.inputs.length === 0 || set.outputs.length === 0) return [];
    const next = sorted(declarations).find((other) => {
      if (other.producerKey !== declared.producerKey || compareStamps(other.stamp, declared.stamp) <= 0) return false;
      const sides = edgeSet(other.contribution);
      return sides.inputs.length > 0 && sides.outputs.length > 0;
    });
    const to = next?.stamp.at ?? null;
    return to !== null && to <= declared.stamp.at
      ? []
      : [{ pairs: pairsOf([set]), span: { from: declared.stamp.at, to } }];
  });
}

function sorted(declarations: readonly Declaration[]): readonly Declaration[] {
  return [...declarations].sort((a, b) => compareStamps(a.stamp, b.stamp));
}

function replacedAt(
  declared: Declaration,
  side: string,
  declarations: readonly Declaration[],
  edgeSet: (contribution: string) => EdgeSet,
): Micros | null {
  const later = sorted(declarations).find(
    (other) =>
      other.producerKey === declared.producerKey &&
      compareStamps(other.stamp, declared.stamp) > 0 &&
      speaksOf(edgeSet(other.contribution), side),
  );
  return later?.stamp.at ?? null;
}

function speaksOf(set: EdgeSet, side: string): boolean {
  if (set.sides.has(side) || set.retracted.has(side)) return true;
  return (side.startsWith('FIELD ') || side.startsWith('EXPLICIT ')) && set.sides.has('OUT');
}

function earliest(times: readonly (Micros | null)[]): Micros | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
