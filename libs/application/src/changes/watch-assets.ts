import type { AssetRow } from '@headwater/domain/catalog';
import type { Clock } from '@headwater/domain/ports';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { ChangeEntry, ChangeFeed } from '@headwater/domain/change-feed';
import { datasetOf, kindOf, type NodeId } from '@headwater/domain/identifiers';
import { meets } from '@headwater/domain/governance/property-conditions';
import { valuesByProperty } from '@headwater/domain/governance/property-values';
import { formatPosition, parsePosition } from '@headwater/domain/position';
import type { EventLog } from '@headwater/domain/ports';
import type { SearchFilter } from '@headwater/domain/search';
import type { Micros } from '@headwater/domain/time';
import { nowBy } from '@headwater/domain/traversal/moment';
import { followFeed } from './follow-feed.js';
import { stoppable } from './stoppable.js';

/** What one event changed. */
export interface AssetChange {
  /** As `after` it continues behind this change. */
  readonly position: string;
  readonly recordedAt: Micros;
  /** The assets as they are now, by id. */
  readonly assets: readonly AssetRow[];
}

export interface WatchAssetsRequest {
  readonly filter: SearchFilter;
  /** A position to catch up from; absent: from now on. */
  readonly after?: string | undefined;
}

export interface WatchAssetsPorts {
  readonly feed: ChangeFeed;
  readonly catalog: Pick<CatalogReader, 'assets' | 'idsOfKeys' | 'facts' | 'effectiveOwners' | 'agentNames'>;
  readonly clock: Clock;
  readonly log: Pick<EventLog, 'logId'>;
}

/**
 * Every change of a dataset or job (its fields included) that fits the filter, one item an event in the order of the
 * log, without end. A consumer that comes back with the last position as `after` misses nothing.
 */
export class WatchAssets {
  constructor(private readonly ports: WatchAssetsPorts) {}

  execute(request: WatchAssetsRequest): AsyncGenerator<AssetChange, void, undefined> {
    return stoppable((signal) => this.#watch(request, signal));
  }

  async *#watch(request: WatchAssetsRequest, signal: AbortSignal): AsyncGenerator<AssetChange, void, undefined> {
    const { feed, log } = this.ports;
    const { logId } = log;
    const after = request.after === undefined ? (await feed.head()).position : parsePosition(logId, request.after);
    for await (const entries of followFeed(feed, { after, logId, signal })) {
      // Who is one with whom may be other than at the last batch.
      const filter = await this.#byAgents(request.filter);
      for (const { entry, assets } of await this.#assetsOf(entries)) {
        const fitting = await this.#fitting(assets, filter);
        if (fitting.length === 0) continue;
        yield { position: formatPosition(logId, entry.position), recordedAt: entry.recordedAt, assets: fitting };
      }
    }
  }

  /** The filter with every id of each agent that it names as an owner: owners are told by the canonical one. */
  async #byAgents(filter: SearchFilter): Promise<SearchFilter> {
    const owners = filter.owners ?? [];
    if (owners.length === 0) return filter;
    const names = await this.ports.catalog.agentNames(owners, LATEST);
    return { ...filter, owners: [...new Set([...owners, ...[...names.values()].flat()])] };
  }

  /** Those that fit as they are now. */
  async #fitting(assets: readonly AssetRow[], filter: SearchFilter): Promise<readonly AssetRow[]> {
    const ids = assets.map(({ id }) => id);
    const time = nowBy(this.ports.clock);
    const isAboutOwners = (filter.owners?.length ?? 0) > 0 || filter.hasOwner !== undefined;
    const owners = isAboutOwners ? await this.ports.catalog.effectiveOwners(ids, time) : undefined;
    const isAboutDomains = (filter.domains?.length ?? 0) > 0 || filter.hasDomain !== undefined;
    const domains = isAboutDomains ? await this.ports.catalog.facts(ids, ['DOMAIN'], time) : undefined;
    const products =
      (filter.products?.length ?? 0) > 0 ? await this.ports.catalog.facts(ids, ['PRODUCT'], time) : undefined;
    const terms = (filter.terms?.length ?? 0) > 0 ? await this.ports.catalog.facts(ids, ['TERM'], time) : undefined;
    const asked = filter.properties ?? [];
    const properties = asked.length > 0 ? await this.ports.catalog.facts(ids, ['PROPERTY'], time) : undefined;
    return assets.filter((asset) =>
      fits(asset, filter, {
        ownerIds: owners?.get(asset.id)?.owners.map(({ agent }) => agent) ?? [],
        domain: domains?.get(asset.id)?.[0]?.value ?? null,
        products: products?.get(asset.id)?.map(({ value }) => value) ?? [],
        terms: terms?.get(asset.id)?.map(({ value }) => value) ?? [],
        properties: valuesByProperty(properties?.get(asset.id) ?? []),
      }),
    );
  }

  /** The assets of a whole batch in two statements. */
  async #assetsOf(entries: readonly ChangeEntry[]) {
    const { catalog } = this.ports;
    const ids = await catalog.idsOfKeys([...new Set(entries.flatMap((entry) => entry.touched))]);
    const idsOf = (entry: ChangeEntry): readonly NodeId[] => [
      ...new Set(entry.touched.flatMap((key) => assetOf(ids.get(key)) ?? [])),
    ];
    const wanted = entries.map((entry) => ({ entry, ids: idsOf(entry) }));
    const rows = await catalog.assets([...new Set(wanted.flatMap((item) => item.ids))], LATEST);
    return wanted.map(({ entry, ids: touched }) => {
      // Names of one merged asset come back as one.
      const assets = new Map(touched.flatMap((id) => rows.get(id) ?? []).map((row) => [row.id, row]));
      return { entry, assets: [...assets.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) };
    });
  }
}

/** Runs and versions are news of their own, not of the asset they belong to. */
function assetOf(id: NodeId | undefined): NodeId | undefined {
  if (id === undefined) return undefined;
  const kind = kindOf(id);
  if (kind === 'FIELD') return datasetOf(id);
  return kind === 'DATASET' || kind === 'JOB' ? id : undefined;
}

/** What a filter asks of an asset that its row does not tell. */
interface Belonging {
  readonly ownerIds: readonly NodeId[];
  readonly domain: string | null;
  readonly terms: readonly string[];
  readonly products: readonly string[];
  readonly properties: ReadonlyMap<string, readonly string[]>;
}

/** The filter of a search, applied to one asset: tags and terms are those of the asset itself. */
function fits(asset: AssetRow, filter: SearchFilter, belonging: Belonging): boolean {
  const { kinds, namespaces, tags, owners, domains, terms, hasOwner, hasTag, hasDomain, updatedAfter } = filter;
  const { ownerIds, domain } = belonging;
  return (
    isAmong(kinds, [asset.kind]) &&
    isAmong(namespaces, [asset.namespace]) &&
    isAmong(owners, ownerIds) &&
    isAmong(domains, domain === null ? [] : [domain]) &&
    isAmong(terms, belonging.terms) &&
    isAmong(filter.products, belonging.products) &&
    (hasTag === undefined || hasTag === asset.tags.length > 0) &&
    (hasDomain === undefined || hasDomain === (domain !== null)) &&
    (filter.properties ?? []).every((one) => meets(one, belonging.properties.get(one.property))) &&
    isAmong(tags, asset.tags.flatMap(withBareKey)) &&
    (hasOwner === undefined || hasOwner === ownerIds.length > 0) &&
    (updatedAfter === undefined || asset.updatedAt > updatedAfter)
  );
}

function isAmong(wanted: readonly string[] | undefined, present: readonly string[]): boolean {
  return wanted === undefined || wanted.length === 0 || present.some((value) => wanted.includes(value));
}

function withBareKey(tag: string): readonly string[] {
  const at = tag.indexOf('=');
  return at < 0 ? [tag] : [tag, tag.slice(0, at)];
}
