import { roleNamed } from '@headwater/domain/governance/owner-roles';
import { EditAsset, type WantedEdit } from '@headwater/application/governance/edit-asset';
import { LATEST } from '@headwater/domain/reading/read-time';
import { HeadwaterError } from '@headwater/domain/errors';
import { datasetOf, kindOf, respellNodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { writeValues } from '@headwater/domain/governance/property-values';
import { SetPropertyInput, UnsetPropertyInput } from '../arguments/custom-property-args.js';
import { AssignDomainInput } from '../arguments/domain-args.js';
import {
  AssignOwnerInput,
  DeleteAssetInput,
  DescribeAssetInput,
  RemoveOwnerInput,
  RestoreAssetInput,
  TagAssetInput,
  UntagAssetInput,
  wantedEdit,
} from '../arguments/edit-args.js';
import { LogicalMemberInput } from '../arguments/logical-dataset-args.js';
import { OutputPortInput } from '../arguments/data-product-args.js';
import { AssignTermInput } from '../arguments/term-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { toAsset, type Asset } from '../types/asset.js';
import { EditAssetResult, type EditedAsset, type EditRefusal } from '../types/edit-results.js';
import { editedOrRefused } from './refusals.js';
import { idOf } from '../arguments/ids.js';

const EDITS = { scope: 'catalog:edit' } as const;

/** What people enter about assets and fields: each an event of the log. */
@Resolver()
export class EditMutationResolver {
  constructor(
    private readonly edit: EditAsset,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Mutation(() => EditAssetResult, { description: 'Says who answers for a dataset or a job.' })
  @Operation(EDITS)
  assignOwner(
    @Args('input', { description: 'Who, and for what.' }) input: AssignOwnerInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    const { agent, role } = input;
    return this.#do(
      context,
      wantedEdit(input, { action: 'STATE', kind: 'OWNER', value: idOf(agent), detail: roleNamed(role) }),
    );
  }

  @Mutation(() => EditAssetResult, {
    description:
      'Says who does not answer for a dataset or a job, whatever producers say, until somebody assigns them again.',
  })
  @Operation(EDITS)
  removeOwner(
    @Args('input', { description: 'Who, and for what.' }) input: RemoveOwnerInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    const { agent, role = null } = input;
    const change = {
      action: 'WITHDRAW',
      kind: 'OWNER',
      value: idOf(agent),
      detail: role === null ? null : roleNamed(role),
    } as const;
    return this.#do(context, wantedEdit(input, change));
  }

  @Mutation(() => EditAssetResult, { description: 'Puts a tag on a dataset, a job or a field.' })
  @Operation(EDITS)
  tagAsset(
    @Args('input', { description: 'The tag, and what is tagged.' }) input: TagAssetInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(
      context,
      wantedEdit(input, { action: 'STATE', kind: 'TAG', value: input.tag.trim(), detail: null }),
    );
  }

  @Mutation(() => EditAssetResult, {
    description:
      'Takes a tag off, whatever producers say, until somebody puts it on again; of a bare key every tag of that key that is there.',
  })
  @Operation(EDITS)
  untagAsset(
    @Args('input', { description: 'The tag, and what has it.' }) input: UntagAssetInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(
      context,
      wantedEdit(input, { action: 'WITHDRAW', kind: 'TAG', value: input.tag.trim(), detail: null }),
    );
  }

  @Mutation(() => EditAssetResult, {
    description: 'Says what a dataset, a job or a field is; this outranks what producers say.',
  })
  @Operation(EDITS)
  describeAsset(
    @Args('input', { description: 'The description, and of what.' }) input: DescribeAssetInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    const { text = null } = input;
    const change =
      text === null
        ? ({ action: 'WITHDRAW', kind: 'DESCRIPTION', value: '', detail: null } as const)
        : ({ action: 'STATE', kind: 'DESCRIPTION', value: text, detail: 'text/markdown' } as const);
    return this.#do(context, wantedEdit(input, change));
  }

  @Mutation(() => EditAssetResult, {
    description: 'Puts a dataset or a job into a domain, or takes it out of its own.',
  })
  @Operation(EDITS)
  assignDomain(
    @Args('input', { description: 'What, and into which.' }) input: AssignDomainInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    const { domain = null } = input;
    const change =
      domain === null
        ? ({ action: 'WITHDRAW', kind: 'DOMAIN', value: '', detail: null } as const)
        : ({ action: 'STATE', kind: 'DOMAIN', value: idOf(domain), detail: null } as const);
    return this.#do(context, wantedEdit(input, change));
  }

  @Mutation(() => EditAssetResult, { description: 'Says that a dataset, a job or a field has a term of the glossary.' })
  @Operation(EDITS)
  assignTerm(
    @Args('input', { description: 'The term, and what has it.' }) input: AssignTermInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(
      context,
      wantedEdit(input, { action: 'STATE', kind: 'TERM', value: idOf(input.term), detail: null }),
    );
  }

  @Mutation(() => EditAssetResult, { description: 'Takes a term off a dataset, a job or a field.' })
  @Operation(EDITS)
  unassignTerm(
    @Args('input', { description: 'The term, and what has it no more.' }) input: AssignTermInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(
      context,
      wantedEdit(input, { action: 'WITHDRAW', kind: 'TERM', value: idOf(input.term), detail: null }),
    );
  }

  @Mutation(() => EditAssetResult, { description: 'Makes a dataset an output port of a data product.' })
  @Operation(EDITS)
  addOutputPort(
    @Args('input', { description: 'The data product, and the dataset that it offers.' }) input: OutputPortInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(
      context,
      wantedEdit(input, { action: 'STATE', kind: 'PRODUCT', value: idOf(input.product), detail: null }),
    );
  }

  @Mutation(() => EditAssetResult, { description: 'Says that a dataset is no output port of a data product any more.' })
  @Operation(EDITS)
  removeOutputPort(
    @Args('input', { description: 'The data product, and the dataset that it offers no more.' }) input: OutputPortInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(
      context,
      wantedEdit(input, { action: 'WITHDRAW', kind: 'PRODUCT', value: idOf(input.product), detail: null }),
    );
  }

  @Mutation(() => EditAssetResult, { description: 'Gives a dataset or a job values of a property.' })
  @Operation(EDITS)
  setProperty(
    @Args('input', { description: 'What, the property and its values.' }) input: SetPropertyInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    const detail = writeValues(input.values);
    return this.#do(
      context,
      wantedEdit(input, { action: 'STATE', kind: 'PROPERTY', value: idOf(input.property), detail }),
    );
  }

  @Mutation(() => EditAssetResult, { description: 'Takes the values of a property off a dataset or a job.' })
  @Operation(EDITS)
  unsetProperty(
    @Args('input', { description: 'What, and the property.' }) input: UnsetPropertyInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(
      context,
      wantedEdit(input, { action: 'WITHDRAW', kind: 'PROPERTY', value: idOf(input.property), detail: null }),
    );
  }

  @Mutation(() => EditAssetResult, {
    description:
      'Puts a dataset into a logical dataset, whatever rules say. It is in one at most: it is taken out first.',
  })
  @Operation(EDITS)
  addToLogicalDataset(
    @Args('input', { description: 'The logical dataset, and the dataset.' }) input: LogicalMemberInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(
      context,
      wantedEdit(input, { action: 'STATE', kind: 'LOGICAL', value: idOf(input.logicalDataset), detail: null }),
    );
  }

  @Mutation(() => EditAssetResult, {
    description: 'Takes a dataset out of a logical dataset, and keeps it out whatever rules say. The reason is told.',
  })
  @Operation(EDITS)
  removeFromLogicalDataset(
    @Args('input', { description: 'The logical dataset, and the dataset.' }) input: LogicalMemberInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(
      context,
      wantedEdit(input, { action: 'WITHDRAW', kind: 'LOGICAL', value: idOf(input.logicalDataset), detail: null }),
    );
  }

  @Mutation(() => EditAssetResult, {
    description:
      'Deletes a dataset or a job under all of its names, whatever events say later, until it is restored. It stays readable, with all that was.',
  })
  @Operation(EDITS)
  deleteAsset(
    @Args('input', { description: 'What, and why.' }) input: DeleteAssetInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(context, wantedEdit(input, { action: 'STATE', kind: 'DELETION', value: '', detail: null }));
  }

  @Mutation(() => EditAssetResult, {
    description: 'Restores what an edit deleted: what events say of it holds again from now on.',
  })
  @Operation(EDITS)
  restoreAsset(
    @Args('input', { description: 'What, and why.' }) input: RestoreAssetInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(context, wantedEdit(input, { action: 'WITHDRAW', kind: 'DELETION', value: '', detail: null }));
  }

  #do(context: CatalogContext, wanted: WantedEdit): Promise<EditedAsset | EditRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { asset, position, isReadable, removedTags } = await this.edit.execute(by, context.view.catalog, wanted);
        const edited = await assetNow(context, asset);
        if (edited === null) throw new HeadwaterError('INTERNAL', 'the catalog lacks an asset that was just edited');
        return { asset: edited, position: context.position(position), isReadable, removedTags };
      },
      () => assetNow(context, wanted.on),
    );
  }
}

/** Past the loaders, which may remember it as it was. */
export async function assetNow({ view }: CatalogContext, on: string): Promise<Asset | null> {
  const id = respellNodeId(on);
  if (id === undefined) return null;
  const asset = kindOf(id) === 'FIELD' ? datasetOf(id) : id;
  const row = (await view.catalog.assets([asset], LATEST)).get(asset);
  return row === undefined ? null : toAsset(row);
}
