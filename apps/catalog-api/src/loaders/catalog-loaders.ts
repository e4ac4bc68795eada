import type { AgentStatement } from '@headwater/domain/governance/agents/agent-identity';
import type { AgentRow } from '@headwater/domain/governance/definition';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { KnownChanges } from '@headwater/application/changes/read-event-changes';
import type { CatalogView } from '@headwater/application/visibility/catalog-views';
import type {
  AliasCatalogRow,
  AssetRow,
  DatasetVersionRow,
  FacetRow,
  FactRow,
  FindingRow,
  RunRow,
  SchemaVersionRow,
} from '@headwater/domain/catalog';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import type { AssertionRef, AssertionSightings, EdgeWithRows } from '@headwater/domain/reading/edge-proof-reader';
import type { DatasetGap, RunVersion, VersionRun } from '@headwater/domain/reading/run-reader';
import type { EventView } from '@headwater/domain/reading/event-reader';
import type { FieldView } from '@headwater/domain/reading/schema-reader';
import type { MetricFilter, MetricPeriod, MetricView } from '@headwater/domain/reading/metric-reader';
import type { CarriedTag } from '@headwater/domain/classification/tag-lineage';
import type { SuggestedTag } from '@headwater/domain/classification/suggestions/suggest-tags';
import type { Importance } from '@headwater/domain/reading/importance-reader';
import type { SimilarDataset } from '@headwater/domain/reading/discovery-reader';
import type { FactKind } from '@headwater/domain/facts';
import type { StoredEvent } from '@headwater/domain/events';
import type {
  DataProductRow,
  DefinitionRow,
  DomainRow,
  LogicalDatasetRow,
  PropertyRow,
  TermRow,
} from '@headwater/domain/governance/definition';
import type { LogicalMembership } from '@headwater/domain/governance/logical-membership';
import type { EffectiveOwners } from '@headwater/domain/governance/effective-owners';
import type { GraphNode } from '@headwater/domain/graph';
import type { NodeId, NodeKey } from '@headwater/domain/identifiers';
import type { Page, PageRequest } from '@headwater/domain/page';
import type { UsualRun } from '@headwater/domain/run-state';
import type { CatalogSearch, PropertyUse } from '@headwater/domain/search';
import type { Micros } from '@headwater/domain/time';
import type { JudgedFinding } from '@headwater/domain/governance/architecture-findings';
import DataLoader from 'dataloader';
import { EVERY_DOMAIN, findingsByDomain } from './architecture.js';
import { membersByLogical } from './logical-members.js';
import { readNeighbors, type NeighborQuestion } from './neighbors.js';
import { mapLoader, Parameterized, type LoaderOptions } from './parameterized.js';

interface FactQuestion {
  readonly kind: FactKind;
  readonly time: ReadTime;
}

interface FieldQuestion {
  readonly at: Micros | null;
  readonly knownAt: Micros;
  readonly page: PageRequest;
}

interface MetricQuestion {
  readonly filter: MetricFilter;
  readonly period: MetricPeriod;
  readonly page: PageRequest;
}

interface LatestMetricQuestion {
  readonly filter: MetricFilter;
  readonly time: ReadTime;
  readonly page: PageRequest;
}

/** Everything that field resolvers read, batched over one answer: a page costs as many statements as one item. */
export class CatalogLoaders {
  readonly assets: DataLoader<NodeId, AssetRow | undefined>;
  readonly idsOfKeys: DataLoader<NodeKey, NodeId | undefined>;
  readonly aliases: DataLoader<NodeId, readonly AliasCatalogRow[] | undefined>;
  readonly runs: DataLoader<NodeId, RunRow | undefined>;
  readonly latestRuns: DataLoader<NodeId, RunRow | undefined>;
  /** By job. */
  readonly usualRuns: DataLoader<NodeId, UsualRun | undefined>;
  readonly versions: DataLoader<NodeId, DatasetVersionRow | undefined>;
  readonly fields: DataLoader<NodeId, FieldView | undefined>;
  readonly events: DataLoader<number, EventView | undefined>;
  readonly storedEvents: DataLoader<number, StoredEvent | undefined>;
  readonly changesOfEvents: DataLoader<number, KnownChanges | undefined>;
  /** Facets as they were received. */
  readonly facetTexts: DataLoader<FacetRow, string>;
  readonly findingsOfEvents: DataLoader<number, readonly FindingRow[] | undefined>;
  /** Whether anything is owned by that agent. */
  readonly agents: DataLoader<NodeId, boolean | undefined>;
  readonly graphNodes: DataLoader<NodeId, GraphNode | undefined>;
  readonly sightings: DataLoader<EdgeWithRows, readonly AssertionSightings[]>;
  readonly childJobs: Parameterized<PageRequest, NodeId, Page<AssetRow>>;
  readonly runsOfJobs: Parameterized<PageRequest, NodeId, Page<RunRow>>;
  readonly childRuns: Parameterized<PageRequest, NodeId, Page<RunRow>>;
  readonly versionsOfDatasets: Parameterized<PageRequest, NodeId, Page<DatasetVersionRow>>;
  readonly usedVersions: Parameterized<PageRequest, NodeId, Page<RunVersion>>;
  readonly generatedVersions: Parameterized<PageRequest, NodeId, Page<RunVersion>>;
  readonly gapsOfRuns: Parameterized<PageRequest, NodeId, Page<DatasetGap>>;
  readonly usingRuns: Parameterized<PageRequest, NodeId, Page<VersionRun>>;
  readonly schemaVersions: Parameterized<PageRequest, NodeId, Page<SchemaVersionRow>>;
  readonly fieldsOfDatasets: Parameterized<FieldQuestion, NodeId, Page<FieldView>>;
  readonly facets: Parameterized<readonly string[] | null, NodeId, readonly FacetRow[]>;
  readonly definitions: Parameterized<ReadTime, NodeId, DefinitionRow>;
  /** Of a domain with its parts, or of every one. */
  readonly architecture: Parameterized<ReadTime, NodeId | typeof EVERY_DOMAIN, readonly JudgedFinding[]>;
  /** Every domain. */
  readonly domains: Parameterized<ReadTime, 'DOMAIN', readonly DomainRow[]>;
  /** Every term of the glossary. */
  readonly terms: Parameterized<ReadTime, 'TERM', readonly TermRow[]>;
  /** Every data product. */
  readonly products: Parameterized<ReadTime, 'DATA_PRODUCT', readonly DataProductRow[]>;
  /** Every custom property. */
  readonly properties: Parameterized<ReadTime, 'PROPERTY', readonly PropertyRow[]>;
  readonly propertyUses: DataLoader<'USES', readonly PropertyUse[] | undefined>;
  /** Every logical dataset. */
  readonly logicalDatasets: Parameterized<ReadTime, 'LOGICAL_DATASET', readonly LogicalDatasetRow[]>;
  /** By dataset. */
  readonly logicalMemberships: Parameterized<ReadTime, NodeId, LogicalMembership>;
  /** By logical dataset, each member with its membership, by id. */
  readonly logicalMembers: Parameterized<ReadTime, NodeId, readonly (readonly [NodeId, LogicalMembership])[]>;
  /** By logical dataset the facts that keep datasets out. */
  readonly logicalExclusions: Parameterized<ReadTime, NodeId, readonly FactRow[]>;
  /** By the ids of the datasets that are taken together, joined by blanks. */
  readonly importance: Parameterized<{ readonly from: Micros; readonly to: Micros }, string, Importance>;
  /** By data product. */
  readonly outputPorts: Parameterized<ReadTime, NodeId, readonly FactRow[]>;
  /** What definitions were at any time; the parameter is `knownAt`. */
  readonly definitionHistory: Parameterized<Micros, NodeId, readonly DefinitionRow[]>;
  /** The same of descriptions. */
  readonly descriptions: Parameterized<Micros, NodeId, readonly FactRow[]>;
  /** Every id of the agent that an id is of, the canonical one first; the parameter is `knownAt`. */
  readonly agentNames: Parameterized<Micros, NodeId, readonly NodeId[]>;
  /** By canonical id what is stated of all ids of the agent; the parameter is `knownAt`. */
  readonly agentStatements: Parameterized<Micros, NodeId, readonly AgentStatement[]>;
  /** Every agent that was entered. */
  readonly enteredAgents: Parameterized<ReadTime, 'AGENT', readonly AgentRow[]>;
  readonly owners: Parameterized<ReadTime, NodeId, EffectiveOwners>;
  /** Tags that came to fields or datasets along their lineage. */
  readonly carriedTags: Parameterized<ReadTime, NodeId, readonly CarriedTag[]>;
  /** All that rules suggest for fields, also what they have and what was dismissed. */
  readonly suggestedTags: DataLoader<NodeId, readonly SuggestedTag[] | undefined>;
  readonly similar: DataLoader<NodeId, readonly SimilarDataset[] | undefined>;
  /** By dataset; the parameter is since when. */
  readonly runsReadTogether: Parameterized<Micros, NodeId, ReadonlyMap<NodeId, number>>;
  readonly facts: Parameterized<FactQuestion, NodeId, readonly FactRow[]>;
  readonly metrics: Parameterized<MetricQuestion, NodeId, Page<MetricView>>;
  readonly metricsOfVersions: Parameterized<MetricQuestion, NodeId, Page<MetricView>>;
  readonly latestMetrics: Parameterized<LatestMetricQuestion, NodeId, Page<MetricView>>;
  readonly versionsOfMetrics: DataLoader<MetricView, DatasetVersionRow | null>;
  readonly neighbors: Parameterized<NeighborQuestion, NodeId, Page<NodeId>>;
  readonly #proofs = new Map<string, DataLoader<AssertionRef, Page<EventView>>>();

  constructor(
    private readonly view: CatalogView,
    private readonly options: LoaderOptions,
    /** Waits, where the caller asked to read its own writes, for the graph. */
    graphIsFresh: () => Promise<void>,
  ) {
    const { catalog, graph, log, search } = view;
    const map = <K extends string | number, V>(
      read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
    ): DataLoader<K, V | undefined> => mapLoader(read, options);
    this.assets = map((ids) => catalog.assets(ids, LATEST));
    this.idsOfKeys = map((keys) => catalog.idsOfKeys(keys));
    this.aliases = map((ids) => catalog.aliases(ids, LATEST));
    this.runs = map((ids) => catalog.runs(ids));
    this.latestRuns = map((ids) => catalog.latestRuns(ids));
    this.usualRuns = map((jobs) => catalog.usualRuns(jobs));
    this.versions = map((ids) => catalog.versions(ids));
    this.fields = map((ids) => catalog.fields(ids));
    this.events = map((positions) => catalog.eventsAt(positions));
    this.storedEvents = map(async (positions) => {
      const events = await log.read(positions);
      return new Map(events.map((event) => [event.position, event]));
    });
    this.changesOfEvents = map((positions) => view.changesOf(positions));
    this.facetTexts = new DataLoader((facets) => log.facetTexts(facets), { cache: options.cache });
    this.findingsOfEvents = map((positions) => catalog.findingsOfEvents(positions));
    this.agents = map(async (ids) => new Map(await Promise.all(ids.map((id) => ownsAnything(search, id)))));
    this.graphNodes = map(async (ids) => {
      await graphIsFresh();
      return graph.nodes(ids, LATEST);
    });
    this.sightings = new DataLoader((edges) => catalog.sightings(edges), { cache: options.cache });
    this.childJobs = new Parameterized((jobs, page) => catalog.childJobs(jobs, page), options);
    this.runsOfJobs = new Parameterized((jobs, page) => catalog.runsOfJobs(jobs, page), options);
    this.childRuns = new Parameterized((runs, page) => catalog.childRuns(runs, page), options);
    this.versionsOfDatasets = new Parameterized((ids, page) => catalog.versionsOfDatasets(ids, page), options);
    this.usedVersions = new Parameterized((runs, page) => catalog.versionsOfRuns(runs, 'USED', page, LATEST), options);
    this.generatedVersions = new Parameterized(
      (runs, page) => catalog.versionsOfRuns(runs, 'GENERATED', page, LATEST),
      options,
    );
    this.gapsOfRuns = new Parameterized((runs, page) => catalog.gapsOfRuns(runs, page, LATEST), options);
    this.usingRuns = new Parameterized((ids, page) => catalog.runsOfVersions(ids, 'USED', page, LATEST), options);
    this.schemaVersions = new Parameterized((ids, page) => catalog.schemaVersions(ids, page, LATEST), options);
    this.fieldsOfDatasets = new Parameterized(
      (ids, { at, knownAt, page }) => catalog.fieldsOfDatasets(ids, { at, knownAt }, page),
      options,
    );
    this.facets = new Parameterized((ids, names) => catalog.facets(ids, names), options);
    this.facts = new Parameterized((ids, { kind, time }) => catalog.facts(ids, [kind], time), options);
    this.suggestedTags = map((fields) => catalog.suggestedTags(fields));
    this.similar = map((datasets) => catalog.similarDatasets(datasets));
    this.runsReadTogether = new Parameterized((ids, since) => catalog.runsReadTogether(ids, since), options);
    this.carriedTags = new Parameterized(async (nodes, time) => {
      await graphIsFresh();
      return view.lineage.carriedTags(nodes, time);
    }, options);
    this.owners = new Parameterized((ids, time) => catalog.effectiveOwners(ids, time), options);
    this.agentNames = new Parameterized((ids, knownAt) => catalog.agentNames(ids, knownAt), options);
    this.agentStatements = new Parameterized((ids, knownAt) => statementsOf(catalog, ids, knownAt), options);
    this.enteredAgents = new Parameterized(
      async (_, time) => new Map([['AGENT', await catalog.definitionsOf('AGENT', time)]]),
      options,
    );
    this.definitions = new Parameterized((ids, time) => catalog.definitions(ids, time), options);
    this.domains = new Parameterized(
      async (_, time) => new Map([['DOMAIN', await catalog.definitionsOf('DOMAIN', time)]]),
      options,
    );
    this.terms = new Parameterized(
      async (_, time) => new Map([['TERM', await catalog.definitionsOf('TERM', time)]]),
      options,
    );
    this.products = new Parameterized(
      async (_, time) => new Map([['DATA_PRODUCT', await catalog.definitionsOf('DATA_PRODUCT', time)]]),
      options,
    );
    this.properties = new Parameterized(
      async (_, time) => new Map([['PROPERTY', await catalog.definitionsOf('PROPERTY', time)]]),
      options,
    );
    this.propertyUses = map(async () => new Map([['USES', await search.propertyUses()]]));
    this.architecture = new Parameterized(async (domains, time) => {
      await graphIsFresh();
      return findingsByDomain(view, domains, time);
    }, options);
    this.logicalDatasets = new Parameterized(
      async (_, time) => new Map([['LOGICAL_DATASET', await catalog.definitionsOf('LOGICAL_DATASET', time)]]),
      options,
    );
    this.logicalMemberships = new Parameterized((ids, time) => catalog.logicalMemberships(ids, time), options);
    this.logicalMembers = new Parameterized((ids, time) => membersByLogical(catalog, ids, time), options);
    this.logicalExclusions = new Parameterized(async (ids, time) => {
      const facts = await catalog.factsNaming('NOT_LOGICAL', ids, time);
      return new Map(ids.map((id) => [id, facts.filter(({ value }) => value === id)]));
    }, options);
    this.importance = new Parameterized(async (groups, period) => {
      const found = await catalog.importance(
        groups.map((group) => group.split(' ') as NodeId[]),
        period,
      );
      return new Map(groups.flatMap((group, index) => (found[index] === undefined ? [] : [[group, found[index]]])));
    }, options);
    this.outputPorts = new Parameterized((products, time) => catalog.outputPorts(products, time), options);
    this.definitionHistory = new Parameterized((ids, knownAt) => catalog.definitionHistory(ids, knownAt), options);
    this.descriptions = new Parameterized((ids, knownAt) => catalog.factHistory(ids, 'DESCRIPTION', knownAt), options);
    this.metrics = new Parameterized(
      (ids, { filter, period, page }) => catalog.metrics(ids, filter, period, page),
      options,
    );
    this.metricsOfVersions = new Parameterized(
      (ids, { filter, period, page }) => catalog.metricsOfVersions(ids, filter, period, page),
      options,
    );
    this.latestMetrics = new Parameterized(
      (ids, { filter, time, page }) => catalog.latestMetrics(ids, filter, time, page),
      options,
    );
    this.versionsOfMetrics = new DataLoader((metrics) => catalog.versionsOfMetrics(metrics), { cache: options.cache });
    this.neighbors = new Parameterized(async (ids, question) => {
      await graphIsFresh();
      return readNeighbors(graph, ids, question);
    }, options);
  }

  /** Forgets all that an edit of an agent may have changed. */
  forgetAgents(): void {
    for (const loader of [this.agentNames, this.agentStatements, this.enteredAgents, this.definitions]) loader.clear();
    this.agents.clearAll();
  }

  /** Events that prove an assertion, newest first. */
  proofs(assertion: AssertionRef, page: PageRequest): Promise<Page<EventView>> {
    const name = JSON.stringify(page);
    let loader = this.#proofs.get(name);
    if (loader === undefined) {
      loader = new DataLoader((assertions) => this.view.catalog.proofs(assertions, page), {
        cache: this.options.cache,
      });
      this.#proofs.set(name, loader);
    }
    return loader.load(assertion);
  }
}

async function statementsOf(
  catalog: Pick<CatalogReader, 'agentNames' | 'agentStatements'>,
  ids: readonly NodeId[],
  knownAt: Micros,
): Promise<ReadonlyMap<NodeId, readonly AgentStatement[]>> {
  const names = await catalog.agentNames(ids, knownAt);
  const all = await catalog.agentStatements([...new Set([...names.values()].flat())], knownAt);
  return new Map(
    [...names].map(([id, of]) => {
      const own = new Set<string>(of);
      return [id, all.filter(({ agentId, basis, value }) => own.has(agentId) || (isOfTwo(basis) && own.has(value)))];
    }),
  );
}

function isOfTwo(basis: AgentStatement['basis']): boolean {
  return basis === 'EDIT' || basis === 'APART';
}

async function ownsAnything(search: CatalogSearch, agent: NodeId): Promise<readonly [NodeId, boolean]> {
  const page = { first: 1, after: null };
  const { totalCount } = await search.search({ text: '', filter: { owners: [agent] }, order: 'NAME', page });
  return [agent, totalCount > 0];
}
