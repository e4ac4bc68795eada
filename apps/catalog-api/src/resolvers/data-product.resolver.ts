import { withParts } from '@headwater/domain/governance/definition';
import { pageOfProducts } from '@headwater/domain/governance/data-products';
import { respellNodeId } from '@headwater/domain/identifiers';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DataProductListArgs } from '../arguments/data-product-args.js';
import { idOf } from '../arguments/ids.js';
import { checkPart, PartArgs } from '../arguments/edit-job-args.js';
import { toPageRequest } from '../arguments/page-args.js';
import { VersionArgs } from '../arguments/term-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { consumers, loadProduct, portsOf, productsAt, productsOf } from '../loaders/data-products.js';
import { domainsAt, loadDomain } from '../loaders/domains.js';
import { definitionVersions } from '../loaders/histories.js';
import { sameAgents } from '../loaders/agents.js';
import { Operation } from '../operation.guard.js';
import { Asset, toDataset } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import { DataProductConnection } from '../types/connections.js';
import { DataProduct, DataProductConsumer, OutputPort, toDataProduct, toOutputPort } from '../types/data-product.js';
import { DefinedOwner, toDefinedOwners } from '../types/defined-owner.js';
import { Domain } from '../types/domain.js';
import { DefinitionVersion } from '../types/versions.js';

const READS = { scope: 'catalog:read', reads: ['CATALOG'] } as const;

@Resolver()
export class DataProductQueryResolver {
  @Query(() => DataProduct, { nullable: true, description: 'A data product; null where there is none.' })
  @Operation(READS)
  async dataProduct(
    @Args('id', { type: () => ID, description: 'Its id: `product:<key>`.' }) given: string,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DataProduct | null> {
    const id = respellNodeId(given);
    return id === undefined ? null : loadProduct(context, id, context.readTime(time));
  }

  @Query(() => DataProductConnection, { description: 'Data products by name.' })
  @Operation(READS)
  async dataProducts(
    @Args() args: DataProductListArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<DataProduct>> {
    const time = context.readTime(args);
    const page = toPageRequest(args, 100);
    const { domain = null, statuses } = args;
    const domains = domain === null ? null : withParts([idOf(domain)], await domainsAt(context, time));
    const found = pageOfProducts(await productsAt(context, time), { domains, statuses: statuses ?? [] }, page);
    return toConnection(found, page.after, (row) => toDataProduct(row, time));
  }
}

@Resolver(() => DataProduct)
export class DataProductResolver {
  @ResolveField(() => String, {
    description: 'The position of its latest edit: what an edit gives as `expectedVersion`.',
  })
  editVersion(@Parent() { row }: DataProduct, @Context('catalog') context: CatalogContext): string {
    return context.position(row.position);
  }

  @ResolveField(() => [DefinedOwner], {
    description: 'Who answers for it, by id; for its output ports too where nothing nearer says who does.',
  })
  async owners(
    @Parent() { row, time }: DataProduct,
    @Context('catalog') context: CatalogContext,
  ): Promise<DefinedOwner[]> {
    const same = await sameAgents(
      context,
      row.body.owners.map(({ agent }) => agent),
      time,
    );
    return toDefinedOwners(row.body.owners, context, same);
  }

  @ResolveField(() => Domain, { nullable: true, description: 'The domain that it is in.' })
  async domain(
    @Parent() { row, time }: DataProduct,
    @Context('catalog') context: CatalogContext,
  ): Promise<Domain | null> {
    return row.body.domain === null ? null : loadDomain(context, row.body.domain, time);
  }

  @ResolveField(() => [OutputPort], { description: 'The datasets that it offers, by id; those that you may see.' })
  async outputPorts(
    @Parent() product: DataProduct,
    @Args() args: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<OutputPort[]> {
    const { skip, most } = checkPart(args);
    const ports = (await portsOf(context, product)).slice(skip, skip + most);
    return ports.map(({ fact, dataset }) => toOutputPort(fact, toDataset(dataset), context));
  }

  @ResolveField(() => [DataProductConsumer], {
    description: 'The jobs that read one of its output ports and write none, by id; those that you may see.',
  })
  async consumers(
    @Parent() product: DataProduct,
    @Args() args: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DataProductConsumer[]> {
    return consumers(context, product, checkPart(args));
  }

  @ResolveField(() => [DefinitionVersion], { description: 'What it was, the latest first.' })
  async history(
    @Parent() { row }: DataProduct,
    @Args() { most, knownAt }: VersionArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DefinitionVersion[]> {
    return definitionVersions(context, row.id, context.readTime({ knownAt: knownAt ?? null }).knownAt, most);
  }
}

@Resolver(() => Asset)
export class AssetDataProductResolver {
  @ResolveField(() => [DataProduct], { description: 'The data products that it is an output port of; of a job none.' })
  async dataProducts(
    @Parent() { row }: Asset,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DataProduct[]> {
    return productsOf(context, row.id, context.readTime(time));
  }
}
