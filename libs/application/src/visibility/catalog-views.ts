import { CatalogOwners } from '../lineage/catalog-owners.js';
import type { InstallationSecret } from '@headwater/domain/access/installation-secret';
import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { Principal } from '@headwater/domain/access/principal';
import { HiddenIds, Sight } from '@headwater/domain/access/sight';
import type { RunRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { LineageRoots } from '@headwater/domain/lineage-roots';
import type { Clock, EventLog, LineageGraph } from '@headwater/domain/ports';
import type { CatalogSearch } from '@headwater/domain/search';
import { EditRights } from '../access/edit-rights.js';
import { FindRun } from '../catalog/find-run.js';
import { ReadEventChanges, type KnownChanges } from '../changes/read-event-changes.js';
import { WatchAssets, type AssetChange, type WatchAssetsRequest } from '../changes/watch-assets.js';
import { followHead } from '../changes/follow-feed.js';
import { stoppable } from '../changes/stoppable.js';
import { seenChanges } from './seen-changes.js';
import { FullLineageView, SeenLineageView, type LineageView } from './lineage-view.js';
import { SealedCursors } from './sealed-cursors.js';
import { seenCatalog } from './seen-catalog.js';
import { FullLogView, SeenEvents, type LogView } from './seen-events.js';
import { seenGraph, seenRoots, seenSearch, type GraphView } from './seen-graph.js';
import { SeenNodes } from './seen-nodes.js';
import { SeenPages } from './seen-pages.js';

/** Everything that a reader of the catalog can ask, as one caller may. There is no other way to it for a resolver. */
export interface CatalogView {
  readonly catalog: CatalogReader;
  readonly search: CatalogSearch;
  readonly graph: GraphView;
  readonly log: LogView;
  readonly lineage: LineageView;
  findRun(id: string): Promise<RunRow | null>;
  watchAssets(request: WatchAssetsRequest): AsyncGenerator<AssetChange, void, undefined>;
  /** How far the catalog is, each time that it is further than `after`: for looking again, since hidden events count too. */
  watchPosition(after: number): AsyncGenerator<number, void, undefined>;
  /** What the events at these positions changed; those that are not there, or not to be seen, are left out. */
  changesOf(positions: readonly number[]): Promise<ReadonlyMap<number, KnownChanges>>;
}

export interface CatalogViewPorts {
  readonly catalog: CatalogReader;
  readonly search: CatalogSearch;
  readonly graph: LineageGraph;
  readonly roots: LineageRoots;
  readonly log: EventLog;
  readonly feed: ChangeFeed;
  readonly clock: Clock;
  /** What opaque ids and sealed cursors are made with. */
  readonly secret: () => Promise<InstallationSecret>;
}

/** The view of each caller. Who sees everything has the ports as they are, at no cost. */
export class CatalogViews {
  readonly #full: CatalogView;
  readonly #changes: ReadEventChanges;

  constructor(private readonly ports: CatalogViewPorts) {
    const { catalog, search, graph, log } = ports;
    this.#changes = new ReadEventChanges(ports);
    const changesOf: CatalogView['changesOf'] = (positions) => this.#changes.execute(positions);
    this.#full = { catalog, search, graph, log: new FullLogView(log), changesOf, ...useCases(ports, catalog) };
  }

  get logId(): string {
    return this.ports.log.logId;
  }

  /** Null sees nothing. */
  of(principal: Principal | null): CatalogView {
    const rule = principal?.where('catalog:read') ?? NamespaceRule.NONE;
    return rule.isAll ? this.#full : this.#seen(rule, principal?.id ?? '');
  }

  /** What somebody may edit, by the catalog as it is and not as they see it. */
  rightsOf(principal: Principal): EditRights {
    return new EditRights(principal, this.ports.catalog, this.ports.clock);
  }

  #seen(rule: NamespaceRule, principal: string): CatalogView {
    const { catalog, search, graph, roots, log } = this.ports;
    const sight = new Sight(rule);
    const nodes = new SeenNodes(sight, catalog);
    const events = new SeenEvents(log, nodes);
    const pages = new SeenPages(async () => new SealedCursors(await this.ports.secret(), principal));
    const seen = seenCatalog({ catalog, nodes, events, pages });
    const { lineage, ...rest } = useCases(
      { ...this.ports, roots: seenRoots(roots, nodes) },
      {
        runs: (ids) => seen.runs(ids),
        runsByUuid: (uuids) => seen.runsByUuid(uuids),
        // A change of a hidden name of an asset that may be seen is a change of that asset.
        idsOfKeys: (keys) => catalog.idsOfKeys(keys),
        assets: async (ids, knownAt) => {
          const found = await catalog.assets(ids, knownAt);
          return new Map([...found].filter(([, { id }]) => sight.sees(id)));
        },
        facts: (...asked) => seen.facts(...asked),
        effectiveOwners: (...asked) => seen.effectiveOwners(...asked),
        agentNames: (...asked) => seen.agentNames(...asked),
      },
    );
    const hiding = async () => new HiddenIds((await this.ports.secret()).value, principal);
    const veil = async () => {
      const hidden = await hiding();
      return { sees: (id: string) => sight.sees(id), hiddenId: (id: Parameters<HiddenIds['of']>[0]) => hidden.of(id) };
    };
    const graphSeen = seenGraph(graph, nodes);
    return {
      catalog: seen,
      search: seenSearch(search, nodes),
      graph: graphSeen,
      log: events,
      lineage: new SeenLineageView(lineage, graph, veil, { catalog: seen, graph: graphSeen }),
      changesOf: seenChanges({ changes: this.#changes, events, nodes, hiding }),
      ...rest,
    };
  }
}

type SeenRows = Pick<
  CatalogReader,
  'runs' | 'runsByUuid' | 'idsOfKeys' | 'assets' | 'facts' | 'effectiveOwners' | 'agentNames'
>;

function useCases(
  ports: CatalogViewPorts,
  rows: SeenRows,
): Pick<CatalogView, 'findRun' | 'watchAssets' | 'watchPosition'> & { readonly lineage: FullLineageView } {
  const { graph, roots, clock, feed, log, catalog } = ports;
  const owners = new CatalogOwners(catalog);
  const runs = new FindRun(rows);
  const assets = new WatchAssets({ feed, log, clock, catalog: rows });
  return {
    // Of the catalog it reads who answers for what, and when events were recorded: it hides what may not be seen itself.
    lineage: new FullLineageView({ graph, roots, owners, clock, feed, log, events: catalog, catalog }),
    findRun: (id) => runs.execute(id),
    watchAssets: (request) => assets.execute(request),
    watchPosition: (after) => stoppable((signal) => followHead(feed, { after, signal })),
  };
}
