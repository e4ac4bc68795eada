import { EditDomain } from '@headwater/application/governance/edit-domain';
import type { MadeNamedEdit } from '@headwater/application/governance/edit-named';
import type { Principal } from '@headwater/domain/access/principal';
import { isDomainRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { ChangeDomainInput, CreateDomainInput, editRequest, RemoveDomainInput } from '../arguments/domain-args.js';
import { toOwners } from '../arguments/ownership-rule-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { toDomain, type Domain } from '../types/domain.js';
import { EditDomainResult, type DomainRefusal, type EditedDomain } from '../types/domain-results.js';
import { editedOrRefused } from './refusals.js';
import { idOf } from '../arguments/ids.js';

const EDITS = { scope: 'catalog:edit' } as const;

/** Domains as people define them: each edit an event of the log. */
@Resolver()
export class DomainMutationResolver {
  constructor(
    private readonly edit: EditDomain,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Mutation(() => EditDomainResult, { description: 'Makes a domain.' })
  @Operation(EDITS)
  createDomain(
    @Args('input', { description: 'What it is.' }) input: CreateDomainInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedDomain | DomainRefusal> {
    const { key = null, name, description = null, parent = null, layer = null, isExternal, owners } = input;
    const above = parent === null ? null : idOf(parent);
    const wanted = { name: name.trim(), description, parent: above, layer, isExternal, owners: toOwners(owners) };
    return this.#do(context, null, (by) => this.edit.create(by, key, wanted, editRequest(input)));
  }

  @Mutation(() => EditDomainResult, {
    description: 'Changes what a domain is called, is about, is part of, which layer it is on, and who answers for it.',
  })
  @Operation(EDITS)
  changeDomain(
    @Args('input', { description: 'Which, and what becomes other.' }) input: ChangeDomainInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedDomain | DomainRefusal> {
    const { name, description, parent, layer, isExternal, owners } = input;
    const body = {
      // A name cannot be taken away.
      ...(name !== undefined && { name: (name ?? '').trim() }),
      ...(description !== undefined && { description }),
      ...(parent !== undefined && { parent: parent === null ? null : idOf(parent) }),
      ...(layer !== undefined && { layer }),
      ...(isExternal !== undefined && isExternal !== null && { isExternal }),
      ...(owners !== undefined && { owners: toOwners(owners ?? []) }),
    };
    const domain = idOf(input.domain);
    return this.#do(context, domain, (by) => this.edit.change(by, domain, body, editRequest(input)));
  }

  @Mutation(() => EditDomainResult, {
    description: 'Takes a domain away that nothing is in; what was in it, and when, stays known.',
  })
  @Operation(EDITS)
  removeDomain(
    @Args('input', { description: 'Which.' }) input: RemoveDomainInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedDomain | DomainRefusal> {
    const domain = idOf(input.domain);
    return this.#do(context, domain, (by) => this.edit.remove(by, domain, editRequest(input)));
  }

  #do(
    context: CatalogContext,
    on: NodeId | null,
    edit: (by: Principal) => Promise<MadeNamedEdit>,
  ): Promise<EditedDomain | DomainRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { id, position, isReadable } = await edit(by);
        const now = isReadable ? await domainNow(context, id) : null;
        return { id, domain: now, position: context.position(position), isReadable };
      },
      () => (on === null ? Promise.resolve(null) : domainNow(context, on)),
    );
  }
}

/** Past the loaders, which may remember it as it was. */
async function domainNow(context: CatalogContext, id: NodeId): Promise<Domain | null> {
  const time = context.readTime({});
  const row = (await context.view.catalog.definitions([id], time)).get(id);
  return isDomainRow(row) ? toDomain(row, time) : null;
}
