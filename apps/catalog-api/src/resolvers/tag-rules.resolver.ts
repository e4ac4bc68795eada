import { lacking } from '@headwater/application/access/lacking';
import { EditTagRules } from '@headwater/application/governance/edit-tag-rules';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { editRequest } from '../arguments/domain-args.js';
import { SetTagRulesInput, wantedTagRules } from '../arguments/tag-rule-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import {
  SetTagRulesResult,
  TagRules,
  toTagRules,
  type EditedTagRules,
  type TagRulesRefusal,
} from '../types/tag-rules.js';
import { editedOrRefused } from './refusals.js';

/** How tags go along lineage. */
@Resolver()
export class TagRulesResolver {
  constructor(
    private readonly edit: EditTagRules,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => TagRules, {
    description: 'The rules how tags go along lineage. They name tags: for whoever may see the whole catalog.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async tagRules(@Args() given: TimeArgs, @Context('catalog') context: CatalogContext): Promise<TagRules> {
    const { principal, seesAll } = context;
    if (principal !== null && !seesAll)
      throw lacking(principal, 'Rules for tags are of the whole catalog, and you may see a part of it', {
        scope: 'catalog:read',
      });
    return rulesAt(context, given);
  }

  @Mutation(() => SetTagRulesResult, {
    description: 'Sets the rules how tags go along lineage: all of them, or none where one of them is wrong.',
  })
  @Operation({ scope: 'catalog:edit' })
  setTagRules(
    @Args('input', { description: 'The rules.' }) input: SetTagRulesInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedTagRules | TagRulesRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { position, isReadable } = await this.edit.execute(by, wantedTagRules(input), editRequest(input));
        const rules = isReadable ? await rulesAt(context, {}) : null;
        return { rules, position: context.position(position), isReadable };
      },
      () => rulesAt(context, {}),
    );
  }
}

async function rulesAt(context: CatalogContext, given: TimeArgs): Promise<TagRules> {
  const [row] = await context.view.catalog.definitionsOf('TAG_RULES', context.readTime(given));
  return toTagRules(row, context);
}
