import { presentError } from '@headwater/platform/graphql/present-error';
import { checkCostOf } from '@headwater/platform/graphql/query-limits';
import type { ProjectionName } from '@headwater/domain/checkpoints';
import type { Logger } from '@headwater/platform/logging/logger';
import { LOGGER } from '@headwater/platform/tokens';
import { Inject, Injectable, SetMetadata, UseGuards, applyDecorators } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import type { CatalogContext } from './catalog-context.js';
import { CATALOG_API_OPTIONS, type CatalogApiSettings } from './catalog-api.options.js';

const READS = 'headwater:reads';

/** Lets a root field run once what it reads is as fresh as the caller asks; subscriptions are checked for their cost. */
@Injectable()
export class FreshnessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CATALOG_API_OPTIONS) private readonly settings: CatalogApiSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const graphql = GqlExecutionContext.create(execution);
    const info = graphql.getInfo<GraphQLResolveInfo>();
    const { catalog } = graphql.getContext<{ catalog: CatalogContext }>();
    if (info.operation.operation === OperationTypeNode.SUBSCRIPTION) this.#checkSubscription(info, catalog.traceId);
    const projections = this.reflector.get<readonly ProjectionName[] | undefined>(READS, execution.getHandler()) ?? [];
    await Promise.all(projections.map((projection) => catalog.fresh(projection)));
    return true;
  }

  /** Mercurius checks the cost of queries only, and sends what a subscription begins with past the error formatter. */
  #checkSubscription(info: GraphQLResolveInfo, traceId: string): void {
    try {
      checkCostOf(info, this.settings.limits.cost);
    } catch (error) {
      throw presentError(error, traceId, this.logger);
    }
  }
}

/** The projections that a root field reads: it waits for them where the caller sent `headwater-position`. */
export function Reads(...projections: readonly ProjectionName[]): MethodDecorator {
  return applyDecorators(SetMetadata(READS, projections), UseGuards(FreshnessGuard));
}
