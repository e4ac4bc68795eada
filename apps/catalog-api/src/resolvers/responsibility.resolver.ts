import { HeadwaterError } from '@headwater/domain/errors';
import { kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
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
      'Everything that an agent answers for now, by name, and why. It goes by search, which follows a change of the ownership rules a little later.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async responsibleFor(
    @Args('agent', { type: () => ID, description: 'Who: `agent:<kind>:<name>`, such as `agent:team:claims`.' })
    text: string,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<ResponsibilityConnection> {
    const page = toPageRequest(args);
    const agent = agentOf(text);
    const request = { text: '', filter: { owners: [agent] }, order: 'NAME', page } as const;
    const { hits, hasNextPage, totalCount } = await context.view.search.search(request);
    const found = await Promise.all(hits.map(({ id, cursor }) => edgeOf(context, agent, id, cursor)));
    const cursors = hits.map(({ cursor }) => cursor);
    return {
      edges: found.filter((edge) => edge !== null),
      pageInfo: pageInfo(cursors, hasNextPage, page.after),
      totalCount,
    };
  }
}

/** Null where search is behind: it is gone, or somebody else answers for it by now. */
async function edgeOf(
  context: CatalogContext,
  agent: NodeId,
  id: NodeId,
  cursor: string,
): Promise<ResponsibilityEdge | null> {
  const { loaders, seesAll } = context;
  const [row, owners] = await Promise.all([loaders.assets.load(id), loaders.owners.load(id, context.readTime({}))]);
  const claims = (owners?.owners ?? []).filter((claim) => claim.agent === agent);
  if (row === undefined || claims.length === 0) return null;
  const { owners: roles } = toEffectiveOwners({ owners: claims, overruled: [] }, context, seesAll);
  return { cursor, node: { asset: toAsset(row), roles } };
}

function agentOf(text: string): NodeId {
  const id = respellNodeId(text);
  if (id !== undefined && kindOf(id) === 'AGENT') return id;
  const detail = 'must be the id of an agent: agent:<kind>:<name>, such as agent:team:claims';
  throw new HeadwaterError('INVALID_INPUT', 'Name an agent by its id', { faults: [{ pointer: '/agent', detail }] });
}
