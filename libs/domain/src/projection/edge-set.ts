import type { EdgeKind, Transformation } from '../graph.js';
import { datasetOf, fieldId, hash128, kindOf, type NodeId } from '../identifiers.js';
import type { Bodies, Contribution, SlotBody } from './contribution.js';
import type { FieldSource, JobLineageStatement, LineageStatement } from './statements.js';
import { canonicalJson } from './canonical-json.js';
import { WholeStatements } from './whole-sources.js';

/** One edge as a contribution names it. */
export interface EdgeSpec {
  /** Identity within an assertion: kind, ends and transformations. */
  readonly key: string;
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly transformations: readonly Transformation[];
  /**
   * Which statement it belongs to: a complete run that makes a statement of this side without the edge misses it
   * (rule 16). `IN`, `OUT`, `FIELD <dataset>`, `EXPLICIT <target>`, `CONTROL`, `PARENT`.
   */
  readonly side: string;
  /** Datasets at its ends, whose DROP ends it. */
  readonly datasets: readonly NodeId[];
}

export interface EdgeSet {
  readonly edges: ReadonlyMap<string, EdgeSpec>;
  readonly sides: ReadonlySet<string>;
  /** Sides of which everything said before is taken back (`_deleted` facets). */
  readonly retracted: ReadonlySet<string>;
  readonly inputs: readonly NodeId[];
  readonly outputs: readonly NodeId[];
  /** Outputs with explicit sources: they pair with these only (rule 17). */
  readonly explicit: ReadonlyMap<NodeId, readonly NodeId[]>;
}

/** The edges that one contribution to `job` names; `job` is null for a DatasetEvent. */
export function edgeSetOf(job: NodeId | null, contribution: Contribution, bodies: Bodies): EdgeSet {
  const builder = new EdgeSetBuilder(job);
  const writes = new Set(contribution.writes);
  for (const [slot, hash] of contribution.slots) {
    const body = bodies.slot(hash);
    if (isEmpty(body)) builder.retract(slot);
    for (const statement of body.statements) builder.statement(statement, writes.has(statement.target));
    for (const statement of body.jobStatements) builder.jobStatement(statement);
    if (slot === 'jobDependencies') builder.side('CONTROL');
    for (const { from, to } of body.control) builder.edge('CONTROL', from, to, 'CONTROL');
  }
  for (const dataset of contribution.reads) builder.read(dataset);
  for (const dataset of contribution.writes) builder.write(dataset);
  if (job !== null) {
    for (const parent of contribution.parents) {
      builder.side('PARENT');
      if (parent !== job) builder.edge('PARENT', parent, job, 'PARENT');
    }
  }
  return builder.build();
}

function isEmpty(body: SlotBody): boolean {
  return body.statements.length + body.jobStatements.length + body.control.length === 0;
}

class EdgeSetBuilder {
  readonly #job: NodeId | null;
  readonly #edges = new Map<string, EdgeSpec>();
  readonly #sides = new Set<string>();
  readonly #retracted = new Set<string>();
  readonly #inputs = new Set<NodeId>();
  readonly #outputs = new Set<NodeId>();
  readonly #explicit = new Map<NodeId, Set<NodeId>>();
  readonly #whole = new WholeStatements();
  /** Outputs that name the job itself as a source. */
  readonly #byJob = new Set<NodeId>();

  constructor(job: NodeId | null) {
    this.#job = job;
  }

  read(dataset: NodeId): void {
    if (this.#job === null) return;
    this.#inputs.add(dataset);
    this.side('IN');
    this.edge('READ', dataset, this.#job, 'IN');
  }

  write(dataset: NodeId): void {
    if (this.#job === null) return;
    this.#outputs.add(dataset);
    this.side('OUT');
    this.edge('WRITE', this.#job, dataset, 'OUT');
  }

  side(side: string): void {
    this.#sides.add(side);
  }

  retract(slot: string): void {
    const at = slot.indexOf('@');
    const target = slot.slice(at + 1);
    if (at < 0 || target === 'job') return;
    this.#retracted.add(`FIELD ${target}`);
    if (slot.startsWith('lineage@')) this.#retracted.add(`EXPLICIT ${target}`);
  }

  jobStatement({ target, datasets, jobs, whole }: JobLineageStatement): void {
    const isOwn = target === this.#job;
    const side = isOwn ? 'IN' : `EXPLICIT ${target}`;
    this.side(side);
    this.#whole.add(target, [...datasets, ...jobs], whole);
    for (const dataset of datasets) {
      if (isOwn) this.read(dataset);
      else this.edge('READ', dataset, target, side, this.#whole.between(dataset, target));
    }
    for (const source of jobs)
      this.edge('DERIVED', source, target, `EXPLICIT ${target}`, this.#whole.between(source, target));
  }

  statement(statement: LineageStatement, isWritten: boolean): void {
    const { target } = statement;
    this.#whole.add(target, [...statement.datasets, ...statement.jobs], statement.whole);
    const throughJob = isWritten && this.#job !== null;
    if (statement.explicit && throughJob) {
      const sources = this.#explicit.get(target) ?? new Set<NodeId>();
      for (const source of statement.datasets) sources.add(source);
      this.#explicit.set(target, sources);
    }
    if (throughJob || !statement.explicit) for (const dataset of statement.datasets) this.read(dataset);
    if (statement.explicit && !throughJob) this.#direct(statement);
    for (const source of statement.jobs) {
      if (source === this.#job) {
        this.#byJob.add(target);
        this.write(target);
      } else this.edge('WRITE', source, target, `EXPLICIT ${target}`, this.#whole.between(source, target));
    }
    this.#fields(statement);
  }

  edge(kind: EdgeKind, from: NodeId, to: NodeId, side: string, transformations: readonly Transformation[] = []): void {
    if (from === to) return;
    const datasets = [...new Set([from, to].flatMap(datasetAt))];
    const spec = withTransformations({ key: '', kind, from, to, transformations, side, datasets }, transformations);
    if (!this.#edges.has(spec.key)) this.#edges.set(spec.key, spec);
  }

  build(): EdgeSet {
    return {
      edges: this.#withWhole(),
      sides: this.#sides,
      retracted: this.#retracted,
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      explicit: new Map([...this.#explicit].map(([target, sources]) => [target, [...sources]])),
    };
  }

  #direct(statement: LineageStatement): void {
    const side = `EXPLICIT ${statement.target}`;
    this.side(side);
    for (const source of statement.datasets)
      this.edge('DERIVED', source, statement.target, side, this.#whole.between(source, statement.target));
  }

  /** What is said of all that the job reads from a dataset, or makes of what it reads, is known at the end only. */
  #withWhole(): ReadonlyMap<string, EdgeSpec> {
    const edges = new Map<string, EdgeSpec>();
    for (const spec of this.#edges.values()) {
      const transformations =
        spec.side === 'IN' ? this.#ofRead(spec.from) : spec.side === 'OUT' ? this.#ofWrite(spec.to) : [];
      const full = transformations.length === 0 ? spec : withTransformations(spec, transformations);
      edges.set(full.key, full);
    }
    return edges;
  }

  /** What the job says of its input as such, else what all outputs that it reaches say. */
  #ofRead(input: NodeId): readonly Transformation[] {
    if (this.#job === null) return [];
    const asInput = this.#whole.between(input, this.#job);
    if (asInput.length > 0) return asInput;
    const reached = [...this.#outputs].filter((output) => this.#explicit.get(output)?.has(input) !== false);
    return this.#whole.ofAll(reached.map((output) => [input, output]));
  }

  /** What the output says of the job, else of all its sources, which are known where they are listed explicitly only. */
  #ofWrite(output: NodeId): readonly Transformation[] {
    const sources = this.#explicit.get(output);
    if (this.#job === null || sources === undefined) return [];
    return this.#byJob.has(output)
      ? this.#whole.between(this.#job, output)
      : this.#whole.ofAll([...sources].map((source) => [source, output]));
  }

  /** Sources of one field from one source field are one edge with all transformations. */
  #fields(statement: LineageStatement): void {
    const side = `FIELD ${statement.target}`;
    this.side(side);
    for (const { path, sources } of statement.fields) {
      const to = fieldId(statement.target, path);
      const merged = new Map<NodeId, Transformation[]>();
      for (const source of [...sources, ...statement.wide]) collect(merged, source);
      for (const [from, transformations] of merged) this.edge('DERIVED', from, to, side, transformations);
    }
  }
}

function withTransformations(spec: EdgeSpec, transformations: readonly Transformation[]): EdgeSpec {
  const suffix = transformations.length === 0 ? '' : `|${hash128(canonicalJson(transformations))}`;
  return { ...spec, key: `${spec.kind}|${spec.from}|${spec.to}${suffix}`, transformations };
}

function collect(merged: Map<NodeId, Transformation[]>, source: FieldSource): void {
  const from = fieldId(source.dataset, source.path);
  const list = merged.get(from) ?? [];
  for (const transformation of source.transformations) {
    if (!list.some((known) => canonicalJson(known) === canonicalJson(transformation))) list.push(transformation);
  }
  merged.set(from, list);
}

function datasetAt(id: NodeId): readonly NodeId[] {
  const kind = kindOf(id);
  return kind === 'DATASET' ? [id] : kind === 'FIELD' ? [datasetOf(id)] : [];
}
