import { EditDataProduct } from '@headwater/application/governance/edit-data-product';
import type { MadeNamedEdit } from '@headwater/application/governance/edit-named';
import type { Principal } from '@headwater/domain/access/principal';
import { isDataProductRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import {
  ChangeDataProductInput,
  changedProduct,
  CreateDataProductInput,
  createdProduct,
  RemoveDataProductInput,
} from '../arguments/data-product-args.js';
import { idOf } from '../arguments/ids.js';
import { editRequest } from '../arguments/domain-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import {
  EditDataProductResult,
  toDataProduct,
  type DataProduct,
  type DataProductRefusal,
  type EditedDataProduct,
} from '../types/data-product.js';
import { editedOrRefused } from './refusals.js';

const EDITS = { scope: 'catalog:edit' } as const;

/** Data products as people define them: each edit an event of the log. */
@Resolver()
export class DataProductMutationResolver {
  constructor(
    private readonly edit: EditDataProduct,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Mutation(() => EditDataProductResult, { description: 'Makes a data product; `addOutputPort` gives it datasets.' })
  @Operation(EDITS)
  createDataProduct(
    @Args('input', { description: 'What it is.' }) input: CreateDataProductInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedDataProduct | DataProductRefusal> {
    return this.#do(context, null, (by) =>
      this.edit.create(by, input.key ?? null, createdProduct(input), editRequest(input)),
    );
  }

  @Mutation(() => EditDataProductResult, {
    description: 'Changes what a data product is called, offers, where it is, how far, or who answers for it.',
  })
  @Operation(EDITS)
  changeDataProduct(
    @Args('input', { description: 'Which, and what becomes other.' }) input: ChangeDataProductInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedDataProduct | DataProductRefusal> {
    const product = idOf(input.product);
    return this.#do(context, product, (by) => this.edit.change(by, product, changedProduct(input), editRequest(input)));
  }

  @Mutation(() => EditDataProductResult, {
    description: 'Takes a data product away that has no output port; what it was stays known.',
  })
  @Operation(EDITS)
  removeDataProduct(
    @Args('input', { description: 'Which.' }) input: RemoveDataProductInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedDataProduct | DataProductRefusal> {
    const product = idOf(input.product);
    return this.#do(context, product, (by) => this.edit.remove(by, product, editRequest(input)));
  }

  #do(
    context: CatalogContext,
    on: NodeId | null,
    edit: (by: Principal) => Promise<MadeNamedEdit>,
  ): Promise<EditedDataProduct | DataProductRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { id, position, isReadable } = await edit(by);
        const product = isReadable ? await productNow(context, id) : null;
        return { id, product, position: context.position(position), isReadable };
      },
      () => (on === null ? Promise.resolve(null) : productNow(context, on)),
    );
  }
}

/** Past the loaders, which may remember it as it was. */
async function productNow(context: CatalogContext, id: NodeId): Promise<DataProduct | null> {
  const time = context.readTime({});
  const row = (await context.view.catalog.definitions([id], time)).get(id);
  return isDataProductRow(row) ? toDataProduct(row, time) : null;
}
