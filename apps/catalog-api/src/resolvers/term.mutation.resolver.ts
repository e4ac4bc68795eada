import type { MadeNamedEdit } from '@headwater/application/governance/edit-named';
import { EditTerm } from '@headwater/application/governance/edit-term';
import type { Principal } from '@headwater/domain/access/principal';
import { isTermRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { editRequest } from '../arguments/domain-args.js';
import { idOf } from '../arguments/ids.js';
import { changedTerm, ChangeTermInput, createdTerm, CreateTermInput, RemoveTermInput } from '../arguments/term-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { EditTermResult, type EditedTerm, type TermRefusal } from '../types/term-results.js';
import { toTerm, type GlossaryTerm } from '../types/term.js';
import { editedOrRefused } from './refusals.js';

const EDITS = { scope: 'catalog:edit' } as const;

/** Terms of the glossary as people define them: each edit an event of the log. */
@Resolver()
export class TermMutationResolver {
  constructor(
    private readonly edit: EditTerm,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Mutation(() => EditTermResult, { description: 'Makes a term of the glossary.' })
  @Operation(EDITS)
  createTerm(
    @Args('input', { description: 'What it is.' }) input: CreateTermInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedTerm | TermRefusal> {
    return this.#do(context, null, (by) =>
      this.edit.create(by, input.key ?? null, createdTerm(input), editRequest(input)),
    );
  }

  @Mutation(() => EditTermResult, { description: 'Changes what a term is called, means, or has to do with.' })
  @Operation(EDITS)
  changeTerm(
    @Args('input', { description: 'Which, and what becomes other.' }) input: ChangeTermInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedTerm | TermRefusal> {
    const term = idOf(input.term);
    return this.#do(context, term, (by) => this.edit.change(by, term, changedTerm(input), editRequest(input)));
  }

  @Mutation(() => EditTermResult, {
    description: 'Takes a term away that nothing has and no other term names; what had it, and when, stays known.',
  })
  @Operation(EDITS)
  removeTerm(
    @Args('input', { description: 'Which.' }) input: RemoveTermInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedTerm | TermRefusal> {
    const term = idOf(input.term);
    return this.#do(context, term, (by) => this.edit.remove(by, term, editRequest(input)));
  }

  #do(
    context: CatalogContext,
    on: NodeId | null,
    edit: (by: Principal) => Promise<MadeNamedEdit>,
  ): Promise<EditedTerm | TermRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { id, position, isReadable } = await edit(by);
        const term = isReadable ? await termNow(context, id) : null;
        return { id, term, position: context.position(position), isReadable };
      },
      () => (on === null ? Promise.resolve(null) : termNow(context, on)),
    );
  }
}

/** Past the loaders, which may remember it as it was. */
async function termNow(context: CatalogContext, id: NodeId): Promise<GlossaryTerm | null> {
  const time = context.readTime({});
  const row = (await context.view.catalog.definitions([id], time)).get(id);
  return isTermRow(row) ? toTerm(row, time) : null;
}
