import { HeadwaterError } from '@headwater/domain/errors';
import { absentLike } from '@headwater/domain/access/sight';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import { hideInCarriedTag, type CarriedTag } from '@headwater/domain/classification/tag-lineage';
import type { JudgedFinding } from '@headwater/domain/governance/architecture-findings';
import { datasetOf, jobOfRun, kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import type { LineageDiff } from '@headwater/domain/traversal/diff-lineage';
import {
  hideInAnswer,
  hideInDiff,
  hideInImpact,
  hideInPart,
  hideInPaths,
  showPaths,
  type ShownPaths,
  type Veil,
} from '@headwater/domain/traversal/hide-lineage';
import type { Impact, ImpactPorts } from '@headwater/domain/traversal/impact-of';
import type { CollapsedAnswer } from '@headwater/domain/traversal/collapse-lineage';
import type { LineageAnswer } from '@headwater/domain/traversal/lineage-answer';
import {
  WatchLineage,
  type LineageChange,
  type WatchLineagePorts,
  type WatchLineageRequest,
} from '../changes/watch-lineage.js';
import { stoppable } from '../changes/stoppable.js';
import {
  TraceTags,
  type FieldReachRequest,
  type ReachAnswer,
  type TagReachRequest,
  type TraceTagsPorts,
} from '../classification/trace-tags.js';
import { MapTagFlows, type TagFlowPorts, type TagFlowRequest, type TagFlows } from '../classification/map-tag-flows.js';
import { PlanCollection, type CollectionPlan, type CollectionPlanRequest } from '../collection/plan-collection.js';
import type { PlanReader } from '../collection/plan-reader.js';
import { FindArchitectureFindings, type ArchitectureReader } from '../governance/find-architecture-findings.js';
import { AssessImpact, type AssessImpactRequest } from '../lineage/assess-impact.js';
import { DiffLineage, type DiffLineageRequest } from '../lineage/diff-lineage.js';
import { FindPaths, type FindPathsRequest } from '../lineage/find-paths.js';
import { TraceLogical, type LogicalMembers } from '../lineage/trace-logical.js';
import { TraceLineage, type TraceLineageRequest } from '../lineage/trace-lineage.js';

/** Everything that walks the graph, as one caller may ask it. */
export interface LineageView {
  trace(request: TraceLineageRequest): Promise<LineageAnswer | null>;
  /** The same with logical datasets in place of their members. */
  traceLogical(request: TraceLineageRequest): Promise<CollapsedAnswer | null>;
  diff(request: DiffLineageRequest): Promise<LineageDiff | null>;
  paths(request: FindPathsRequest): Promise<ShownPaths | null>;
  impact(request: AssessImpactRequest): Promise<Impact | null>;
  watch(request: WatchLineageRequest): AsyncGenerator<LineageChange, void, undefined>;
  /** Tags that came to fields or datasets along their lineage. */
  carriedTags(nodes: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, readonly CarriedTag[]>>;
  tagReach(request: TagReachRequest): Promise<ReachAnswer>;
  fieldReach(request: FieldReachRequest): Promise<ReachAnswer | null>;
  /** Where a tag gets to, by domain or by namespace. */
  tagFlows(request: TagFlowRequest): Promise<TagFlows>;
  collectionPlan(request: CollectionPlanRequest): Promise<CollectionPlan>;
  /** Of a domain with its parts; null: of all. */
  architectureFindings(time: ReadTime, domain: NodeId | null): Promise<readonly JudgedFinding[]>;
}

/** What a caller may see of the catalog, where an answer is of that alone. */
type ViewReader = PlanReader & ArchitectureReader['catalog'] & LogicalMembers;

export type LineageViewPorts = ImpactPorts &
  WatchLineagePorts &
  TraceTagsPorts &
  TagFlowPorts & { readonly catalog: ViewReader };

/** The use cases as they are. */
export class FullLineageView implements LineageView {
  readonly #trace: TraceLineage;
  readonly #logical: TraceLogical;
  readonly #diff: DiffLineage;
  readonly #paths: FindPaths;
  readonly #impact: AssessImpact;
  readonly #watch: WatchLineage;
  readonly #tags: TraceTags;
  readonly #flows: MapTagFlows;
  readonly #plan: PlanCollection;
  readonly #architecture: FindArchitectureFindings;

  constructor(private readonly ports: LineageViewPorts) {
    this.#trace = new TraceLineage(ports);
    this.#logical = new TraceLogical(ports);
    this.#diff = new DiffLineage(ports);
    this.#paths = new FindPaths(ports);
    this.#impact = new AssessImpact(ports);
    this.#watch = new WatchLineage(ports);
    this.#tags = new TraceTags(ports);
    this.#flows = new MapTagFlows(ports);
    this.#plan = new PlanCollection(ports);
    this.#architecture = new FindArchitectureFindings(ports);
  }

  trace(request: TraceLineageRequest): Promise<LineageAnswer | null> {
    return this.#trace.execute(request);
  }

  traceLogical(
    request: TraceLineageRequest,
    reader: LogicalMembers = this.ports.catalog,
    veil: Veil | null = null,
  ): Promise<CollapsedAnswer | null> {
    return this.#logical.execute(request, reader, veil);
  }

  diff(request: DiffLineageRequest): Promise<LineageDiff | null> {
    return this.#diff.execute(request);
  }

  async paths(request: FindPathsRequest): Promise<ShownPaths | null> {
    const found = await this.#paths.execute(request);
    return found === null ? null : showPaths(found);
  }

  impact(request: AssessImpactRequest): Promise<Impact | null> {
    return this.#impact.execute(request);
  }

  watch(request: WatchLineageRequest): AsyncGenerator<LineageChange, void, undefined> {
    return this.#watch.execute(request);
  }

  carriedTags(
    nodes: readonly NodeId[],
    time: ReadTime,
    seen?: (nodes: readonly NodeId[]) => Promise<readonly NodeId[]>,
  ): Promise<ReadonlyMap<NodeId, readonly CarriedTag[]>> {
    return this.#tags.carriedTo(nodes, time, seen);
  }

  tagReach(request: TagReachRequest, veil: Veil | null = null): Promise<ReachAnswer> {
    return this.#tags.ofTag(request, veil);
  }

  fieldReach(request: FieldReachRequest, veil: Veil | null = null): Promise<ReachAnswer | null> {
    return this.#tags.ofField(request, veil);
  }

  tagFlows(request: TagFlowRequest, veil: Veil | null = null): Promise<TagFlows> {
    return this.#flows.execute(request, veil);
  }

  architectureFindings(
    time: ReadTime,
    domain: NodeId | null,
    reader: ArchitectureReader = this.ports,
  ): Promise<readonly JudgedFinding[]> {
    return this.#architecture.execute(reader, time, domain);
  }

  collectionPlan(
    request: CollectionPlanRequest,
    reader: PlanReader = this.ports.catalog,
    veil: Veil | null = null,
  ): Promise<CollectionPlan> {
    return this.#plan.execute(request, reader, veil);
  }
}

/**
 * The same for a caller who may not see everything: traversals run over the whole graph, what is hidden comes out
 * opaque, and a root that is hidden, under the name asked for or its canonical one, is asked for as one that nothing has.
 */
export class SeenLineageView implements LineageView {
  constructor(
    private readonly full: FullLineageView,
    private readonly graph: Pick<LineageGraph, 'canonical'>,
    private readonly veil: () => Promise<Veil>,
    private readonly seen: { readonly catalog: ViewReader; readonly graph: ArchitectureReader['graph'] },
  ) {}

  async trace(request: TraceLineageRequest): Promise<LineageAnswer | null> {
    const veil = await this.veil();
    const root = await this.#askable(request.root, request.knownAt, veil);
    const answer = await this.full.trace({ ...request, root });
    return answer === null ? null : hideInAnswer(answer, veil);
  }

  async traceLogical(request: TraceLineageRequest): Promise<CollapsedAnswer | null> {
    const veil = await this.veil();
    const root = await this.#askable(request.root, request.knownAt, veil);
    return this.full.traceLogical({ ...request, root }, this.seen.catalog, veil);
  }

  async diff(request: DiffLineageRequest): Promise<LineageDiff | null> {
    const veil = await this.veil();
    const root = await this.#askable(request.root, request.knownAt, veil);
    const diff = await this.full.diff({ ...request, root });
    return diff === null ? null : hideInDiff(diff, veil);
  }

  async paths(request: FindPathsRequest): Promise<ShownPaths | null> {
    const veil = await this.veil();
    const [from, to] = await Promise.all([
      this.#askable(request.from, request.knownAt, veil),
      this.#askable(request.to, request.knownAt, veil),
    ]);
    const paths = await this.full.paths({ ...request, from, to });
    return paths === null ? null : hideInPaths(paths, veil);
  }

  async impact(request: AssessImpactRequest): Promise<Impact | null> {
    const veil = await this.veil();
    const root = await this.#askable(request.root, request.knownAt, veil);
    const impact = await this.full.impact({ ...request, root });
    return impact === null ? null : hideInImpact(impact, veil);
  }

  async carriedTags(nodes: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, readonly CarriedTag[]>> {
    const veil = await this.veil();
    const found = await this.full.carriedTags(nodes, time, async (asked) => {
      const canonical = await this.graph.canonical([...new Set(asked.map(assetOf))], LATEST);
      return asked.filter((node) => veil.sees(node) && veil.sees(canonical.get(assetOf(node)) ?? assetOf(node)));
    });
    return new Map([...found].map(([node, tags]) => [node, tags.map((carried) => hideInCarriedTag(carried, veil))]));
  }

  async tagReach(request: TagReachRequest): Promise<ReachAnswer> {
    return this.full.tagReach(request, await this.veil());
  }

  async fieldReach(request: FieldReachRequest): Promise<ReachAnswer | null> {
    const veil = await this.veil();
    const field = await this.#askable(request.field, request.knownAt, veil);
    return this.full.fieldReach({ ...request, field }, veil);
  }

  async collectionPlan(request: CollectionPlanRequest): Promise<CollectionPlan> {
    return this.full.collectionPlan(request, this.seen.catalog, await this.veil());
  }

  async tagFlows(request: TagFlowRequest): Promise<TagFlows> {
    return this.full.tagFlows(request, await this.veil());
  }

  architectureFindings(time: ReadTime, domain: NodeId | null): Promise<readonly JudgedFinding[]> {
    return this.full.architectureFindings(time, domain, this.seen);
  }

  watch(request: WatchLineageRequest): AsyncGenerator<LineageChange, void, undefined> {
    return stoppable((signal) => this.#watch(request, signal));
  }

  async *#watch(request: WatchLineageRequest, signal: AbortSignal): AsyncGenerator<LineageChange, void, undefined> {
    const veil = await this.veil();
    const root = await this.#askable(request.root, null, veil);
    const changes = this.full.watch({ ...request, root });
    signal.addEventListener('abort', () => void changes.return(), { once: true });
    for await (const change of changes) {
      if (signal.aborted) return;
      if (!(await this.#isStillSeen(root, veil))) continue;
      yield { ...change, added: hideInPart(change.added, veil), lapsed: hideInPart(change.lapsed, veil) };
    }
  }

  /** A merge may have given the root a hidden name. */
  async #isStillSeen(root: string, veil: Veil): Promise<boolean> {
    try {
      return (await this.#askable(root, null, veil)) === root;
    } catch (error) {
      // The change itself was read, and the next one asks again.
      if (error instanceof HeadwaterError && error.category === 'UNAVAILABLE') return true;
      throw error;
    }
  }

  async #askable(text: string, knownAt: Micros | null | undefined, veil: Veil): Promise<string> {
    const id = respellNodeId(text);
    if (id === undefined) return text;
    const asset = assetOf(id);
    const canonical = await this.graph.canonical([asset], knownAt ?? LATEST);
    return veil.sees(id) && veil.sees(canonical.get(asset) ?? asset) ? text : absentLike(id);
  }
}

/** What may have another name: of fields, versions and runs what they belong to. */
function assetOf(id: NodeId): NodeId {
  const kind = kindOf(id);
  if (kind === 'RUN') return jobOfRun(id);
  return kind === 'FIELD' || kind === 'VERSION' ? datasetOf(id) : id;
}
