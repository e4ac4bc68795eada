import { EDGE_LOOKS, type EdgeLook, type Side } from './graph/model.js';
import type { End } from './graph/visible.js';

export const GRANULARITIES = ['JOB', 'DATASET', 'FIELD', 'RUN'] as const;
export const DIRECTIONS = ['BOTH', 'UPSTREAM', 'DOWNSTREAM'] as const;
export const DEPTHS = [1, 2, 3, 5, 100] as const;
export const SHOWS = ['graph', 'table'] as const;
export const PANELS = ['impact'] as const;

/** A node whose further causes or effects were asked for: one hop, or all of them. */
export interface Expansion {
  readonly id: string;
  readonly side: Side;
  readonly isWhole: boolean;
}

/** Everything about the explorer that an address holds, so that whoever opens it sees the same. */
export interface View {
  readonly root: string;
  readonly granularity: (typeof GRANULARITIES)[number];
  readonly direction: (typeof DIRECTIONS)[number];
  readonly depth: number;
  readonly asOf: string | null;
  /** Whether logical datasets stand for their members; only where datasets are shown. */
  readonly isLogical: boolean;
  /** Whether what differs from now is drawn too; only with `asOf`. */
  readonly isCompared: boolean;
  readonly expanded: readonly Expansion[];
  readonly collapsed: readonly End[];
  readonly groupBy: GroupBy | null;
  readonly openGroups: readonly string[];
  readonly kinds: readonly string[];
  readonly namespaces: readonly string[];
  readonly looks: readonly EdgeLook[];
  /** A shown node or line. */
  readonly selected: string | null;
  readonly pathFrom: string | null;
  readonly pathTo: string | null;
  readonly show: (typeof SHOWS)[number];
  readonly panel: (typeof PANELS)[number] | null;
}

const SIDE_OF = { u: 'UPSTREAM', U: 'UPSTREAM', d: 'DOWNSTREAM', D: 'DOWNSTREAM' } as const;

type GroupBy = 'namespace' | 'parent' | 'dataset';

/** What can be collapsed where nodes of this granularity are shown: jobs have parents, fields and versions a dataset. */
export function groupingsOf(granularity: View['granularity']): readonly GroupBy[] {
  switch (granularity) {
    case 'JOB':
      return ['namespace', 'parent'];
    case 'DATASET':
      return ['namespace'];
    case 'FIELD':
    case 'RUN':
      return ['namespace', 'dataset'];
  }
}

/** What is shown around a root where the address does not say: fields around a field, runs around a run or a version. */
function usualGranularity(root: string): View['granularity'] {
  if (root.startsWith('field:')) return 'FIELD';
  return root.startsWith('run:') || root.startsWith('version:') ? 'RUN' : 'JOB';
}

const LOGICAL = 'logical:';

/** Whether logical datasets can stand for what is shown. */
export function canBeLogical(granularity: View['granularity']): boolean {
  return granularity === 'JOB' || granularity === 'DATASET';
}

/** Whether the root is a logical dataset, which nothing else can be shown around. */
export function isLogicalRoot({ root }: Pick<View, 'root'>): boolean {
  return root.startsWith(LOGICAL);
}

/** Reads an address; values that mean nothing count as absent. */
export function viewOf(parameters: URLSearchParams): View {
  const asOf = parameters.get('asOf');
  const isMoment = asOf !== null && !Number.isNaN(Date.parse(asOf));
  const depth = Number(parameters.get('depth'));
  const root = parameters.get('root') ?? '';
  const granularity = oneOf(GRANULARITIES, parameters.get('granularity')) ?? usualGranularity(root);
  const isLogical = canBeLogical(granularity) && (root.startsWith(LOGICAL) || parameters.get('logical') === 'yes');
  return {
    root,
    granularity,
    direction: oneOf(DIRECTIONS, parameters.get('direction')) ?? 'BOTH',
    depth: DEPTHS.find((known) => known === depth) ?? 1,
    asOf: isMoment ? asOf : null,
    isLogical,
    // What differs between two moments is told of physical datasets.
    isCompared: isMoment && !isLogical && parameters.get('compare') === 'now',
    expanded: parameters.getAll('open').flatMap(expansionOf),
    collapsed: parameters.getAll('shut').filter((end): end is End => /^[ud]:./.test(end)),
    groupBy: oneOf(groupingsOf(granularity), parameters.get('by')) ?? null,
    openGroups: parameters.getAll('group'),
    kinds: parameters.getAll('kind'),
    namespaces: parameters.getAll('namespace'),
    looks: parameters.getAll('evidence').flatMap((look) => oneOf(EDGE_LOOKS, look) ?? []),
    selected: parameters.get('selected'),
    pathFrom: parameters.get('pathFrom'),
    pathTo: parameters.get('pathTo'),
    show: oneOf(SHOWS, parameters.get('show')) ?? 'graph',
    panel: oneOf(PANELS, parameters.get('panel')) ?? null,
  };
}

/** The address of a view; what is as usual is left out. */
export function addressOf(view: View): URLSearchParams {
  const parameters = new URLSearchParams({ root: view.root });
  const put = (name: string, value: string | null, usual: string | null = null): void => {
    if (value !== null && value !== usual) parameters.set(name, value);
  };
  const putAll = (name: string, values: readonly string[]): void => {
    for (const value of values) parameters.append(name, value);
  };
  put('granularity', view.granularity, usualGranularity(view.root));
  put('direction', view.direction, 'BOTH');
  put('depth', String(view.depth), '1');
  put('asOf', view.asOf);
  put('logical', view.isLogical && !view.root.startsWith(LOGICAL) ? 'yes' : null);
  put('compare', view.isCompared && view.asOf !== null ? 'now' : null);
  putAll('open', view.expanded.map(expansionText));
  putAll('shut', view.collapsed);
  put('by', view.groupBy);
  putAll('group', view.openGroups);
  putAll('kind', view.kinds);
  putAll('namespace', view.namespaces);
  putAll('evidence', view.looks);
  put('selected', view.selected);
  put('pathFrom', view.pathFrom);
  put('pathTo', view.pathTo);
  put('show', view.show, 'graph');
  put('panel', view.panel);
  return parameters;
}

/** The view with another question at its heart: what was opened and picked belonged to the old one. */
export function startedAnew(view: View, change: Partial<View>): View {
  const granularity = change.granularity ?? view.granularity;
  return {
    ...view,
    groupBy: groupingsOf(granularity).find((known) => known === view.groupBy) ?? null,
    expanded: [],
    collapsed: [],
    openGroups: [],
    kinds: [],
    namespaces: [],
    selected: null,
    pathFrom: null,
    pathTo: null,
    ...change,
    isLogical: (change.isLogical ?? view.isLogical) && canBeLogical(granularity),
  };
}

/** One step back from what stands beside the graph: first what is selected goes, then the path, then the impact. */
export function steppedBack(view: View): Partial<View> {
  if (view.selected !== null) return { selected: null };
  return view.pathFrom !== null ? { pathFrom: null, pathTo: null } : { panel: null };
}

function expansionOf(text: string): Expansion[] {
  const mark = text[0];
  if (mark === undefined || !(mark in SIDE_OF) || text[1] !== ':' || text.length < 3) return [];
  const side = SIDE_OF[mark as keyof typeof SIDE_OF];
  return [{ id: text.slice(2), side, isWhole: mark === mark.toUpperCase() }];
}

function expansionText({ id, side, isWhole }: Expansion): string {
  const mark = side === 'UPSTREAM' ? 'u' : 'd';
  return `${isWhole ? mark.toUpperCase() : mark}:${id}`;
}

function oneOf<const T extends string>(values: readonly T[], text: string | null): T | undefined {
  return values.find((value) => value === text);
}
