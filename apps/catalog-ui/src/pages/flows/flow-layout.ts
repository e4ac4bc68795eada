/** What a place of the map and a flow of it are drawn by. */
export interface FlowSize {
  readonly id: string;
  readonly fields: number;
  readonly outside: number;
}

export interface FlowBetween {
  readonly from: string;
  readonly to: string;
  readonly fields: number;
  readonly masked: number;
  readonly stopped: number;
}

export interface PlacedNode<N extends FlowSize> {
  readonly node: N;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface PlacedLink<L extends FlowBetween> {
  readonly link: L;
  /** Of a curve from the right side of one place to the left side of another; to its right side where that is not behind it. */
  readonly path: string;
  readonly width: number;
  /** Nothing gets through it. */
  readonly isEnded: boolean;
}

export interface FlowDrawing<N extends FlowSize, L extends FlowBetween> {
  readonly nodes: readonly PlacedNode<N>[];
  readonly links: readonly PlacedLink<L>[];
  readonly width: number;
  readonly height: number;
}

export const NODE_WIDTH = 188;
const ACROSS = 116;
const DOWN = 16;
const MARGIN = 12;
const LOW = 64;
const TALL = 56;
const THIN = 2;
const WIDE = 20;

/**
 * Places in columns: each behind all that flow into it and come before it in the list; what is outside is in the last.
 * Areas grow with the root of what flows, so that one field still shows beside thousands.
 */
export function layFlows<N extends FlowSize, L extends FlowBetween>(
  nodes: readonly N[],
  links: readonly L[],
): FlowDrawing<N, L> {
  const between = links.filter(({ from, to }) => from !== to);
  const columns = columnsOf(nodes, between);
  const most = Math.max(1, ...nodes.map(({ fields }) => fields));
  const mostFlow = Math.max(1, ...between.map(flowOf));
  const places = new Map<string, PlacedNode<N> & { readonly column: number }>();
  const bottoms = new Map<number, number>();
  for (const node of nodes) {
    const column = columns.get(node.id) ?? 0;
    const y = bottoms.get(column) ?? MARGIN;
    const height = LOW + TALL * Math.sqrt(node.fields / most);
    places.set(node.id, { node, column, x: MARGIN + column * (NODE_WIDTH + ACROSS), y, height });
    bottoms.set(column, y + height + DOWN);
  }
  const last = Math.max(0, ...columns.values());
  const drawn = between.flatMap((link): PlacedLink<L>[] => {
    const [from, to] = [places.get(link.from), places.get(link.to)];
    if (from === undefined || to === undefined) return [];
    const width = THIN + WIDE * Math.sqrt(flowOf(link) / mostFlow);
    return [{ link, width, path: curve(from, to, from.column < to.column), isEnded: link.fields === 0 }];
  });
  return {
    nodes: [...places.values()],
    links: drawn,
    width: 2 * MARGIN + (last + 1) * NODE_WIDTH + last * ACROSS + ACROSS / 2,
    height: Math.max(MARGIN, ...bottoms.values()),
  };
}

function columnsOf(nodes: readonly FlowSize[], links: readonly FlowBetween[]): ReadonlyMap<string, number> {
  const order = new Map(nodes.map(({ id }, at) => [id, at]));
  const into = new Map<string, string[]>();
  for (const { from, to } of links)
    if ((order.get(from) ?? 0) < (order.get(to) ?? 0)) into.set(to, [...(into.get(to) ?? []), from]);
  const columns = new Map<string, number>();
  for (const { id } of nodes)
    columns.set(id, Math.max(0, ...(into.get(id) ?? []).map((from) => (columns.get(from) ?? 0) + 1)));
  const last = Math.max(0, ...columns.values());
  for (const { id, outside } of nodes) if (outside > 0 && into.has(id)) columns.set(id, Math.max(last, 1));
  return columns;
}

function flowOf({ fields, masked, stopped }: FlowBetween): number {
  return Math.max(fields, masked + stopped);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

function curve(from: Box, to: Box, isForward: boolean): string {
  const [x1, y1, y2] = [from.x + NODE_WIDTH, from.y + from.height / 2, to.y + to.height / 2];
  const x2 = isForward ? to.x : to.x + NODE_WIDTH;
  const bend = isForward ? (x2 - x1) / 2 : ACROSS / 2;
  return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${isForward ? x2 - bend : x2 + bend} ${y2}, ${x2} ${y2}`;
}
