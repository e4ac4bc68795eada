import { readFileSync } from 'node:fs';
import type { ExpandedEdge } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import { datasetId, datasetOf, fieldId, jobId, parseNodeId } from '@headwater/domain/identifiers';

const MASKED = ' (masked)';
const CANDIDATE = ' (candidate)';

type Name = readonly [namespace: string, name: string];

/** What a fixture's `expected.json` holds; datasets and jobs go by the short names that it defines. */
export interface Expected {
  /** The moment to compare at (ISO 8601); now where absent. */
  readonly at?: string;
  readonly datasets: Readonly<Record<string, Name>>;
  readonly jobs: Readonly<Record<string, Name>>;
  readonly reads: Readonly<Record<string, readonly string[]>>;
  readonly writes: Readonly<Record<string, readonly string[]>>;
  readonly derived: readonly (readonly [string, string])[];
  readonly control: readonly (readonly [string, string])[];
  /** Child job to parent job. */
  readonly parents: Readonly<Record<string, string>>;
  /** `dataset.field`, `~` where a step masks; `wide` bears on every field of the target. */
  readonly fields: readonly {
    readonly to: string;
    readonly from: Readonly<Record<string, readonly string[]>>;
    readonly wide: readonly string[];
  }[];
  readonly runs?: readonly {
    readonly job: string;
    readonly id: string;
    readonly state: string;
    readonly parent?: string;
    /** Dataset to the run that made the version used. */
    readonly used?: Readonly<Record<string, string>>;
    /** The same for versions that the run may have used: a writer overlaps it. */
    readonly candidates?: Readonly<Record<string, string>>;
  }[];
  readonly runStates?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly pairs?: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  readonly versions?: Readonly<
    Record<string, { readonly generated: readonly string[]; readonly used: readonly string[] }>
  >;
  readonly change?: {
    readonly from: string;
    readonly readsOnlyBefore: readonly (readonly [string, string])[];
    readonly readsOnlyAfter: readonly (readonly [string, string])[];
    readonly fieldsOnlyBefore: readonly (readonly [string, string])[];
    readonly fieldsOnlyAfter: readonly (readonly [string, string])[];
  };
  readonly sameNode: readonly (readonly string[])[];
  readonly sameJob?: readonly (readonly string[])[];
  readonly findings: number;
}

export function readExpected(fixture: string): Expected {
  const url = new URL(`fixtures/${fixture}/expected.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Expected;
}

/** Short names to NodeIds, members of one component to the one id that answers show. */
export class Names {
  constructor(
    private readonly expected: Expected,
    private readonly canonicalIds: ReadonlyMap<NodeId, NodeId>,
  ) {}

  /** Every id that the fixture names, as sent. */
  static sent(expected: Expected): readonly NodeId[] {
    return [
      ...Object.values(expected.datasets).map(([namespace, name]) => datasetId(namespace, name)),
      ...Object.values(expected.jobs).map(([namespace, name]) => jobId(namespace, name)),
    ];
  }

  dataset(short: string): NodeId {
    const [namespace, name] = nameOf(this.expected.datasets, short);
    return this.canonical(datasetId(namespace, name));
  }

  job(short: string): NodeId {
    const [namespace, name] = nameOf(this.expected.jobs, short);
    return this.canonical(jobId(namespace, name));
  }

  /** `dataset.field`; the short name has no dot, the field may. */
  field(text: string): NodeId {
    const dot = text.indexOf('.');
    return fieldId(this.dataset(text.slice(0, dot)), [text.slice(dot + 1)]);
  }

  canonical(id: NodeId): NodeId {
    return this.canonicalIds.get(id) ?? id;
  }

  /** A version or run by what identifies it whatever the canonical names: the dataset, and the run's UUID. */
  runOf(version: NodeId): string {
    return `${this.canonical(datasetOf(version))} by ${parseNodeId(version)?.segments[5] ?? ''}`;
  }
}

function nameOf(names: Readonly<Record<string, Name>>, short: string): Name {
  const name = names[short];
  if (name === undefined) throw new Error(`expected.json names ${short} without defining it`);
  return name;
}

/** One line an edge, as the assertions compare them. */
export function line(kind: string, from: string, to: string, note = ''): string {
  return `${kind} ${from} -> ${to}${note}`;
}

/** READ, WRITE, DERIVED, CONTROL and PARENT lines between datasets and jobs. */
export function expectedJobEdges(expected: Expected, names: Names): readonly string[] {
  const lines = [
    ...pairsOf(expected.reads).map(([job, dataset]) => line('READ', names.dataset(dataset), names.job(job))),
    ...pairsOf(expected.writes).map(([job, dataset]) => line('WRITE', names.job(job), names.dataset(dataset))),
    ...expected.derived.map(([from, to]) => line('DERIVED', names.dataset(from), names.dataset(to))),
    ...expected.control.map(([from, to]) => line('CONTROL', names.job(from), names.job(to))),
    ...Object.entries(expected.parents).map(([child, parent]) => line('PARENT', names.job(parent), names.job(child))),
  ];
  return lines.sort();
}

function pairsOf(sides: Readonly<Record<string, readonly string[]>>): readonly (readonly [string, string])[] {
  return Object.entries(sides).flatMap(([job, datasets]) => datasets.map((dataset) => [job, dataset] as const));
}

/** Field lines; a pair that is both direct and indirect is one edge. */
export function expectedFieldEdges(expected: Expected, names: Names): readonly string[] {
  const lines = expected.fields.flatMap(({ to, from, wide }) =>
    Object.entries(from).flatMap(([field, sources]) =>
      [...sources, ...wide].map((source) => {
        const masked = source.startsWith('~');
        return line(
          'DERIVED',
          names.field(masked ? source.slice(1) : source),
          names.field(`${to}.${field}`),
          masked ? MASKED : '',
        );
      }),
    ),
  );
  return [...new Set(lines)].sort();
}

/** PARENT lines between runs, WRITE lines of every output's version, READ lines of the versions used. */
export function expectedRunEdges(expected: Expected, names: Names): readonly string[] {
  const lines = (expected.runs ?? []).flatMap(({ job, id, parent, used, candidates }) => [
    ...(parent === undefined ? [] : [line('PARENT', parent, id)]),
    ...(expected.writes[job] ?? []).map((dataset) => line('WRITE', id, `${names.dataset(dataset)} by ${id}`)),
    ...Object.entries(used ?? {}).map(([dataset, maker]) => line('READ', `${names.dataset(dataset)} by ${maker}`, id)),
    ...Object.entries(candidates ?? {}).map(([dataset, maker]) =>
      line('READ', `${names.dataset(dataset)} by ${maker}`, id, CANDIDATE),
    ),
  ]);
  return lines.sort();
}

/** The same lines of what the graph holds, for one layer of it. */
export function actualEdges(
  edges: readonly ExpandedEdge[],
  layer: 'JOB' | 'FIELD' | 'RUN',
  names: Names,
): readonly string[] {
  return edges
    .filter((edge) => layerOf(edge) === layer)
    .map((edge) => {
      if (layer === 'RUN') {
        const isCandidate = edge.rows.every((row) => row.confidence < 1);
        return line(edge.kind, runEnd(edge.from, names), runEnd(edge.to, names), isCandidate ? CANDIDATE : '');
      }
      const masked = layer === 'FIELD' && edge.rows.some((row) => row.transformations.some((step) => step.masking));
      return line(edge.kind, edge.from, edge.to, masked ? MASKED : '');
    })
    .sort();
}

function layerOf({ from, to }: ExpandedEdge): 'JOB' | 'FIELD' | 'RUN' {
  if (from.startsWith('field:') && to.startsWith('field:')) return 'FIELD';
  return /^(run|version):/.test(from) || /^(run|version):/.test(to) ? 'RUN' : 'JOB';
}

function runEnd(id: NodeId, names: Names): string {
  return id.startsWith('version:') ? names.runOf(id) : (parseNodeId(id)?.segments[2] ?? id);
}
