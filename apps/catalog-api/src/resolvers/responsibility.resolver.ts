import { LIST, PastResponsibilities } from '@headwater/application/governance/past-responsibilities';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import type { ClaimedOwner } from '@headwater/domain/governance/effective-owners';
import { kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { isOfList, type PageRequest } from '@headwater/domain/page';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toPageRequest } from '../arguments/page-args.js';
import { TimedPageOf20 } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { namesOfAgent } from '../loaders/agents.js';
import { Operation } from '../operation.guard.js';
import { toAsset } from '../types/asset.js';
import { pageInfo } from '../types/connection.js';
import { toEffectiveOwners } from '../types/effective-owners.js';
import { ResponsibilityConnection, type ResponsibilityEdge } from '../types/responsibility.js';

/** What somebody answers for. */
@Resolver()
export class ResponsibilityResolver {
  @Query(() => ResponsibilityConnection, {
    description:
      'Everything that an agent answers for, by name, and why. Of now it goes by search, which follows a change of rules, domains and data products a little later; with `asOf` or `knownAt` it is as it was then.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  responsibleFor(
    @Args('agent', { type: () => ID, description: 'Who: `agent:<kind>:<name>`, such as `agent:team:claims`.' })
    text: string,
    @Args() args: TimedPageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<ResponsibilityConnection> {
    const page = toPageRequest(args);
    const agent = agentOf(text);
    const isOfNow = (args.asOf ?? null) === null && (args.knownAt ?? null) === null;
    // A list that began as it is in the catalog goes on like that.
    return isOfNow && !isOfList(LIST, page.after)
      ? heldNow(context, agent, page)
      : heldThen(context, agent, context.readTime(args), page);
  }
}

@Resolver(() => ResponsibilityConnection)
export class ResponsibilityCountResolver {
  @ResolveField(() => Int, {
    description: 'How many there are in all; of now as search counts them. Of a past moment it reads all of them.',
  })
  totalCount(@Parent() { count }: ResponsibilityConnection): Promise<number> {
    return count();
  }
}

async function heldNow(context: CatalogContext, agent: NodeId, page: PageRequest): Promise<ResponsibilityConnection> {
  const request = { text: '', filter: { owners: [agent] }, order: 'NAME', page } as const;
  const { hits, hasNextPage, totalCount } = await context.view.search.search(request);
  const time = context.readTime({});
  const [canonical = agent] = await namesOfAgent(context, agent, time);
  const found = await Promise.all(
    hits.map(async ({ id, cursor }) => {
      const owners = await context.loaders.owners.load(id, time);
      const claims = (owners?.owners ?? []).filter((claim) => claim.agent === canonical);
      return edgeOf(context, id, claims, time, cursor);
    }),
  );
  const edges = found.filter((edge) => edge !== null);
  // Search is behind a change of rules or of agents: what it counts is not so any more.
  if (edges.length < hits.length && page.after === null) return heldThen(context, agent, time, page);
  const cursors = hits.map(({ cursor }) => cursor);
  return {
    edges,
    pageInfo: pageInfo(cursors, hasNextPage, page.after),
    count: () => Promise.resolve(totalCount - (hits.length - edges.length)),
  };
}

async function heldThen(
  context: CatalogContext,
  agent: NodeId,
  time: ReadTime,
  page: PageRequest,
): Promise<ResponsibilityConnection> {
  const held = new PastResponsibilities(context.view.catalog, agent, time);
  const { items, hasNextPage } = await held.page(page);
  const found = await Promise.all(
    items.map(({ cursor, item: { asset, claims } }) => edgeOf(context, asset, claims, time, cursor)),
  );
  const cursors = items.map(({ cursor }) => cursor);
  return {
    edges: found.filter((edge) => edge !== null),
    pageInfo: pageInfo(cursors, hasNextPage, page.after),
    count: () => held.count(),
  };
}

/** Null where search is behind: it is gone, or somebody else answers for it by now. */
async function edgeOf(
  context: CatalogContext,
  id: NodeId,
  claims: readonly ClaimedOwner[],
  time: ReadTime,
  cursor: string,
): Promise<ResponsibilityEdge | null> {
  const row = await context.loaders.assets.load(id);
  if (row === undefined || claims.length === 0) return null;
  const { owners: roles } = toEffectiveOwners({ owners: claims, overruled: [], declined: [] }, context, time);
  return { cursor, node: { asset: toAsset(row), roles } };
}

function agentOf(text: string): NodeId {
  const id = respellNodeId(text);
  if (id !== undefined && kindOf(id) === 'AGENT') return id;
  const detail = 'must be the id of an agent: agent:<kind>:<name>, such as agent:team:claims';
  throw new HeadwaterError('INVALID_INPUT', 'Name an agent by its id', {
    faults: [{ pointer: '/agent', ...coded('NOT_AN_ID', detail, { kind: 'AGENT' }) }],
  });
}
