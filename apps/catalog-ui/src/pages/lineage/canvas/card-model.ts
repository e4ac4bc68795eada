import type { Node } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type { ShownNode } from '../graph/grouping.js';
import type { Side } from '../graph/model.js';
import { CARD, type PlacedGraph } from '../layout/use-layout.js';
import type { CardFact } from '../use-card-facts.js';
import { MOST_MOUNTED, SLICE } from './in-sight.js';

/** What a card's side offers: more that is not known yet, what was collapsed, or to collapse what is shown. */
export interface EndState {
  readonly kind: 'more' | 'shut' | 'open';
  /** How many nodes are behind it, where that is known. */
  readonly count: number | null;
}

export type Mark = 'added' | 'lapsed';

/** All that a card shows; two of equal members look the same. */
export interface CardLook {
  readonly node: ShownNode;
  readonly upstream: EndState | null;
  readonly downstream: EndState | null;
  readonly fact: CardFact | undefined;
  /** Of a run or version, when it began or was made. */
  readonly at: string | undefined;
  readonly mark: Mark | null;
  readonly isRoot: boolean;
  readonly isSelected: boolean;
  /** The one card that the tab key leads to. */
  readonly isEntry: boolean;
  readonly isDim: boolean;
}

export type CardData = CardLook & Record<string, unknown>;
export type CardNode = Node<CardData, 'card'>;

export function endState(look: CardLook, side: Side): EndState | null {
  return side === 'UPSTREAM' ? look.upstream : look.downstream;
}

function isSame(a: CardLook, b: CardLook): boolean {
  const isEqual = (one: EndState | null, other: EndState | null): boolean =>
    one?.kind === other?.kind && one?.count === other?.count;
  return (
    a.node === b.node &&
    a.fact === b.fact &&
    a.at === b.at &&
    a.mark === b.mark &&
    a.isRoot === b.isRoot &&
    a.isSelected === b.isSelected &&
    a.isEntry === b.isEntry &&
    a.isDim === b.isDim &&
    isEqual(a.upstream, b.upstream) &&
    isEqual(a.downstream, b.downstream)
  );
}

const HANDLES = [
  { type: 'target', position: Position.Left, x: 0, y: CARD.height / 2, width: 1, height: 1 },
  { type: 'source', position: Position.Right, x: CARD.width - 1, y: CARD.height / 2, width: 1, height: 1 },
] as const;

/** Elements for the cards; those that look as before are the same objects, so that nothing is drawn anew. */
export function cardNodes(
  graph: PlacedGraph,
  mounted: ReadonlySet<string>,
  lookOf: (node: ShownNode) => CardLook,
  before: ReadonlyMap<string, CardNode>,
): ReadonlyMap<string, CardNode> {
  const next = new Map<string, CardNode>();
  for (const node of graph.nodes) {
    const position = graph.at.get(node.id);
    if (position === undefined || !mounted.has(node.id)) continue;
    const look = lookOf(node);
    const old = before.get(node.id);
    const isThere = old?.position.x === position.x && old.position.y === position.y;
    // Where it only moves, what is on it stays.
    const data = old !== undefined && isSame(old.data, look) ? old.data : { ...look };
    next.set(
      node.id,
      isThere && old.data === data
        ? old
        : {
            id: node.id,
            type: 'card',
            position,
            width: CARD.width,
            height: CARD.height,
            handles: [...HANDLES],
            style: {
              // Without selecting and dragging of its own the library lets the pointer through to what is behind.
              pointerEvents: 'all',
              // By a transform each card would be a plane of its own, which the browser sorts anew in every frame.
              transform: 'none',
              left: position.x,
              top: position.y,
            },
            data,
          },
    );
  }
  return next;
}

/**
 * The cards, and hidden behind them those that there were, the latest last. The library takes a node that vanishes for
 * an error of each part that shows it, and telling that error costs more than keeping the node: where more than the most
 * are kept, few are given up at a time.
 */
export function withHidden(
  cards: ReadonlyMap<string, CardNode>,
  before: ReadonlyMap<string, CardNode>,
  most = MOST_MOUNTED,
  slice = SLICE,
): ReadonlyMap<string, CardNode> {
  const gone = [...before.values()].filter(({ id }) => !cards.has(id));
  const inOrder = [...gone.filter(({ hidden }) => hidden === true), ...gone.filter(({ hidden }) => hidden !== true)];
  const next = new Map(cards);
  const givenUp = Math.min(slice, Math.max(0, inOrder.length - most));
  for (const node of inOrder.slice(givenUp)) next.set(node.id, node.hidden === true ? node : { ...node, hidden: true });
  return next;
}
