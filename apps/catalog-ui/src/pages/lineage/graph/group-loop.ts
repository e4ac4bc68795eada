import type { ShownGraph } from './grouping.js';
import { push } from './model.js';

/**
 * Whether a group lies on a loop of what is drawn, or between two. Such a loop need not be one of the nodes within the
 * groups: a group that is read and written looks as if its data came back to where it began.
 */
export function hasGroupLoop({ nodes, edges }: ShownGraph): boolean {
  const groups = nodes.filter(({ group }) => group !== null);
  if (groups.length === 0) return false;
  const onLoops = peeled(peeled(edges, 'from', 'to'), 'to', 'from');
  const left = new Set(onLoops.flatMap(({ from, to }) => [from, to]));
  return groups.some(({ id }) => left.has(id));
}

interface Line {
  readonly from: string;
  readonly to: string;
}

/** What is left of the lines when those whose near end no line leads to are taken away, again and again. */
function peeled(lines: readonly Line[], near: keyof Line, far: keyof Line): readonly Line[] {
  const others = lines.filter(({ from, to }) => from !== to);
  const leading = new Map<string, number>();
  const after = new Map<string, Line[]>();
  for (const line of others) {
    leading.set(line[far], (leading.get(line[far]) ?? 0) + 1);
    push(after, line[near], line);
  }
  const free = [...after.keys()].filter((id) => !leading.has(id));
  const gone = new Set<Line>();
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    for (const line of after.get(id) ?? []) {
      gone.add(line);
      const rest = (leading.get(line[far]) ?? 0) - 1;
      leading.set(line[far], rest);
      if (rest === 0) free.push(line[far]);
    }
  }
  return others.filter((line) => !gone.has(line));
}
