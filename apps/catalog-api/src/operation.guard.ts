import type { ProjectionName } from '@headwater/domain/checkpoints';
import { lackOf } from '@headwater/application/access/lacking';
import type { Scope } from '@headwater/domain/access/scopes';
import { HeadwaterError } from '@headwater/domain/errors';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { missingScope } from '@headwater/platform/access/gate';
import { presentError } from '@headwater/platform/graphql/present-error';
import { checkCostOf } from '@headwater/platform/graphql/query-limits';
import type { Logger } from '@headwater/platform/logging/logger';
import { ACCESS, LOGGER } from '@headwater/platform/tokens';
import { Inject, Injectable, SetMetadata, UseGuards, applyDecorators } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import type { CatalogContext } from './catalog-context.js';
import { CATALOG_API_OPTIONS, type CatalogApiSettings } from './catalog-api.options.js';

const OPERATION = 'headwater:operation';
const JUDGED_BY: readonly ProjectionName[] = ['CATALOG'];

export interface OperationOptions {
  /** What the caller must have, or one of which; SIGNED_IN: nothing but to be known. */
  readonly scope: Scope | readonly Scope[] | 'SIGNED_IN';
  /**
   * The projections that the field reads: it waits for them where the caller sent `headwater-position`. Unless told, a
   * query reads none, and a mutation the catalog, by which edits are judged.
   */
  readonly reads?: readonly ProjectionName[];
}

/**
 * Lets a root field run once its caller has the scope, and what it reads is as fresh as the caller asks; subscriptions
 * are checked for their cost.
 */
@Injectable()
export class OperationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CATALOG_API_OPTIONS) private readonly settings: CatalogApiSettings,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const graphql = GqlExecutionContext.create(execution);
    const info = graphql.getInfo<GraphQLResolveInfo>();
    const { catalog } = graphql.getContext<{ catalog: CatalogContext }>();
    const options = operationOf(this.reflector, execution.getHandler());
    const { operation } = info.operation;
    const isSubscription = operation === OperationTypeNode.SUBSCRIPTION;
    try {
      this.#requireScope(options?.scope ?? 'admin', catalog);
      if (isSubscription) checkCostOf(info, this.settings.limits.cost);
    } catch (error) {
      // Mercurius sends what a subscription begins with past the error formatter.
      throw isSubscription ? presentError(error, catalog.traceId, this.logger) : error;
    }
    const reads = options?.reads ?? (operation === OperationTypeNode.MUTATION ? JUDGED_BY : []);
    await Promise.all(reads.map((projection) => catalog.fresh(projection)));
    return true;
  }

  #requireScope(scope: OperationOptions['scope'], { principal, address }: CatalogContext): void {
    if (principal === null) throw new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
    if (scope === 'SIGNED_IN') return;
    const scopes = [scope].flat();
    if (scopes.some((one) => principal.may(one))) return;
    this.access.refusals.add({ reason: lackOf(principal), token: null, address, actor: principal.id });
    throw missingScope(principal, scopes.join(' or '));
  }
}

/** What every root field declares: who may ask, and what it reads. A field without it keeps the server from starting. */
export function Operation(options: OperationOptions): MethodDecorator {
  return applyDecorators(SetMetadata(OPERATION, options), UseGuards(OperationGuard));
}

/** What a handler declared; undefined where it declared nothing. */
export function operationOf(reflector: Reflector, handler: object): OperationOptions | undefined {
  return reflector.get<OperationOptions | undefined>(OPERATION, handler as never);
}
