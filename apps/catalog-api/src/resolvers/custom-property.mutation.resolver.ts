import { EditProperty } from '@headwater/application/governance/edit-property';
import type { MadeNamedEdit } from '@headwater/application/governance/edit-named';
import type { Principal } from '@headwater/domain/access/principal';
import { isPropertyRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import {
  ChangeCustomPropertyInput,
  changedProperty,
  CreateCustomPropertyInput,
  createdProperty,
  RemoveCustomPropertyInput,
} from '../arguments/custom-property-args.js';
import { idOf } from '../arguments/ids.js';
import { editRequest } from '../arguments/domain-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import {
  EditCustomPropertyResult,
  toCustomProperty,
  type CustomProperty,
  type CustomPropertyRefusal,
  type EditedCustomProperty,
} from '../types/custom-property.js';
import { editedOrRefused } from './refusals.js';

const EDITS = { scope: 'catalog:edit' } as const;

/** Custom properties as people declare them: each edit an event of the log. */
@Resolver()
export class CustomPropertyMutationResolver {
  constructor(
    private readonly edit: EditProperty,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Mutation(() => EditCustomPropertyResult, {
    description: 'Declares a property for assets; `setProperty` gives them values of it.',
  })
  @Operation(EDITS)
  createCustomProperty(
    @Args('input', { description: 'What it is.' }) input: CreateCustomPropertyInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedCustomProperty | CustomPropertyRefusal> {
    return this.#do(context, null, (by) =>
      this.edit.create(by, input.key ?? null, createdProperty(input), editRequest(input)),
    );
  }

  @Mutation(() => EditCustomPropertyResult, {
    description: 'Changes what a property is called, is about, what it goes on, or what its values are.',
  })
  @Operation(EDITS)
  changeCustomProperty(
    @Args('input', { description: 'Which, and what becomes other.' }) input: ChangeCustomPropertyInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedCustomProperty | CustomPropertyRefusal> {
    const property = idOf(input.property);
    return this.#do(context, property, (by) =>
      this.edit.change(by, property, changedProperty(input), editRequest(input)),
    );
  }

  @Mutation(() => EditCustomPropertyResult, {
    description: 'Takes a property away of which no asset has a value; what it was stays known.',
  })
  @Operation(EDITS)
  removeCustomProperty(
    @Args('input', { description: 'Which.' }) input: RemoveCustomPropertyInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedCustomProperty | CustomPropertyRefusal> {
    const property = idOf(input.property);
    return this.#do(context, property, (by) => this.edit.remove(by, property, editRequest(input)));
  }

  #do(
    context: CatalogContext,
    on: NodeId | null,
    edit: (by: Principal) => Promise<MadeNamedEdit>,
  ): Promise<EditedCustomProperty | CustomPropertyRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { id, position, isReadable } = await edit(by);
        const property = isReadable ? await propertyNow(context, id) : null;
        return { id, property, position: context.position(position), isReadable };
      },
      () => (on === null ? Promise.resolve(null) : propertyNow(context, on)),
    );
  }
}

/** Past the loaders, which may remember it as it was. */
async function propertyNow(context: CatalogContext, id: NodeId): Promise<CustomProperty | null> {
  const time = context.readTime({});
  const row = (await context.view.catalog.definitions([id], time)).get(id);
  return isPropertyRow(row) ? toCustomProperty(row) : null;
}
