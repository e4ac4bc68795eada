import { ReadSystemStatus } from '@headwater/application/status/read-system-status';
import { HeadwaterError } from '@headwater/domain/errors';
import { datasetId, jobId } from '@headwater/domain/identifiers';
import { Args, Context, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { EventListArgs, FindingListArgs, SearchArgs } from '../arguments/list-args.js';
import { toEventFilter, toFindingFilter, toSearchFilter } from '../arguments/filters.js';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { withDomainSums } from '../loaders/domains.js';
import { partsIn } from '../loaders/terms.js';
import { loadNode } from '../loaders/load-node.js';
import { Dataset, Job } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import { EventConnection, FindingConnection, NamespaceConnection } from '../types/connections.js';
import { toEvent, toFinding, type Event, type Finding } from '../types/event.js';
import { toNamespace, type Namespace } from '../types/namespace.js';
import { Node } from '../types/node.js';
import { Run, toRun } from '../types/run.js';
import { SearchConnection, SearchHit, toSearchConnection, toSearchHit } from '../types/search.js';
import { SystemStatus, toSystemStatus } from '../types/status.js';

const MAX_IDS = 100;

/** Everything that is read from the catalog tables and not from the graph. */
@Resolver()
export class CatalogQueryResolver {
  constructor(private readonly readStatus: ReadSystemStatus) {}

  @Query(() => Node, { nullable: true, description: 'Anything by its NodeId; null where nothing has it.' })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  node(
    @Args('id', { type: () => ID, description: 'A NodeId; any name of merged nodes.' }) id: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Node | null> {
    return loadNode(context, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'Many nodes by NodeId, in the order asked for; null in place of each that nothing has.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  nodes(
    @Args('ids', { type: () => [ID], description: 'NodeIds, at most 100.' }) ids: readonly string[],
    @Context('catalog') context: CatalogContext,
  ): Promise<(Node | null)[]> {
    if (ids.length > MAX_IDS) {
      throw new HeadwaterError('INVALID_INPUT', `Ask for at most ${MAX_IDS} ids at once`, { reason: 'PAGE_SIZE' });
    }
    return Promise.all(ids.map((id) => loadNode(context, id)));
  }

  @Query(() => Dataset, { nullable: true, description: 'A dataset by its name; null where there is none.' })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async dataset(
    @Args('namespace', { description: 'Its namespace, as producers send it.' }) namespace: string,
    @Args('name', { description: 'Its name within the namespace.' }) name: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Dataset | null> {
    const node = await loadNode(context, datasetId(namespace, name));
    return node instanceof Dataset ? node : null;
  }

  @Query(() => Job, { nullable: true, description: 'A job by its name; null where there is none.' })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async job(
    @Args('namespace', { description: 'Its namespace, as producers send it.' }) namespace: string,
    @Args('name', { description: 'Its name within the namespace.' }) name: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Job | null> {
    const node = await loadNode(context, jobId(namespace, name));
    return node instanceof Job ? node : null;
  }

  @Query(() => Run, {
    nullable: true,
    description: 'A run; null where there is none. A bare run id that several jobs have is a CONFLICT with candidates.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async run(
    @Args('id', { type: () => ID, description: 'A NodeId, or the bare run id where one job only has it.' }) id: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Run | null> {
    const row = await context.view.findRun(id);
    return row === null ? null : toRun(row);
  }

  @Query(() => NamespaceConnection, { description: 'The namespaces by name.' })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async namespaces(
    @Args() args: PageOf20,
    @Context('catalog') { view }: CatalogContext,
  ): Promise<Connection<Namespace>> {
    const page = toPageRequest(args);
    return toConnection(await view.catalog.namespaces(page), page.after, toNamespace);
  }

  @Query(() => SearchConnection, {
    description:
      'Assets by words of their names, fields, descriptions and tags, or by who owns them and the data product that they are of; words may be begun or misspelt.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async search(@Args() args: SearchArgs, @Context('catalog') context: CatalogContext): Promise<SearchConnection> {
    const page = toPageRequest(args);
    const filter = await toSearchFilter(args.filter, partsIn(context));
    const order = args.orderBy ?? 'RELEVANCE';
    const answer = await context.view.search.search({ text: args.query ?? '', filter, order, page });
    return toSearchConnection({ ...answer, facets: await withDomainSums(context, answer.facets) }, page.after);
  }

  @Query(() => [SearchHit], {
    description: 'The best assets for what is being typed: names first, popular ones first.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async suggest(
    @Args('prefix', { description: 'What has been typed.' }) prefix: string,
    @Args('limit', { type: () => Int, nullable: true, defaultValue: 8, description: 'How many at most: 1 to 50.' })
    limit: number | null,
    @Context('catalog') { view }: CatalogContext,
  ): Promise<SearchHit[]> {
    return (await view.search.suggest(prefix, limit ?? 8)).map(toSearchHit);
  }

  @Query(() => EventConnection, { description: 'Events of the log, the latest first.' })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async events(@Args() args: EventListArgs, @Context('catalog') context: CatalogContext): Promise<Connection<Event>> {
    const page = toPageRequest(args);
    const found = await context.view.catalog.events(toEventFilter(context.logId, args.filter), page);
    return toConnection(found, page.after, (view) => toEvent(context.position(view.position), view));
  }

  @Query(() => FindingConnection, {
    description:
      'What could not be taken at its word, the latest event first; without a code in the filter no edits that were refused.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async findings(
    @Args() args: FindingListArgs,
    @Context('catalog') { view }: CatalogContext,
  ): Promise<Connection<Finding>> {
    const page = toPageRequest(args);
    return toConnection(await view.catalog.findings(toFindingFilter(args.filter), page), page.after, toFinding);
  }

  @Query(() => SystemStatus, { description: 'How the parts of the catalog stand.' })
  @Operation({ scope: 'catalog:read' })
  async status(): Promise<SystemStatus> {
    return toSystemStatus(await this.readStatus.execute());
  }
}
