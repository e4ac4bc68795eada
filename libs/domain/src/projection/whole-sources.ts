import type { Transformation } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import { canonicalJson } from './canonical-json.js';
import type { LineageStatement, WholeSource } from './statements.js';

/** One place at which a facet names a source of its target. */
export interface Mention {
  readonly source: NodeId;
  readonly transformations: readonly Transformation[];
}

/**
 * What is said of sources of a target as a whole: all transformations of a source, those of single fields too, since what
 * passes by one field passes. A source named once without any may pass as it is, and nothing is said of it.
 */
export function wholeSources(
  ofTarget: readonly Mention[],
  ofFields: readonly Mention[],
): Pick<LineageStatement, 'whole'> {
  const named = new Set(ofTarget.map(({ source }) => source));
  const found = new Map<NodeId, readonly Transformation[]>();
  for (const { source, transformations } of [...ofTarget, ...ofFields]) {
    if (!named.has(source)) continue;
    const known = found.get(source);
    if (transformations.length === 0 || known?.length === 0) found.set(source, []);
    else found.set(source, joined(known ?? [], transformations));
  }
  const whole = [...found].flatMap(([source, transformations]): readonly WholeSource[] =>
    transformations.length === 0 ? [] : [{ source, transformations }],
  );
  return whole.length === 0 ? {} : { whole };
}

/** Both, each once. */
export function joined(known: readonly Transformation[], added: readonly Transformation[]): readonly Transformation[] {
  const all = new Map([...known, ...added].map((one) => [canonicalJson(one), one]));
  return [...all.values()];
}

/** What a contribution says of the way from each source to each target, and of what a job reads and hands on. */
export class WholeStatements {
  /** By target, of each source: null where some statement of it has none. */
  readonly #between = new Map<NodeId, Map<NodeId, readonly Transformation[] | null>>();

  add(target: NodeId, sources: readonly NodeId[], whole: LineageStatement['whole']): void {
    const said = new Map((whole ?? []).map(({ source, transformations }) => [source, transformations]));
    const held = this.#between.get(target) ?? new Map<NodeId, readonly Transformation[] | null>();
    this.#between.set(target, held);
    for (const source of sources) {
      const known = held.get(source);
      const here = said.get(source);
      held.set(source, known === null || here === undefined ? null : joined(known ?? [], here));
    }
  }

  /** Empty where nothing is said of it, or once that it has no transformation. */
  between(source: NodeId, target: NodeId): readonly Transformation[] {
    return this.#between.get(target)?.get(source) ?? [];
  }

  /** Of all these ways together: empty where nothing is said of one. */
  ofAll(ways: readonly (readonly [source: NodeId, target: NodeId])[]): readonly Transformation[] {
    let all: readonly Transformation[] = [];
    for (const [source, target] of ways) {
      const said = this.between(source, target);
      if (said.length === 0) return [];
      all = joined(all, said);
    }
    return all;
  }
}
