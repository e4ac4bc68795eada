import { absentLike } from '@headwater/domain/access/sight';
import type { FindingRow } from '@headwater/domain/catalog';
import type { NodeId } from '@headwater/domain/identifiers';
import type { EventView } from '@headwater/domain/reading/event-reader';
import { countSeenFindings } from './count-seen.js';
import { producersOfSeen } from './producers-of-seen.js';
import { mapped, NONE, only, type Part, type SeenCatalogParts } from './seen-maps.js';
import type { FindSeen } from './seen-pages.js';

/** Events and what was found in them. */
export function seenLog({
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
  | 'positionAt'
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
    positionAt: (knownAt) => catalog.positionAt(knownAt),
  };
}
