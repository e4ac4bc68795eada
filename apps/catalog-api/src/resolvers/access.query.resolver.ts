import type { AccessStore } from '@headwater/domain/access/access-store';
import { LATEST } from '@headwater/domain/reading/read-time';
import { HeadwaterError } from '@headwater/domain/errors';
import { ACCESS_STORE } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { AccessEventListArgs, toAccessEventFilter } from '../arguments/access-args.js';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { AccessEventConnection, toAccessEvent, type AccessEvent } from '../types/access-event.js';
import {
  RoleBindingConnection,
  toRoleBinding,
  toToken,
  TokenConnection,
  toViewer,
  Viewer,
  type RoleBinding,
  type Token,
} from '../types/access.js';
import { toConnection, type Connection } from '../types/connection.js';

/** Who may do what, and who did. */
@Resolver()
export class AccessQueryResolver {
  constructor(@Inject(ACCESS_STORE) private readonly store: AccessStore) {}

  @Query(() => Viewer, { description: 'Who asks, and what they may do.' })
  @Operation({ scope: 'SIGNED_IN' })
  async viewer(@Context('catalog') context: CatalogContext): Promise<Viewer> {
    const { principal } = context;
    if (principal === null) throw new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
    const names = await context.view.catalog.agentNames(principal.agents, LATEST);
    return toViewer(principal, [...new Set(principal.agents.flatMap((id) => names.get(id) ?? [id]))]);
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
