import type { AccessStore } from '@headwater/domain/access/access-store';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { NodeId } from '@headwater/domain/identifiers';
import { HeadwaterError } from '@headwater/domain/errors';
import { ACCESS_STORE } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AccessEventListArgs, toAccessEventFilter } from '../arguments/access-args.js';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { loadDomain } from '../loaders/domains.js';
import { Operation } from '../operation.guard.js';
import { AccessEventConnection, toAccessEvent, type AccessEvent } from '../types/access-event.js';
import {
  RoleBinding,
  RoleBindingConnection,
  toRoleBinding,
  toToken,
  TokenConnection,
  toViewer,
  Viewer,
  type Token,
} from '../types/access.js';
import { toConnection, type Connection } from '../types/connection.js';
import { Domain } from '../types/domain.js';

/** Who may do what, and who did. */
@Resolver()
export class AccessQueryResolver {
  constructor(@Inject(ACCESS_STORE) private readonly store: AccessStore) {}

  @Query(() => Viewer, { description: 'Who asks, and what they may do.' })
  @Operation({ scope: 'SIGNED_IN' })
  async viewer(@Context('catalog') context: CatalogContext): Promise<Viewer> {
    const { principal } = context;
    if (principal === null) throw new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
    const [names, edits] = await Promise.all([
      context.view.catalog.agentNames(principal.agents, LATEST),
      context.rightsOf(principal).domains(),
    ]);
    const agents = [...new Set(principal.agents.flatMap((id) => names.get(id) ?? [id]))];
    return toViewer(principal, agents, edits.domains);
  }

  @Query(() => TokenConnection, { description: 'The API tokens, also those that are over, the latest first.' })
  @Operation({ scope: 'admin' })
  async tokens(@Args() args: PageOf20): Promise<Connection<Token>> {
    const page = toPageRequest(args);
    return toConnection(await this.store.tokens(page), page.after, toToken);
  }

  @Query(() => RoleBindingConnection, { description: 'The role bindings, the latest first.' })
  @Operation({ scope: 'admin' })
  async roleBindings(@Args() args: PageOf20): Promise<Connection<RoleBinding>> {
    const page = toPageRequest(args);
    return toConnection(await this.store.bindings(page), page.after, toRoleBinding);
  }

  @Query(() => AccessEventConnection, { description: 'The audit of access, the latest first.' })
  @Operation({ scope: ['audit:read', 'admin'] })
  async accessEvents(
    @Args() args: AccessEventListArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<AccessEvent>> {
    const page = toPageRequest(args);
    const found = await this.store.events(toAccessEventFilter(args.filter ?? {}), page);
    return toConnection(found, page.after, (row) => toAccessEvent(context.position(row.position), row));
  }
}

@Resolver(() => RoleBinding)
export class RoleBindingResolver {
  @ResolveField(() => Domain, {
    nullable: true,
    description: 'The same domain as it is now; null also where it is no more, and the role edits nothing.',
  })
  domain(@Parent() { domainId }: RoleBinding, @Context('catalog') context: CatalogContext): Promise<Domain | null> {
    return domainId === null ? Promise.resolve(null) : loadDomain(context, domainId as NodeId, context.readTime({}));
  }
}
