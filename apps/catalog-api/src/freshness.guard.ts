import { checkCostOf } from '@headwater/platform/graphql/query-limits';
import type { ProjectionName } from '@headwater/domain/checkpoints';
import { Inject, Injectable, SetMetadata, UseGuards, applyDecorators } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { CatalogContext } from './catalog-context.js';
import { CATALOG_API_OPTIONS, type CatalogApiSettings } from './catalog-api.options.js';

const READS = 'headwater:reads';

/** Lets a root field run once what it reads is as fresh as the caller asks; subscriptions are checked for their cost. */
@Injectable()
export class FreshnessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CATALOG_API_OPTIONS) private readonly settings: CatalogApiSettings,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const graphql = GqlExecutionContext.create(execution);
    const info = graphql.getInfo<GraphQLResolveInfo>();
    if (info.operation.operation === 'subscription') checkCostOf(info, this.settings.limits.cost);
    const { catalog } = graphql.getContext<{ catalog: CatalogContext }>();
    const projections = this.reflector.get<readonly ProjectionName[] | undefined>(READS, execution.getHandler()) ?? [];
    await Promise.all(projections.map((projection) => catalog.fresh(projection)));
    return true;
  }
}

/** The projections that a root field reads: it waits for them where the caller sent `headwater-position`. */
export function Reads(...projections: readonly ProjectionName[]): MethodDecorator {
  return applyDecorators(SetMetadata(READS, projections), UseGuards(FreshnessGuard));
}
