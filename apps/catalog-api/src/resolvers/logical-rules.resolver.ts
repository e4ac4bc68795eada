import { lacking } from '@headwater/application/access/lacking';
import { EditLogicalRules } from '@headwater/application/governance/edit-logical-rules';
import { previewLogicalRules } from '@headwater/application/governance/preview-logical-rules';
import type { NodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { editRequest } from '../arguments/domain-args.js';
import { LogicalRuleInput, SetLogicalRulesInput, wantedLogicalRules } from '../arguments/logical-dataset-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { toDataset, type Dataset } from '../types/asset.js';
import {
  LogicalRules,
  LogicalRulesPreview,
  SetLogicalRulesResult,
  toLogicalRules,
  type EditedLogicalRules,
  type LogicalRulesRefusal,
} from '../types/logical-rules.js';
import { editedOrRefused } from './refusals.js';

/** Datasets of each kind that a preview names. */
const NAMED = 20;
const READS = { scope: 'catalog:read', reads: ['CATALOG'] } as const;

/** The rules that group datasets into logical ones. */
@Resolver()
export class LogicalRulesResolver {
  constructor(
    private readonly edit: EditLogicalRules,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => LogicalRules, {
    description:
      'The rules that group datasets into logical ones. They name namespaces: for whoever may see the whole catalog.',
  })
  @Operation(READS)
  async logicalRules(@Args() given: TimeArgs, @Context('catalog') context: CatalogContext): Promise<LogicalRules> {
    requireAll(context);
    return rulesAt(context, given);
  }

  @Query(() => [LogicalRulesPreview], {
    description:
      'What rules would make of each logical dataset if they took the place of those that hold. Nothing is changed. For whoever may see the whole catalog.',
  })
  @Operation(READS)
  async previewLogicalRules(
    @Args('rules', { type: () => [LogicalRuleInput], description: 'As `setLogicalRules` takes them.' })
    rules: LogicalRuleInput[],
    @Context('catalog') context: CatalogContext,
  ): Promise<LogicalRulesPreview[]> {
    requireAll(context);
    const found = await previewLogicalRules(context.view.catalog, wantedLogicalRules(rules), context.readTime({}));
    return Promise.all(
      found.map(async ({ logical, isDefined, members, joining, leaving }) => {
        const counts = { memberCount: members.length, joiningCount: joining.length, leavingCount: leaving.length };
        const [named, left] = await Promise.all([
          datasetsOf(context, isDefined ? joining : members),
          datasetsOf(context, leaving),
        ]);
        return { logicalDataset: logical, isDefined, ...counts, joining: named, leaving: left };
      }),
    );
  }

  @Mutation(() => SetLogicalRulesResult, {
    description:
      'Sets the rules that group datasets into logical ones: all of them, or none where one of them is wrong.',
  })
  @Operation({ scope: 'catalog:edit' })
  setLogicalRules(
    @Args('input', { description: 'The rules.' }) input: SetLogicalRulesInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedLogicalRules | LogicalRulesRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { position, isReadable } = await this.edit.execute(
          by,
          wantedLogicalRules(input.rules),
          editRequest(input),
        );
        const rules = isReadable ? await rulesAt(context, {}) : null;
        return { rules, position: context.position(position), isReadable };
      },
      () => rulesAt(context, {}),
    );
  }
}

function requireAll({ principal, seesAll }: CatalogContext): void {
  if (principal !== null && !seesAll)
    throw lacking(principal, 'Rules for logical datasets are of the whole catalog, and you may see a part of it', {
      scope: 'catalog:read',
    });
}

async function rulesAt(context: CatalogContext, given: TimeArgs): Promise<LogicalRules> {
  const [row] = await context.view.catalog.definitionsOf('LOGICAL_RULES', context.readTime(given));
  return toLogicalRules(row, context);
}

async function datasetsOf({ loaders }: CatalogContext, ids: readonly NodeId[]): Promise<Dataset[]> {
  const rows = await loaders.assets.loadMany(ids.slice(0, NAMED));
  return rows.flatMap((row) => {
    if (row instanceof Error) throw row;
    return row?.kind === 'DATASET' ? [toDataset(row)] : [];
  });
}
