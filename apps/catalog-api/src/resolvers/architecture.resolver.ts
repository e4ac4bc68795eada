import type { JudgedFinding } from '@headwater/domain/governance/architecture-findings';
import { pageOfFindings } from '@headwater/domain/governance/architecture-findings';
import { layerOf, withParts, type DomainLayer } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ArchitectureCountArgs, ArchitectureFindingArgs, FindingPartArgs } from '../arguments/architecture-args.js';
import { checkPart, PartArgs } from '../arguments/edit-job-args.js';
import { idOf } from '../arguments/ids.js';
import { toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { EVERY_DOMAIN } from '../loaders/architecture.js';
import { portsOf, productsAt } from '../loaders/data-products.js';
import { domainsAt, loadDomain } from '../loaders/domains.js';
import { Operation } from '../operation.guard.js';
import {
  ArchitectureFinding,
  ArchitectureFindingConnection,
  ArchitectureFindingCount,
  countFindings,
  FindingAcceptance,
  ofAcceptance,
  toArchitectureFinding,
} from '../types/architecture.js';
import { Dataset, Job, toDataset, toJob } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import { OutputPort, toDataProduct, toOutputPort } from '../types/data-product.js';
import { Domain } from '../types/domain.js';
import { DomainLayerEnum } from '../types/enums.js';

const READS = { scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] } as const;

/** Reads that pass by the ports of a domain or point up a layer. */
@Resolver(() => ArchitectureFinding)
export class ArchitectureResolver {
  @Query(() => ArchitectureFindingConnection, {
    description: 'Jobs that read datasets of other domains past their published ports, or of a higher layer.',
  })
  @Operation(READS)
  async architectureFindings(
    @Args() args: ArchitectureFindingArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<ArchitectureFinding>> {
    const time = context.readTime(args);
    const page = toPageRequest(args);
    const { kinds = null } = args;
    const found = await findingsOf(context, args.domain, time);
    const ofKinds = kinds === null ? found : found.filter(({ kind }) => kinds.includes(kind));
    const fitting = ofAcceptance(ofKinds, args.isAccepted ?? null);
    return toConnection(pageOfFindings(fitting, page), page.after, (one) => toArchitectureFinding(one, time));
  }

  @Query(() => [ArchitectureFindingCount], {
    description: 'How many findings there are by domain and kind, the most first; those that you may see.',
  })
  @Operation(READS)
  async architectureFindingCounts(
    @Args() args: ArchitectureCountArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<ArchitectureFindingCount[]> {
    const time = context.readTime(args);
    return countFindings(await findingsOf(context, args.domain, time), time);
  }

  @ResolveField(() => Domain, {
    nullable: true,
    description: 'BYPASSES_PORT: whose ports are passed by. POINTS_UP_A_LAYER: the one that the dataset is in.',
  })
  domain(
    @Parent() { of, time }: ArchitectureFinding,
    @Context('catalog') context: CatalogContext,
  ): Promise<Domain | null> {
    return loadDomain(context, of.domain, time);
  }

  @ResolveField(() => FindingAcceptance, {
    nullable: true,
    description: 'Who lets it stand, and why; null: nobody, it is open.',
  })
  acceptance(
    @Parent() { of: { acceptance } }: ArchitectureFinding,
    @Context('catalog') context: CatalogContext,
  ): FindingAcceptance | null {
    return acceptance === null ? null : { ...acceptance, position: context.position(acceptance.position) };
  }

  @ResolveField(() => Domain, { nullable: true, description: 'The domain that the job is in.' })
  readBy(
    @Parent() { of, time }: ArchitectureFinding,
    @Context('catalog') context: CatalogContext,
  ): Promise<Domain | null> {
    return loadDomain(context, of.readBy, time);
  }

  @ResolveField(() => Dataset, { nullable: true, description: 'The dataset, as it is now.' })
  async dataset(
    @Parent() { of }: ArchitectureFinding,
    @Context('catalog') context: CatalogContext,
  ): Promise<Dataset | null> {
    const row = await context.loaders.assets.load(of.dataset);
    return row?.kind === 'DATASET' ? toDataset(row) : null;
  }

  @ResolveField(() => Job, { nullable: true, description: 'The job, as it is now: `effectiveOwners` are to be told.' })
  async job(@Parent() { of }: ArchitectureFinding, @Context('catalog') context: CatalogContext): Promise<Job | null> {
    const row = await context.loaders.assets.load(of.job);
    return row?.kind === 'JOB' ? toJob(row) : null;
  }
}

@Resolver(() => ArchitectureFindingCount)
export class ArchitectureFindingCountResolver {
  @ResolveField(() => Domain, { nullable: true, description: 'The domain.' })
  domain(
    @Parent() { of, time }: ArchitectureFindingCount,
    @Context('catalog') context: CatalogContext,
  ): Promise<Domain | null> {
    return loadDomain(context, of, time);
  }
}

@Resolver(() => Domain)
export class DomainArchitectureResolver {
  @ResolveField(() => DomainLayerEnum, {
    nullable: true,
    description: 'The layer that it is on: its own, or that of the nearest domain above it that has one.',
  })
  async effectiveLayer(
    @Parent() { row, time }: Domain,
    @Context('catalog') context: CatalogContext,
  ): Promise<DomainLayer | null> {
    const all = new Map((await domainsAt(context, time)).map(({ id, body }) => [id, body]));
    return layerOf(row.id, (id) => all.get(id));
  }

  @ResolveField(() => [OutputPort], {
    description:
      'What it publishes, by data product and dataset: the output ports of products in it or in its parts that are not PROPOSED.',
  })
  async gateway(
    @Parent() { row, time }: Domain,
    @Args() args: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<OutputPort[]> {
    const { skip, most } = checkPart(args);
    const within = new Set(withParts([row.id], await domainsAt(context, time)));
    const products = (await productsAt(context, time)).filter(
      ({ body }) => body.domain !== null && within.has(body.domain) && body.status !== 'PROPOSED',
    );
    const ports = await Promise.all(products.map((product) => portsOf(context, toDataProduct(product, time))));
    return ports
      .flat()
      .filter(({ dataset: { deletedAt } }) => deletedAt === null || deletedAt > time.at)
      .slice(skip, skip + most)
      .map(({ fact, dataset }) => toOutputPort(fact, toDataset(dataset), context));
  }

  @ResolveField(() => [ArchitectureFinding], {
    nullable: true,
    description:
      'Findings in which it or a part of it is read or reads; those that you may see; null where that cannot be told now.',
  })
  async findings(
    @Parent() { row, time }: Domain,
    @Args() args: FindingPartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<ArchitectureFinding[]> {
    const { skip, most } = checkPart(args);
    const found = (await context.loaders.architecture.load(row.id, time)) ?? [];
    return ofAcceptance(found, args.isAccepted ?? null)
      .slice(skip, skip + most)
      .map((one) => toArchitectureFinding(one, time));
  }

  @ResolveField(() => Int, { nullable: true, description: 'How many of `findings` nobody has accepted.' })
  async openFindingCount(
    @Parent() { row, time }: Domain,
    @Context('catalog') context: CatalogContext,
  ): Promise<number> {
    return ofAcceptance((await context.loaders.architecture.load(row.id, time)) ?? [], false).length;
  }

  @ResolveField(() => Int, { nullable: true, description: 'How many `findings` there are, accepted ones too.' })
  async findingCount(@Parent() { row, time }: Domain, @Context('catalog') context: CatalogContext): Promise<number> {
    return ((await context.loaders.architecture.load(row.id, time)) ?? []).length;
  }
}

async function findingsOf(
  { loaders }: CatalogContext,
  domain: string | null | undefined,
  time: ReadTime,
): Promise<readonly JudgedFinding[]> {
  const asked: NodeId | typeof EVERY_DOMAIN = domain === undefined || domain === null ? EVERY_DOMAIN : idOf(domain);
  return (await loaders.architecture.load(asked, time)) ?? [];
}
