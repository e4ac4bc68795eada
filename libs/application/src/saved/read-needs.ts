import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { withParts } from '@headwater/domain/governance/definition';
import { datasetOf, kindOf, type NodeId } from '@headwater/domain/identifiers';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import type { CatalogSearch } from '@headwater/domain/search';
import { MICROS_PER_HOUR } from '@headwater/domain/time';

/**
 * CONFIRM_OWNERSHIP: somebody says that they answer for it, and they did not. SUGGESTED_TAGS: rules suggest tags for its
 * fields. UNOWNED_IN_DOMAIN: it is in a domain of theirs, and nobody answers for it. FINDINGS: events about it had
 * something odd within 30 days. UNDOCUMENTED: nobody says what it is.
 */
export type NeedKind = 'CONFIRM_OWNERSHIP' | 'SUGGESTED_TAGS' | 'UNOWNED_IN_DOMAIN' | 'FINDINGS' | 'UNDOCUMENTED';

export interface Need {
  readonly kind: NeedKind;
  readonly total: number;
  readonly isComplete: boolean;
  /** Some of the assets that it is about, at most 100. */
  readonly assets: readonly NodeId[];
}

export interface NeedsView {
  readonly catalog: Pick<
    CatalogReader,
    | 'agentNames'
    | 'assets'
    | 'definitionsOf'
    | 'effectiveOwners'
    | 'findings'
    | 'idsOfKeys'
    | 'tagSuggestions'
    | 'tagSuggestionCounts'
  >;
  readonly search: Pick<CatalogSearch, 'matching' | 'search'>;
}

/** Of what somebody answers for, so much is looked at. */
const MOST_OWNED = 1_000;
const SHOWN = 100;
const RECENT = 30 * 24 * MICROS_PER_HOUR;

type Read = (view: NeedsView, agents: readonly NodeId[], owned: Owned, time: ReadTime) => Promise<Need>;

interface Owned {
  readonly ids: readonly NodeId[];
  readonly isComplete: boolean;
}

/** What the assets of these agents, under all their ids, need, in a number of statements that does not depend on how many they are; needs of nothing are left out. */
export async function readNeeds(view: NeedsView, asked: readonly NodeId[], time: ReadTime): Promise<readonly Need[]> {
  if (asked.length === 0) return [];
  const names = await view.catalog.agentNames(asked, time.knownAt);
  // Owners may be named by any id of the agent.
  const agents = [...new Set(asked.flatMap((id) => names.get(id) ?? [id]))];
  const found = await view.search.matching({ text: '', filter: { owners: agents } }, MOST_OWNED);
  const owned = { ids: found.slice(0, MOST_OWNED).map(({ id }) => id), isComplete: found.length <= MOST_OWNED };
  const reads: readonly Read[] = [unconfirmed, suggested, unowned, odd, undocumented];
  const needs = await Promise.all(reads.map((read) => read(view, agents, owned, time)));
  return needs.filter(({ total }) => total > 0);
}

const unconfirmed: Read = async ({ catalog }, agents, { ids, isComplete }, time) => {
  const owners = await catalog.effectiveOwners(ids, time);
  const mine = ids.filter((id) =>
    owners.get(id)?.owners.some(({ agent, confirmation }) => agents.includes(agent) && confirmation === undefined),
  );
  return need('CONFIRM_OWNERSHIP', mine.length, mine, isComplete);
};

const suggested: Read = async ({ catalog }, _agents, { ids, isComplete }) => {
  const datasets = ids.filter((id) => kindOf(id) === 'DATASET');
  if (datasets.length === 0) return need('SUGGESTED_TAGS', 0, [], true);
  const filter = { datasets, isDismissed: false };
  const [counts, { items }] = await Promise.all([
    catalog.tagSuggestionCounts(filter),
    catalog.tagSuggestions(filter, { first: SHOWN, after: null }),
  ]);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const fields = items.map(({ item }) => datasetOf(item.field));
  return need('SUGGESTED_TAGS', total, fields, isComplete);
};

const unowned: Read = async ({ catalog, search }, agents, _owned, time) => {
  const all = await catalog.definitionsOf('DOMAIN', time);
  const mine = all.filter(({ body }) => body.owners.some(({ agent }) => agents.includes(agent))).map(({ id }) => id);
  if (mine.length === 0) return need('UNOWNED_IN_DOMAIN', 0, [], true);
  const filter = { domains: withParts(mine, all), hasOwner: false };
  const page = { first: SHOWN, after: null };
  const { hits, totalCount, isExact } = await search.search({ text: '', filter, order: 'NAME', page });
  return need(
    'UNOWNED_IN_DOMAIN',
    totalCount,
    hits.map(({ id }) => id),
    isExact,
  );
};

const odd: Read = async ({ catalog }, _agents, { ids, isComplete }, { at }) => {
  if (ids.length === 0) return need('FINDINGS', 0, [], true);
  const { items, hasNextPage } = await catalog.findings({ nodes: ids }, { first: SHOWN, after: null });
  const recent = items.filter(({ item }) => item.recordedAt > at - RECENT);
  const found = await catalog.idsOfKeys([...new Set(recent.flatMap(({ item }) => item.nodeKey ?? []))]);
  const about = [...found.values()].map((id) => (kindOf(id) === 'FIELD' ? datasetOf(id) : id));
  const isAll = recent.length < items.length || !hasNextPage;
  return need('FINDINGS', recent.length, about, isComplete && isAll);
};

const undocumented: Read = async ({ catalog }, _agents, { ids, isComplete }) => {
  const rows = await catalog.assets(ids, LATEST);
  const silent = ids.filter((id) => (rows.get(id)?.description ?? '').trim() === '');
  return need('UNDOCUMENTED', silent.length, silent, isComplete);
};

function need(kind: NeedKind, total: number, assets: readonly NodeId[], isComplete: boolean): Need {
  return { kind, total, isComplete, assets: [...new Set(assets)].slice(0, SHOWN) };
}
