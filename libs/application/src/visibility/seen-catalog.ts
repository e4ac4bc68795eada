import { absentLike } from '@headwater/domain/access/sight';
import type { RunRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { NodeId } from '@headwater/domain/identifiers';
import type { RunFilter } from '@headwater/domain/reading/run-reader';
import { seenFacts } from './seen-facts.js';
import { seenLog } from './seen-log.js';
import { mapped, named, NONE, only, type Part, type SeenCatalogParts } from './seen-maps.js';
import type { FindSeen, ReadPages } from './seen-pages.js';

/**
 * The catalog as if nothing existed but what one caller may see: what is asked for by a hidden id, or turns out to be
 * hidden, is absent, and lists and counts are of the rest. A new method of the port does not compile without its own.
 */
export function seenCatalog(parts: SeenCatalogParts): CatalogReader {
  return { ...seenAssets(parts), ...seenRuns(parts), ...seenFacts(parts), ...seenMetrics(parts), ...seenLog(parts) };
}

function seenAssets({
  catalog,
  nodes,
  pages,
}: SeenCatalogParts): Part<
  'assets' | 'aliases' | 'assetsThen' | 'childJobs' | 'componentChanges' | 'idsOfKeys' | 'namespaces'
> {
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
    assetsThen: async (...asked) => {
      const { assets, next } = await catalog.assetsThen(...asked);
      const seen = await nodes.of(assets.map(({ id }) => id));
      return { assets: assets.filter(({ id }) => seen.has(id)), next };
    },
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
