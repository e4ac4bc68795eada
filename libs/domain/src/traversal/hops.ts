import type { EdgeEvidence, EdgeKind, EdgeRow, ExpandedEdge, Transformation } from '../graph.js';
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

/** Chains of jobs followed from one dataset; where there are more, each job is reached by its shortest one only. */
const MAX_CHAINS = 1_000;
const MAX_CHAIN_STEPS = 20_000;

type Visit = (to: WalkState, chain: Chain) => void;

/**
 * Calls `visit` for every hop from a shown state, in a stable order: one for each edge, and at DATASET one for each way
 * through jobs. A neighbor may come several times.
 */
export function forEachHop(state: WalkState, granularity: LineageGranularity, visit: Visit): void {
  if (granularity !== 'DATASET') {
    for (const { to, edge } of state.steps) visit(to, { edge, before: null });
    return;
  }
  if (!hasJobChains(state)) {
    throughOneJob(state, visit);
    return;
  }
  const ways = everyChain(state);
  if (ways === null) shortestChains(state, visit);
  else for (const { to, chain } of ways) visit(to, chain);
}

function isDataset(state: WalkState): boolean {
  return state.node.startsWith('dataset:');
}

function hasJobChains(state: WalkState): boolean {
  return state.steps.some(({ to }) => !isDataset(to) && to.steps.some((step) => !isDataset(step.to)));
}

function throughOneJob(state: WalkState, visit: Visit): void {
  for (const { to, edge } of state.steps) {
    const chain = { edge, before: null };
    if (isDataset(to)) visit(to, chain);
    else for (const step of to.steps) visit(step.to, { edge: step.edge, before: chain });
  }
}

function shortestChains(state: WalkState, visit: Visit): void {
  const queue: { readonly at: WalkState; readonly chain: Chain | null }[] = [{ at: state, chain: null }];
  const seen = new Set<WalkState>([state]);
  for (const { at, chain } of queue) {
    for (const { to, edge } of at.steps) {
      const next = { edge, before: chain };
      if (isDataset(to)) visit(to, next);
      else if (!seen.has(to)) {
        seen.add(to);
        queue.push({ at: to, chain: next });
      }
    }
  }
}

/** Every way through jobs, so that an edge is the same whichever of its ends it is walked from; null: too many. */
function everyChain(state: WalkState): readonly { readonly to: WalkState; readonly chain: Chain }[] | null {
  const found: { readonly to: WalkState; readonly chain: Chain }[] = [];
  let steps = 0;
  const isTooMuch = (): boolean => found.length > MAX_CHAINS || steps > MAX_CHAIN_STEPS;
  const visit = (path: readonly WalkState[], chain: Chain | null): void => {
    const last = path.at(-1) ?? state;
    // A job may come twice where its pairs ask for it, but not where its earlier visit leads on as well.
    const earlier = path.slice(0, -1).filter((at) => at.node === last.node);
    for (const { to, edge } of last.steps) {
      if (!isDataset(to) && path.includes(to)) continue;
      if (earlier.some((at) => at.steps.some((step) => step.to.node === to.node))) continue;
      steps += 1;
      if (isTooMuch()) return;
      const next = { edge, before: chain };
      if (isDataset(to)) found.push({ to, chain: next });
      else visit([...path, to], next);
    }
  };
  visit([state], null);
  return isTooMuch() ? null : found;
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
      if (isDataset(to) || seen.has(to)) continue;
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

/** One edge of an answer from every chain that makes it, the same from either end: a single way in flow order. Chains of an upstream walk are given as walked. */
export function toEdge(from: NodeId, to: NodeId, kind: EdgeKind, chains: readonly Chain[], side: Side): LineageEdge {
  const ways = chains.map((chain) => linksOf(chain, side));
  const [only] = ways;
  const links = ways.length === 1 && only !== undefined ? only : distinctLinks(ways.flat());
  let evidence: EdgeEvidence = 'INFERRED';
  let validFrom = Infinity;
  let validTo: Micros | null = -Infinity;
  for (const [at, way] of ways.entries()) {
    const span = spanOf(way);
    if (!isInferred(chains[at])) evidence = stronger(evidence, weakest(way));
    validFrom = Math.min(validFrom, span.from);
    validTo = validTo === null || span.to === null ? null : Math.max(validTo, span.to);
  }
  return {
    kind,
    from,
    to,
    evidence,
    validFrom,
    validTo,
    transformations: distinctTransformations(links),
    via: jobsOf(links, from, to),
    links,
  };
}

/** Whether a job on the way conducts only for want of a statement of both sides (rule 17), which no edge of it tells. */
function isInferred(chain: Chain | undefined): boolean {
  for (let at = chain ?? null; at?.before != null; at = at.before) {
    const [leaving, arriving] = [at.edge, at.before.edge];
    const names = leaving.inferred ?? arriving.inferred;
    if (names === undefined || leaving.kind === 'DERIVED' || arriving.kind === 'DERIVED') continue;
    if (![leaving, arriving].every((edge) => isSaidBeside(names, edge))) return true;
  }
  return false;
}

/** Whether a READ or WRITE is said under another of the job's names than these. */
function isSaidBeside(names: readonly NodeId[], { kind, rows }: ExpandedEdge): boolean {
  return rows.some((row) => !names.includes(kind === 'READ' ? row.to : row.from));
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
  return [...new Map(links.map((link) => [edgeKey(link), link])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, link]) => link);
}

function weakest(links: readonly LineageLink[]): EdgeEvidence {
  let least: EdgeEvidence = 'OBSERVED';
  for (const { rows } of links) {
    const shown = rows.reduce<EdgeEvidence>((best, row) => stronger(best, row.evidence), 'INFERRED');
    if (STRENGTH[shown] > STRENGTH[least]) least = shown;
  }
  return least;
}

/** Of two kinds of evidence the stronger. */
export function stronger(a: EdgeEvidence, b: EdgeEvidence): EdgeEvidence {
  return STRENGTH[a] <= STRENGTH[b] ? a : b;
}

/** While all links hold. Over a period they may never hold at once: then the span is empty, at the latest beginning. */
function spanOf(links: readonly LineageLink[]): { readonly from: Micros; readonly to: Micros | null } {
  let from = -Infinity;
  let to = Infinity;
  for (const { rows } of links) {
    let begin = Infinity;
    let end = -Infinity;
    for (const row of rows) {
      begin = Math.min(begin, row.validFrom);
      end = Math.max(end, row.validTo ?? Infinity);
    }
    from = Math.max(from, begin);
    to = Math.min(to, end);
  }
  return { from, to: to === Infinity ? null : Math.max(from, to) };
}

/** What the links of an edge say of how data is changed, each once. */
export function distinctTransformations(
  links: readonly { readonly rows: readonly Pick<EdgeRow, 'transformations'>[] }[],
): readonly Transformation[] {
  const all: Transformation[] = [];
  for (const { rows } of links) for (const row of rows) all.push(...row.transformations);
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
