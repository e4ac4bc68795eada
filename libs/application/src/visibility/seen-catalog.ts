import type { NodeId } from '@headwater/domain/identifiers';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { EventView } from '@headwater/domain/reading/event-reader';
import type { RunFilter } from '@headwater/domain/reading/run-reader';
import type { FactRow, FindingRow, RunRow } from '@headwater/domain/catalog';
import type { ClaimedOwner, EffectiveOwners } from '@headwater/domain/governance/effective-owners';
import { absentLike } from '@headwater/domain/access/sight';
import { countSeenFindings } from './count-seen.js';
import { producersOfSeen } from './producers-of-seen.js';
import { withSeenLogical } from './seen-logical.js';
import type { SeenEvents } from './seen-events.js';
import type { SeenNodes } from './seen-nodes.js';
import type { FindSeen, ReadPages, SeenPages } from './seen-pages.js';

export interface SeenCatalogParts {
  readonly catalog: CatalogReader;
  readonly nodes: SeenNodes;
  readonly events: SeenEvents;
  readonly pages: SeenPages;
}

/**
 * The catalog as if nothing existed but what one caller may see: what is asked for by a hidden id, or turns out to be
 * hidden, is absent, and lists and counts are of the rest. A new method of the port does not compile without its own.
 */
export function seenCatalog(parts: SeenCatalogParts): CatalogReader {
  return { ...seenAssets(parts), ...seenRuns(parts), ...seenSchemas(parts), ...seenMetrics(parts), ...seenLog(parts) };
}

type Part<M extends keyof CatalogReader> = Pick<CatalogReader, M>;

function seenAssets({
  catalog,
  nodes,
  pages,
}: SeenCatalogParts): Part<'assets' | 'aliases' | 'childJobs' | 'componentChanges' | 'idsOfKeys' | 'namespaces'> {
  const { sight } = nodes;
  return {
    assets: async (ids, knownAt) => only(await catalog.assets(named(ids, nodes), knownAt), ({ id }) => sight.sees(id)),
    aliases: async (ids, knownAt) => {
      const found = await catalog.aliases(named(ids, nodes), knownAt);
      return mapped(found, (_, rows) =>
        rows.filter(({ memberId, canonicalId }) => sight.sees(memberId) && sight.sees(canonicalId)),
      );
    },
    childJobs: (jobs, page) =>
      pages.readMap(
        named(jobs, nodes),
        page,
        (...asked) => catalog.childJobs(...asked),
        () => Promise.resolve(({ id }) => sight.sees(id)),
      ),
    componentChanges: (period, filter, page) => catalog.componentChanges(period, filter, page, sight.rule),
    idsOfKeys: async (keys) => only(await catalog.idsOfKeys(keys), (id) => sight.sees(id)),
    namespaces: (page) => catalog.namespaces(page, sight.rule),
  };
}

function seenRuns({
  catalog,
  nodes,
  pages,
}: SeenCatalogParts): Part<
  | 'runs'
  | 'runsByUuid'
  | 'runsOfJobs'
  | 'latestRuns'
  | 'childRuns'
  | 'findRuns'
  | 'usualRuns'
  | 'versions'
  | 'versionsOfDatasets'
  | 'versionsOfRuns'
  | 'gapsOfRuns'
  | 'runsOfVersions'
> {
  const byId =
    <T>(idOf: (item: T) => NodeId): FindSeen<T> =>
    async (items) => {
      const seen = await nodes.of(items.map(idOf));
      return (item) => seen.has(idOf(item));
    };
  const ofRun = byId<RunRow>(({ id }) => id);
  const runsOfJobs: CatalogReader['runsOfJobs'] = (jobs, page) =>
    pages.readMap(named(jobs, nodes), page, (...asked) => catalog.runsOfJobs(...asked), ofRun);
  return {
    runs: async (ids) => {
      const found = await catalog.runs(named(ids, nodes));
      return only(found, await ofRun([...found.values()]));
    },
    runsByUuid: async (uuids) => {
      const found = await catalog.runsByUuid(uuids);
      const isSeen = await ofRun([...found.values()].flat());
      return only(
        mapped(found, (_, rows) => rows.filter(isSeen)),
        (rows) => rows.length > 0,
      );
    },
    runsOfJobs,
    latestRuns: async (jobs) => {
      const found = await catalog.latestRuns(named(jobs, nodes));
      const isSeen = await ofRun([...found.values()]);
      const latest = new Map(only(found, isSeen));
      // Of a merged job the latest run may be one that another, hidden name has.
      const other = [...found].flatMap(([job, run]) => (isSeen(run) ? [] : [job]));
      if (other.length === 0) return latest;
      for (const [job, { items }] of await runsOfJobs(other, { first: 1, after: null })) {
        if (items[0] !== undefined) latest.set(job, items[0].item);
      }
      return latest;
    },
    childRuns: (runs, page) =>
      pages.readMap(named(runs, nodes), page, (...asked) => catalog.childRuns(...asked), ofRun),
    findRuns: async (filter, page) => {
      const { job } = filter;
      const isSeen = job === undefined || (await nodes.of([job])).has(job);
      const asked = { ...filter, within: nodes.sight.rule, ...(isSeen ? {} : { job: absentLike(job) }) };
      const read: ReadPages<RunFilter, RunRow> = async ([one = asked], at) => [await catalog.findRuns(one, at)];
      return (await pages.read([asked], page, read, ofRun))[0] ?? NONE;
    },
    usualRuns: (jobs) => catalog.usualRuns(named(jobs, nodes)),
    versions: async (ids) => {
      const found = await catalog.versions(named(ids, nodes));
      const seen = await nodes.of([...found.keys()]);
      return only(found, ({ id }) => seen.has(id));
    },
    versionsOfDatasets: (datasets, page) =>
      pages.readMap(
        named(datasets, nodes),
        page,
        (...asked) => catalog.versionsOfDatasets(...asked),
        byId(({ id }) => id),
      ),
    versionsOfRuns: (runs, role, page, knownAt) =>
      pages.readMap(
        named(runs, nodes),
        page,
        (asked, at) => catalog.versionsOfRuns(asked, role, at, knownAt),
        byId(({ version }) => version.id),
      ),
    gapsOfRuns: (runs, page, knownAt) =>
      pages.readMap(
        named(runs, nodes),
        page,
        (asked, at) => catalog.gapsOfRuns(asked, at, knownAt),
        byId(({ datasetId }) => datasetId),
      ),
    runsOfVersions: (versions, role, page, knownAt) =>
      pages.readMap(
        named(versions, nodes),
        page,
        (asked, at) => catalog.runsOfVersions(asked, role, at, knownAt),
        byId(({ run }) => run.id),
      ),
  };
}

function seenSchemas({
  catalog,
  nodes,
  events,
}: SeenCatalogParts): Part<
  | 'fields'
  | 'fieldsOfDatasets'
  | 'schemaVersions'
  | 'facets'
  | 'facts'
  | 'factHistory'
  | 'tagged'
  | 'owned'
  | 'placed'
  | 'outputPorts'
  | 'definitions'
  | 'definitionsOf'
  | 'definitionHistory'
  | 'effectiveOwners'
  | 'agentNames'
  | 'agentStatements'
  | 'mayAnswerFor'
  | 'logicalMemberships'
  | 'mayBeMembers'
  | 'mayFitLogical'
  | 'factsNaming'
  | 'importance'
  | 'mayFit'
  | 'ownersUnder'
  | 'tagSuggestions'
  | 'tagSuggestionCounts'
  | 'suggestedTags'
  | 'synonymCandidates'
  | 'similarDatasets'
  | 'runsReadTogether'
  | 'recentChanges'
> {
  const { sight } = nodes;
  /** Of merged nodes also what is asked by a name that may be seen is hidden with the canonical one. */
  const seen = async (ids: readonly NodeId[]): Promise<readonly NodeId[]> => [...(await nodes.of(ids))];
  const visible = async (rows: readonly FactRow[]): Promise<readonly FactRow[]> => {
    const known = await nodes.of([...new Set(rows.map(({ nodeId }) => nodeId))]);
    return rows.filter(({ nodeId }) => known.has(nodeId));
  };
  /** A fact about a hidden name of an asset is one about the asset. */
  const shown = (row: FactRow, asked: NodeId): FactRow => (sight.sees(row.nodeId) ? row : { ...row, nodeId: asked });
  const shownOwners = (id: NodeId, { owners, overruled, declined, same }: EffectiveOwners): EffectiveOwners => {
    const claim = ({ confirmation, ...claimed }: ClaimedOwner): ClaimedOwner => ({
      ...claimed,
      ...(confirmation === undefined ? {} : { confirmation: shown(confirmation, id) }),
      ...('fact' in claimed.by ? { by: { fact: shown(claimed.by.fact, id) } } : {}),
    });
    return {
      same,
      owners: owners.map(claim),
      overruled: overruled.map(claim),
      declined: declined.map((one) => ({ claim: claim(one.claim), decline: shown(one.decline, id) })),
    };
  };
  return {
    fields: async (ids) => only(await catalog.fields(named(ids, nodes)), ({ id }) => sight.sees(id)),
    fieldsOfDatasets: async (datasets, time, page) => catalog.fieldsOfDatasets(await seen(datasets), time, page),
    schemaVersions: async (datasets, page, knownAt) => catalog.schemaVersions(await seen(datasets), page, knownAt),
    facets: async (ids, names) => {
      const found = await catalog.facets(await seen(ids), names);
      const bodies = await events.redacted([...found.values()].flatMap((rows) => rows.map(({ body }) => body)));
      let next = 0;
      return mapped(found, (_, rows) => rows.map((row) => ({ ...row, body: bodies[next++] ?? {} })));
    },
    facts: async (ids, kinds, time) =>
      mapped(await catalog.facts(await seen(ids), kinds, time), (id, rows) => rows.map((row) => shown(row, id))),
    factHistory: async (ids, kind, knownAt) =>
      mapped(await catalog.factHistory(await seen(ids), kind, knownAt), (id, rows) =>
        rows.map((row) => shown(row, id)),
      ),
    tagged: async (...asked) => visible(await catalog.tagged(...asked)),
    owned: async (...asked) => visible(await catalog.owned(...asked)),
    placed: async (...asked) => visible(await catalog.placed(...asked)),
    outputPorts: async (...asked) => {
      const found = await catalog.outputPorts(...asked);
      const shownPorts = new Set(await visible([...found.values()].flat()));
      return mapped(found, (_, rows) => rows.filter((row) => shownPorts.has(row)));
    },
    // Who is one with whom names no asset; which ids of an agent a caller is told is for who asks.
    agentNames: (...asked) => catalog.agentNames(...asked),
    agentStatements: (...asked) => catalog.agentStatements(...asked),
    effectiveOwners: async (ids, time) => mapped(await catalog.effectiveOwners(await seen(ids), time), shownOwners),
    ownersUnder: async (rules, ids, time) =>
      mapped(await catalog.ownersUnder(rules, await seen(ids), time), (id, { now, then, number }) => ({
        ...{ number, now: shownOwners(id, now), then: shownOwners(id, then) },
      })),
    mayAnswerFor: async (...asked) => (await catalog.mayAnswerFor(...asked)).filter(({ id }) => sight.sees(id)),
    logicalMemberships: async (ids, time) =>
      mapped(await catalog.logicalMemberships(await seen(ids), time), (id, { logical, since, by }) => ({
        logical,
        since,
        by: 'fact' in by ? { fact: shown(by.fact, id) } : by,
      })),
    mayBeMembers: async (...asked) => (await catalog.mayBeMembers(...asked)).filter(({ id }) => sight.sees(id)),
    mayFitLogical: async (...asked) => (await catalog.mayFitLogical(...asked)).filter(({ id }) => sight.sees(id)),
    factsNaming: async (...asked) => visible(await catalog.factsNaming(...asked)),
    importance: async (groups, period) => {
      const known = new Set(await seen([...new Set(groups.flat())]));
      return catalog.importance(
        groups.map((group) => group.filter((id) => known.has(id))),
        period,
        sight.rule,
      );
    },
    mayFit: async (...asked) => (await catalog.mayFit(...asked)).filter(({ id }) => sight.sees(id)),
    tagSuggestions: (filter, page) => catalog.tagSuggestions(filter, page, sight.rule),
    tagSuggestionCounts: (filter) => catalog.tagSuggestionCounts(filter, sight.rule),
    synonymCandidates: (page) => catalog.synonymCandidates(page, sight.rule),
    suggestedTags: async (ids) => catalog.suggestedTags(await seen(ids)),
    similarDatasets: async (ids) => catalog.similarDatasets(await seen(ids), sight.rule),
    runsReadTogether: async (ids, since) => catalog.runsReadTogether(await seen(ids), since, sight.rule),
    recentChanges: async (filter, most) =>
      (await catalog.recentChanges(filter, most, sight.rule)).filter(({ asset }) => sight.sees(asset)),
    // Domains, terms and data products name no asset: whoever reads the catalog knows how it is organised.
    definitions: async (ids, time) => {
      const found = await catalog.definitions(ids, time);
      const shownRows = await withSeenLogical(catalog, [...new Set(found.values())], time, seen);
      return only(found, (row) => shownRows.includes(row));
    },
    definitionsOf: async (kind, time) => withSeenLogical(catalog, await catalog.definitionsOf(kind, time), time, seen),
    definitionHistory: (...asked) => catalog.definitionHistory(...asked),
  };
}

/** What was measured is of the dataset that may be seen, whoever measured it; runs and versions are looked up here. */
function seenMetrics({
  catalog,
  nodes,
}: SeenCatalogParts): Part<'metrics' | 'metricsOfVersions' | 'latestMetrics' | 'versionsOfMetrics'> {
  const seen = async (ids: readonly NodeId[]): Promise<readonly NodeId[]> => [...(await nodes.of(ids))];
  return {
    metrics: async (ids, ...asked) => catalog.metrics(await seen(ids), ...asked),
    metricsOfVersions: async (versions, ...asked) => catalog.metricsOfVersions(await seen(versions), ...asked),
    latestMetrics: async (ids, ...asked) => catalog.latestMetrics(await seen(ids), ...asked),
    versionsOfMetrics: async (metrics) => {
      const found = await catalog.versionsOfMetrics(metrics);
      const shown = await nodes.of(found.flatMap((version) => version?.id ?? []));
      return found.map((version) => (version !== null && shown.has(version.id) ? version : null));
    },
  };
}

function seenLog({
  catalog,
  nodes,
  events,
  pages,
}: SeenCatalogParts): Part<
  | 'sightings'
  | 'proofs'
  | 'events'
  | 'eventsAt'
  | 'findings'
  | 'findingsOfEvents'
  | 'findingCounts'
  | 'producers'
  | 'status'
  | 'recordedAtBehind'
> {
  const within = nodes.sight.rule;
  const ofEvent: FindSeen<EventView> = async (views) => {
    const seen = await events.of(views.map(({ position }) => position));
    return ({ position }) => seen.has(position);
  };
  const ofFinding: FindSeen<FindingRow> = async (rows) => {
    const [seen, ids] = await Promise.all([
      events.of(rows.map(({ position }) => position)),
      catalog.idsOfKeys(rows.flatMap(({ nodeKey }) => nodeKey ?? [])),
    ]);
    const seenNodes = await nodes.of([...ids.values()]);
    return ({ position, nodeKey }) => {
      const id = nodeKey === null ? undefined : ids.get(nodeKey);
      return seen.has(position) && (id === undefined || seenNodes.has(id));
    };
  };
  const askable = async <F extends { readonly node?: NodeId }>(filter: F): Promise<F> => {
    const { node } = filter;
    if (node === undefined || (await nodes.of([node])).has(node)) return { ...filter, within };
    return { ...filter, within, node: absentLike(node) };
  };
  return {
    // Evidence of edges: callers have them of edges that they may see alone, and look up what they name here.
    sightings: (...asked) => catalog.sightings(...asked),
    proofs: async (assertions, page) =>
      (await pages.read(assertions, page, (...asked) => catalog.proofs(...asked), ofEvent)).map(
        (found) => found ?? NONE,
      ),
    events: async (filter, page) => {
      const asked = await askable(filter);
      const [found] = await pages.read(
        [asked],
        page,
        async ([one = asked], at) => [await catalog.events(one, at)],
        ofEvent,
      );
      return found ?? NONE;
    },
    eventsAt: async (positions) => {
      const found = await catalog.eventsAt(positions);
      return only(found, await ofEvent([...found.values()]));
    },
    findings: async (filter, page) => {
      const asked = await askable(filter);
      const [found] = await pages.read(
        [asked],
        page,
        async ([one = asked], at) => [await catalog.findings(one, at)],
        ofFinding,
      );
      return found ?? NONE;
    },
    findingsOfEvents: async (positions) => {
      const found = await catalog.findingsOfEvents(positions);
      const isSeen = await ofFinding([...found.values()].flat());
      return mapped(found, (_, rows) => rows.filter(isSeen));
    },
    findingCounts: () => countSeenFindings((page) => catalog.findings({ within }, page), ofFinding),
    producers: (page) =>
      producersOfSeen(page, {
        events: (at) => catalog.events({ kinds: ['RUN', 'JOB', 'DATASET'], within }, at),
        read: (positions) => events.read(positions),
        findings: async (positions) => {
          const rows = [...(await catalog.findingsOfEvents(positions)).values()].flat();
          return rows.filter(await ofFinding(rows));
        },
      }),
    status: () => catalog.status(),
    recordedAtBehind: (...asked) => catalog.recordedAtBehind(...asked),
  };
}

const NONE = { items: [], hasNextPage: false };

/** The ids whose own names may be seen. */
function named(ids: readonly NodeId[], { sight }: SeenNodes): readonly NodeId[] {
  return ids.filter((id) => sight.sees(id));
}

function only<K, V>(found: ReadonlyMap<K, V>, isSeen: (value: V) => boolean): ReadonlyMap<K, V> {
  return new Map([...found].filter(([, value]) => isSeen(value)));
}

function mapped<K, V, W>(found: ReadonlyMap<K, V>, map: (key: K, value: V) => W): ReadonlyMap<K, W> {
  return new Map([...found].map(([key, value]) => [key, map(key, value)]));
}
