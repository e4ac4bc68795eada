import { orderPlaces } from './flow-order.js';

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
  /** Of a line from one place to another, around the places between them. */
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
const LANE = 12;

/**
 * Places in columns: each behind all that flow into it, in an order that few flows go against; what is outside is in the
 * last. Areas grow with the root of what flows, so that one field still shows beside thousands.
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
  const take = (column: number, height: number): number => {
    const y = bottoms.get(column) ?? MARGIN;
    bottoms.set(column, y + height + DOWN);
    return y;
  };
  for (const node of nodes) {
    const column = columns.get(node.id) ?? 0;
    const height = LOW + TALL * Math.sqrt(node.fields / most);
    places.set(node.id, { node, column, x: xOf(column), y: take(column, height), height });
  }
  const drawn = between.flatMap((link): PlacedLink<L>[] => {
    const [from, to] = [places.get(link.from), places.get(link.to)];
    if (from === undefined || to === undefined) return [];
    const width = THIN + WIDE * Math.sqrt(flowOf(link) / mostFlow);
    const lanes: Point[] = [];
    const step = Math.sign(to.column - from.column);
    for (let column = from.column + step; step !== 0 && column !== to.column; column += step)
      lanes.push({ x: xOf(column), y: take(column, LANE) + LANE / 2 });
    return [{ link, width, path: pathOf(from, to, lanes, step), isEnded: link.fields === 0 }];
  });
  const last = Math.max(0, ...columns.values());
  return {
    nodes: [...places.values()],
    links: drawn,
    width: xOf(last) + NODE_WIDTH + ACROSS / 2,
    height: Math.max(MARGIN, ...bottoms.values()),
  };
}

function xOf(column: number): number {
  return MARGIN + column * (NODE_WIDTH + ACROSS);
}

function columnsOf(nodes: readonly FlowSize[], links: readonly FlowBetween[]): ReadonlyMap<string, number> {
  const ids = nodes.map(({ id }) => id);
  const ordered = orderPlaces(
    ids,
    links.map((link) => ({ from: link.from, to: link.to, weight: flowOf(link) })),
  );
  const order = new Map(ordered.map((id, at) => [id, at]));
  const into = new Map<string, string[]>();
  for (const { from, to } of links)
    if ((order.get(from) ?? 0) < (order.get(to) ?? 0)) into.set(to, [...(into.get(to) ?? []), from]);
  const columns = new Map<string, number>();
  for (const id of ordered)
    columns.set(id, Math.max(0, ...(into.get(id) ?? []).map((from) => (columns.get(from) ?? 0) + 1)));
  const last = Math.max(0, ...columns.values());
  const goesOn = new Set(
    links.filter(({ from, to }) => (order.get(from) ?? 0) < (order.get(to) ?? 0)).map(({ from }) => from),
  );
  for (const { id, outside } of nodes) if (outside > 0 && into.has(id) && !goesOn.has(id)) columns.set(id, last);
  return columns;
}

function flowOf({ fields, masked, stopped }: FlowBetween): number {
  return Math.max(fields, masked + stopped, 1);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box extends Point {
  readonly height: number;
}

/** `step`: 1 to the right, -1 to the left, 0 within a column, which goes around on the right. */
function pathOf(from: Box, to: Box, lanes: readonly Point[], step: number): string {
  const [near, far] = step < 0 ? [NODE_WIDTH, 0] : [0, NODE_WIDTH];
  const start = { x: from.x + far, y: from.y + from.height / 2 };
  const end = { x: to.x + (step === 0 ? NODE_WIDTH : near), y: to.y + to.height / 2 };
  let path = `M ${start.x} ${start.y}`;
  let at = start;
  for (const { x, y } of lanes) {
    path += `${curve(at, { x: x + near, y }, step)} L ${x + far} ${y}`;
    at = { x: x + far, y };
  }
  return path + curve(at, end, step);
}

function curve(from: Point, to: Point, step: number): string {
  const bend = step === 0 ? ACROSS / 2 : (to.x - from.x) / 2;
  return ` C ${from.x + bend} ${from.y}, ${step === 0 ? to.x + bend : to.x - bend} ${to.y}, ${to.x} ${to.y}`;
}
