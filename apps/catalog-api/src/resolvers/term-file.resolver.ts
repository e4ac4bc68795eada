import { ImportTerms } from '@headwater/application/governance/import-terms';
import { termFile } from '@headwater/application/governance/term-file';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ImportTermsInput } from '../arguments/term-import-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { termsAt } from '../loaders/terms.js';
import { Operation } from '../operation.guard.js';
import {
  ImportTermsResult,
  toImportedTerms,
  type ImportedTerms,
  type TermImportRefusal,
} from '../types/term-import.js';
import { editedOrRefused } from './refusals.js';

/** The glossary as a file. */
@Resolver()
export class TermFileResolver {
  constructor(
    private readonly use: ImportTerms,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => String, { description: 'The whole glossary as CSV, which `importTerms` takes back.' })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async exportTerms(@Args() time: TimeArgs, @Context('catalog') context: CatalogContext): Promise<string> {
    return termFile(await termsAt(context, context.readTime(time)));
  }

  @Mutation(() => ImportTermsResult, { description: 'Makes and changes terms as a CSV file says, in one edit.' })
  @Operation({ scope: 'catalog:edit' })
  importTerms(
    @Args('input', { description: 'The file, and how it is taken.' }) input: ImportTermsInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<ImportedTerms | TermImportRefusal> {
    const { csv, mode, isPreview, reason = null, idempotencyKey = null } = input;
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const wanted = { csv, mode, isPreview, reason, idempotencyKey };
        return toImportedTerms(await this.use.execute(by, context.view.catalog, wanted), isPreview, context);
      },
      () => Promise.resolve(null),
    );
  }
}
