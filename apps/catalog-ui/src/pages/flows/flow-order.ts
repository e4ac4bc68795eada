interface Weighed {
  readonly from: string;
  readonly to: string;
  readonly weight: number;
}

/**
 * Places in an order that few flows go against (Eades, Lin and Smyth): what nothing flows into first, what nothing flows
 * out of last, and of a cycle first what gives more than it gets. Of equals the earlier of the list.
 */
export function orderPlaces(ids: readonly string[], flows: readonly Weighed[]): readonly string[] {
  const left = new Set(ids);
  const front: string[] = [];
  const back: string[] = [];
  const sumOf = (id: string, end: 'from' | 'to'): number => {
    const other = end === 'from' ? 'to' : 'from';
    return flows.reduce((sum, flow) => (flow[end] === id && left.has(flow[other]) ? sum + flow.weight : sum), 0);
  };
  const take = (id: string, into: string[]): void => {
    left.delete(id);
    into.push(id);
  };
  while (left.size > 0) {
    const sink = [...left].reverse().find((id) => sumOf(id, 'from') === 0 && sumOf(id, 'to') > 0);
    if (sink !== undefined) {
      take(sink, back);
      continue;
    }
    const source = [...left].find((id) => sumOf(id, 'to') === 0);
    if (source !== undefined) {
      take(source, front);
      continue;
    }
    const [most] = [...left]
      .map((id) => ({ id, net: sumOf(id, 'from') - sumOf(id, 'to') }))
      .sort((a, b) => b.net - a.net);
    if (most !== undefined) take(most.id, front);
  }
  return [...front, ...back.reverse()];
}
