import { lacking } from '@headwater/application/access/lacking';
import { EditSuggestionRules } from '@headwater/application/governance/edit-suggestion-rules';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { editRequest } from '../arguments/domain-args.js';
import { SetTagSuggestionRulesInput, wantedSuggestionRules } from '../arguments/suggestion-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { toTag } from '../types/facts.js';
import {
  SetTagSuggestionRulesResult,
  TagSuggestionRules,
  toSuggestionRules,
  type EditedSuggestionRules,
  type SuggestionRulesRefusal,
} from '../types/tag-suggestions.js';
import { editedOrRefused } from './refusals.js';

/** An organization's own rules that suggest tags. */
@Resolver()
export class SuggestionRulesResolver {
  constructor(
    private readonly edit: EditSuggestionRules,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => TagSuggestionRules, {
    description:
      'Your own rules that suggest tags by the names of fields. They name fields: for whoever may see the whole catalog.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async tagSuggestionRules(
    @Args() given: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagSuggestionRules> {
    const { principal, seesAll } = context;
    if (principal !== null && !seesAll)
      throw lacking(principal, 'Rules that suggest tags are of the whole catalog, and you may see a part of it', {
        scope: 'catalog:read',
      });
    return rulesAt(context, given);
  }

  @Mutation(() => SetTagSuggestionRulesResult, {
    description: 'Sets your own rules that suggest tags: all of them, or none where one of them is wrong.',
  })
  @Operation({ scope: 'catalog:edit' })
  setTagSuggestionRules(
    @Args('input', { description: 'The rules.' }) input: SetTagSuggestionRulesInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedSuggestionRules | SuggestionRulesRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { position, isReadable } = await this.edit.execute(by, wantedSuggestionRules(input), editRequest(input));
        const rules = isReadable ? await rulesAt(context, {}) : null;
        return { rules, position: context.position(position), isReadable };
      },
      () => rulesAt(context, {}),
    );
  }
}

async function rulesAt(context: CatalogContext, given: TimeArgs): Promise<TagSuggestionRules> {
  const [row] = await context.view.catalog.definitionsOf('SUGGESTION_RULES', context.readTime(given));
  return toSuggestionRules(row, toTag, context);
}
