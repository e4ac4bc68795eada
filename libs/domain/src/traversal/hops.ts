import type { EdgeEvidence, EdgeKind, ExpandedEdge, Transformation } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { LineageEdge, LineageGranularity, LineageLink, Side } from './lineage-answer.js';
import type { WalkState } from './directed-walk.js';

/** The edges of one hop, last first: one edge, or at DATASET the way through jobs. */
export interface Chain {
  readonly edge: ExpandedEdge;
  readonly before: Chain | null;
}

const STRENGTH: Readonly<Record<EdgeEvidence, number>> = { OBSERVED: 0, DECLARED: 1, INFERRED: 2 };

/**
 * Calls `visit` for every hop from a shown state, in a stable order: one for each edge, and at DATASET one for each job
 * through which the neighbor is reached, by the shortest chain of jobs.
 */
export function forEachHop(
  state: WalkState,
  granularity: LineageGranularity,
  visit: (to: WalkState, chain: Chain) => void,
): void {
  if (granularity !== 'DATASET') {
    for (const { to, edge } of state.steps) visit(to, { edge, before: null });
    return;
  }
  const queue: { readonly at: WalkState; readonly chain: Chain | null }[] = [{ at: state, chain: null }];
  const seen = new Set<WalkState>([state]);
  for (const { at, chain } of queue) {
    for (const { to, edge } of at.steps) {
      const next = { edge, before: chain };
      if (to.node.startsWith('dataset:')) visit(to, next);
      else if (!seen.has(to)) {
        seen.add(to);
        queue.push({ at: to, chain: next });
      }
    }
  }
}

/** Whether all hops from a state are known. */
export function hopsAreKnown(state: WalkState, granularity: LineageGranularity): boolean {
  if (state.progress !== 'EXPANDED') return false;
  if (granularity !== 'DATASET') return true;
  const queue = [state];
  const seen = new Set<WalkState>(queue);
  for (const at of queue) {
    if (at.progress !== 'EXPANDED') return false;
    for (const { to } of at.steps) {
      if (to.node.startsWith('dataset:') || seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return true;
}

/** Names an edge within an answer. */
export function edgeKey(edge: { readonly kind: EdgeKind; readonly from: NodeId; readonly to: NodeId }): string {
  return `${edge.kind} ${edge.from} ${edge.to}`;
}

/** The kind of the edge that a hop makes: its own, or DERIVED where it runs through jobs. */
export function hopKind(chain: Chain): EdgeKind {
  return chain.before === null ? chain.edge.kind : 'DERIVED';
}

/** One edge of an answer from every chain that makes it. Chains of an upstream walk are given as walked. */
export function toEdge(from: NodeId, to: NodeId, kind: EdgeKind, chains: readonly Chain[], side: Side): LineageEdge {
  const ways = chains.map((chain) => linksOf(chain, side));
  const links = ways.length === 1 ? (ways[0] ?? []) : distinctLinks(ways.flat());
  const spans = ways.map(spanOf);
  const ends = spans.map((span) => span.to);
  return {
    kind,
    from,
    to,
    evidence: ways.map(weakest).reduce(stronger, 'INFERRED'),
    validFrom: spans.reduce((least, span) => Math.min(least, span.from), Infinity),
    validTo: ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0)),
    transformations: distinctTransformations(links),
    via: jobsOf(links, from, to),
    links,
  };
}

function linksOf(chain: Chain, side: Side): readonly LineageLink[] {
  const links: LineageLink[] = [];
  for (let at: Chain | null = chain; at !== null; at = at.before) {
    const { kind, from, to, rows } = at.edge;
    links.push({ kind, from, to, rows });
  }
  // Walked upstream the last edge is the earliest in the flow, so the chain is in flow order already.
  return side === 'UPSTREAM' ? links : links.reverse();
}

function distinctLinks(links: readonly LineageLink[]): readonly LineageLink[] {
  return [...new Map(links.map((link) => [edgeKey(link), link])).values()];
}

function evidenceOf(link: LineageLink): EdgeEvidence {
  return link.rows.map((row) => row.evidence).reduce(stronger, 'INFERRED');
}

function weakest(links: readonly LineageLink[]): EdgeEvidence {
  return links.map(evidenceOf).reduce((a, b) => (STRENGTH[a] >= STRENGTH[b] ? a : b), 'OBSERVED');
}

function stronger(a: EdgeEvidence, b: EdgeEvidence): EdgeEvidence {
  return STRENGTH[a] <= STRENGTH[b] ? a : b;
}

/** While all links hold. Over a period they may never hold at once: then the span is empty, at the latest beginning. */
function spanOf(links: readonly LineageLink[]): { readonly from: Micros; readonly to: Micros | null } {
  let from = -Infinity;
  let to = Infinity;
  for (const { rows } of links) {
    from = Math.max(from, Math.min(...rows.map((row) => row.validFrom)));
    to = Math.min(to, Math.max(...rows.map((row) => row.validTo ?? Infinity)));
  }
  return { from, to: to === Infinity ? null : Math.max(from, to) };
}

function distinctTransformations(links: readonly LineageLink[]): readonly Transformation[] {
  const all = links.flatMap((link) => link.rows).flatMap((row) => row.transformations);
  if (all.length < 2) return all;
  const keyOf = (item: Transformation): string =>
    JSON.stringify([item.type, item.subtype, item.description, item.masking]);
  return [...new Map(all.map((item) => [keyOf(item), item])).values()];
}

function jobsOf(links: readonly LineageLink[], from: NodeId, to: NodeId): readonly NodeId[] {
  if (links.length < 2) return [];
  const inner = links.flatMap((link) => [link.from, link.to]).filter((id) => id !== from && id !== to);
  return [...new Set(inner)].sort();
}
