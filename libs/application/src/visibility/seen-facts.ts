import type { FactRow } from '@headwater/domain/catalog';
import type { ClaimedOwner, EffectiveOwners } from '@headwater/domain/governance/effective-owners';
import type { NodeId } from '@headwater/domain/identifiers';
import { withSeenLogical } from './seen-logical.js';
import { mapped, named, only, type Part, type SeenCatalogParts } from './seen-maps.js';

/** What is said of assets, and what follows from it. */
export function seenFacts({
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
  | 'fieldTags'
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
  /** Facts about assets that may be seen, whichever of their names a fact stands on. */
  const ofSeenAssets = async (rows: readonly FactRow[]): Promise<readonly FactRow[]> => {
    const canonical = await nodes.canonical([...new Set(rows.map(({ nodeId }) => nodeId))]);
    return rows.flatMap((row) => {
      const id = canonical.get(row.nodeId);
      return id === undefined ? [] : [shown(row, id)];
    });
  };
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
    fieldTags: async (datasets, tags, time) =>
      mapped(await catalog.fieldTags(await seen(datasets), tags, time), (_, rows) => rows),
    owned: async (...asked) => visible(await catalog.owned(...asked)),
    placed: async (...asked) => ofSeenAssets(await catalog.placed(...asked)),
    outputPorts: async (...asked) => {
      const found = await catalog.outputPorts(...asked);
      const ports = await ofSeenAssets([...found.values()].flat());
      return mapped(found, (product) => ports.filter(({ value }) => value === product));
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
