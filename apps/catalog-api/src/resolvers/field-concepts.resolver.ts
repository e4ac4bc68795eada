import { lacking } from '@headwater/application/access/lacking';
import { EditFieldConcepts } from '@headwater/application/governance/edit-field-concepts';
import { isSettled } from '@headwater/domain/collection/field-concepts';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { editRequest } from '../arguments/domain-args.js';
import { SetFieldConceptsInput, wantedConcepts } from '../arguments/field-concept-args.js';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { pageInfo } from '../types/connection.js';
import { Operation } from '../operation.guard.js';
import {
  SetFieldConceptsResult,
  SynonymSuggestionConnection,
  FieldConcepts,
  toFieldConcepts,
  type EditedFieldConcepts,
  type FieldConceptsRefusal,
} from '../types/field-concepts.js';
import { editedOrRefused } from './refusals.js';

/** Which names of fields mean the same. */
@Resolver()
export class FieldConceptsResolver {
  constructor(
    private readonly edit: EditFieldConcepts,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => FieldConcepts, {
    description:
      'Which names of fields mean the same, as people said. It names fields: for whoever may see the whole catalog.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async fieldConcepts(@Args() given: TimeArgs, @Context('catalog') context: CatalogContext): Promise<FieldConcepts> {
    const { principal, seesAll } = context;
    if (principal !== null && !seesAll)
      throw lacking(principal, 'Concepts of fields are of the whole catalog, and you may see a part of it', {
        scope: 'catalog:read',
      });
    return conceptsAt(context, given);
  }

  @Query(() => SynonymSuggestionConnection, {
    description:
      'Names of fields that may mean the same, those of most fields first, without what people looked at already. As of now.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async synonymSuggestions(
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<SynonymSuggestionConnection> {
    const request = toPageRequest(args);
    const { catalog } = context.view;
    const [page, [held]] = await Promise.all([
      catalog.synonymCandidates(request),
      catalog.definitionsOf('FIELD_CONCEPTS', context.readTime({})),
    ]);
    const open = page.items.filter(
      ({ item }) =>
        !isSettled(
          item.names.map(({ name }) => name),
          held?.body.rules ?? [],
        ),
    );
    const cursors = open.map(({ cursor }) => cursor);
    return {
      edges: open.map(({ cursor, item }) => ({ cursor, node: { ...item, names: [...item.names] } })),
      pageInfo: pageInfo(cursors, page.hasNextPage, request.after, page.items.at(-1)?.cursor),
    };
  }

  @Mutation(() => SetFieldConceptsResult, {
    description:
      'Says which names of fields mean the same, or do not: all of it, or nothing where one concept is wrong. Search and keys of collection plans go by it.',
  })
  @Operation({ scope: 'catalog:edit' })
  setFieldConcepts(
    @Args('input', { description: 'The concepts.' }) input: SetFieldConceptsInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedFieldConcepts | FieldConceptsRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { position, isReadable } = await this.edit.execute(by, wantedConcepts(input), editRequest(input));
        const concepts = isReadable ? await conceptsAt(context, {}) : null;
        return { concepts, position: context.position(position), isReadable };
      },
      () => conceptsAt(context, {}),
    );
  }
}

async function conceptsAt(context: CatalogContext, given: TimeArgs): Promise<FieldConcepts> {
  const [row] = await context.view.catalog.definitionsOf('FIELD_CONCEPTS', context.readTime(given));
  return toFieldConcepts(row, context);
}
