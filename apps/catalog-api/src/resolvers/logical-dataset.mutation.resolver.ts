import { EditLogicalDataset } from '@headwater/application/governance/edit-logical-dataset';
import type { MadeNamedEdit } from '@headwater/application/governance/edit-named';
import type { Principal } from '@headwater/domain/access/principal';
import { isLogicalDatasetRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { editRequest } from '../arguments/domain-args.js';
import { idOf } from '../arguments/ids.js';
import {
  ChangeLogicalDatasetInput,
  changedLogical,
  CreateLogicalDatasetInput,
  createdLogical,
  RemoveLogicalDatasetInput,
} from '../arguments/logical-dataset-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import {
  EditLogicalDatasetResult,
  toLogicalDataset,
  type EditedLogicalDataset,
  type LogicalDataset,
  type LogicalDatasetRefusal,
} from '../types/logical-dataset.js';
import { editedOrRefused } from './refusals.js';

const EDITS = { scope: 'catalog:edit' } as const;

/** Logical datasets as people define them: each edit an event of the log. */
@Resolver()
export class LogicalDatasetMutationResolver {
  constructor(
    private readonly edit: EditLogicalDataset,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Mutation(() => EditLogicalDatasetResult, {
    description: 'Makes a logical dataset; rules or `addToLogicalDataset` give it datasets.',
  })
  @Operation(EDITS)
  createLogicalDataset(
    @Args('input', { description: 'What it is.' }) input: CreateLogicalDatasetInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedLogicalDataset | LogicalDatasetRefusal> {
    return this.#do(context, null, (by) =>
      this.edit.create(by, input.key ?? null, createdLogical(input), editRequest(input)),
    );
  }

  @Mutation(() => EditLogicalDatasetResult, {
    description: 'Changes what a logical dataset is called, what it is, or which domain it is in.',
  })
  @Operation(EDITS)
  changeLogicalDataset(
    @Args('input', { description: 'Which, and what becomes other.' }) input: ChangeLogicalDatasetInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedLogicalDataset | LogicalDatasetRefusal> {
    const on = idOf(input.logicalDataset);
    return this.#do(context, on, (by) => this.edit.change(by, on, changedLogical(input), editRequest(input)));
  }

  @Mutation(() => EditLogicalDatasetResult, {
    description: 'Takes a logical dataset away that no edit has put a dataset into; what it was stays known.',
  })
  @Operation(EDITS)
  removeLogicalDataset(
    @Args('input', { description: 'Which.' }) input: RemoveLogicalDatasetInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedLogicalDataset | LogicalDatasetRefusal> {
    const on = idOf(input.logicalDataset);
    return this.#do(context, on, (by) => this.edit.remove(by, on, editRequest(input)));
  }

  #do(
    context: CatalogContext,
    on: NodeId | null,
    edit: (by: Principal) => Promise<MadeNamedEdit>,
  ): Promise<EditedLogicalDataset | LogicalDatasetRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { id, position, isReadable } = await edit(by);
        const logicalDataset = isReadable ? await logicalNow(context, id) : null;
        return { id, logicalDataset, position: context.position(position), isReadable };
      },
      () => (on === null ? Promise.resolve(null) : logicalNow(context, on)),
    );
  }
}

/** Past the loaders, which may remember it as it was. */
async function logicalNow(context: CatalogContext, id: NodeId): Promise<LogicalDataset | null> {
  const time = context.readTime({});
  const row = (await context.view.catalog.definitions([id], time)).get(id);
  return isLogicalDatasetRow(row) ? toLogicalDataset(row, time) : null;
}
