import type { SuggestionAction } from '@headwater/application/governance/settle-suggestions';
import { SettleSuggestions } from '@headwater/application/governance/settle-suggestions';
import type { SuggestedTag as DomainSuggestedTag } from '@headwater/domain/classification/suggestions/suggest-tags';
import type { NodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toPageRequest } from '../arguments/page-args.js';
import {
  SettleTagSuggestionsInput,
  TagSuggestionArgs,
  TagSuggestionCountArgs,
  toSuggestionFilter,
  wantedSuggestions,
} from '../arguments/suggestion-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { pageInfo } from '../types/connection.js';
import { toTag } from '../types/facts.js';
import { Field, toField } from '../types/schema.js';
import {
  SettleTagSuggestionsResult,
  SuggestedTag,
  SuggestionDismissal,
  TagSuggestion,
  TagSuggestionConnection,
  TagSuggestionCount,
  toDismissal,
  toSettled,
  type SettledTagSuggestions,
  type TagSuggestionEdge,
  type TagSuggestionsRefusal,
} from '../types/tag-suggestions.js';
import { editedOrRefused } from './refusals.js';

const EDITS = { scope: 'catalog:edit' } as const;

/** Tags that rules suggest, and what people say of them. */
@Resolver(() => TagSuggestion)
export class TagSuggestionsResolver {
  constructor(
    private readonly settle: SettleSuggestions,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => TagSuggestionConnection, {
    description:
      'Tags that names and types suggest for fields and nobody has put there, dismissed, or said not to be there; the surest first. As of now.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async tagSuggestions(
    @Args() args: TagSuggestionArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagSuggestionConnection> {
    const request = toPageRequest(args);
    const page = await context.view.catalog.tagSuggestions(toSuggestionFilter(args.filter), request);
    const time = context.readTime({});
    const edges = await Promise.all(
      page.items.map(async ({ cursor, item }): Promise<TagSuggestionEdge[]> => {
        const [view, carried] = await Promise.all([
          context.loaders.fields.load(item.field),
          context.loaders.carriedTags.load(item.field, time),
        ]);
        if (view === undefined || (carried ?? []).some(({ tag }) => tag === item.tag)) return [];
        return [{ cursor, node: { ...toSuggested(item, context), field: toField(view) } }];
      }),
    );
    const cursors = edges.flat().map(({ cursor }) => cursor);
    const end = page.endCursor ?? page.items.at(-1)?.cursor;
    return { edges: edges.flat(), pageInfo: pageInfo(cursors, page.hasNextPage, request.after, end) };
  }

  @Query(() => [TagSuggestionCount], {
    description:
      'How many fields each tag is suggested for, the most frequent first: of what you may see. Fields that the tag comes to along lineage are counted, and not listed by `tagSuggestions`.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async tagSuggestionCounts(
    @Args() { filter }: TagSuggestionCountArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagSuggestionCount[]> {
    const counts = await context.view.catalog.tagSuggestionCounts(toSuggestionFilter(filter));
    return counts.map(({ tag, count }) => ({ tag: toTag(tag), count }));
  }

  @ResolveField(() => SuggestionDismissal, {
    nullable: true,
    description: 'Who said that it is not to be suggested; null where nobody did.',
  })
  async dismissal(
    @Parent() { field, tag }: TagSuggestion,
    @Context('catalog') context: CatalogContext,
  ): Promise<SuggestionDismissal | null> {
    const question = { kind: 'NOT_SUGGESTED', time: context.readTime({}) } as const;
    const facts = (await context.loaders.facts.load(field.id as NodeId, question)) ?? [];
    const fact = facts.find(({ value }) => value === tag.name);
    return fact === undefined ? null : toDismissal(fact, context);
  }

  @Mutation(() => SettleTagSuggestionsResult, {
    description: 'Puts suggested tags on their fields. Each is done or refused by itself.',
  })
  @Operation(EDITS)
  confirmTagSuggestions(
    @Args('input', { description: 'Which.' }) input: SettleTagSuggestionsInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<SettledTagSuggestions | TagSuggestionsRefusal> {
    return this.#do(context, 'CONFIRM', input);
  }

  @Mutation(() => SettleTagSuggestionsResult, {
    description:
      'Says that tags are not to be suggested for fields again. It says nothing of what comes along lineage, unlike `untagAsset`. Each is done or refused by itself.',
  })
  @Operation(EDITS)
  dismissTagSuggestions(
    @Args('input', { description: 'Which.' }) input: SettleTagSuggestionsInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<SettledTagSuggestions | TagSuggestionsRefusal> {
    return this.#do(context, 'DISMISS', input);
  }

  @Mutation(() => SettleTagSuggestionsResult, {
    description:
      'Takes dismissals back, so that rules may suggest these tags again. Each is done or refused by itself.',
  })
  @Operation(EDITS)
  restoreTagSuggestions(
    @Args('input', { description: 'Which.' }) input: SettleTagSuggestionsInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<SettledTagSuggestions | TagSuggestionsRefusal> {
    return this.#do(context, 'RESTORE', input);
  }

  #do(
    context: CatalogContext,
    action: SuggestionAction,
    input: SettleTagSuggestionsInput,
  ): Promise<SettledTagSuggestions | TagSuggestionsRefusal> {
    const { reason = null, idempotencyKey = null } = input;
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const wanted = wantedSuggestions(input);
        const request = { reason, idempotencyKey };
        return toSettled(await this.settle.execute(by, context.view.catalog, action, wanted, request), context);
      },
      () => Promise.resolve(null),
    );
  }
}

@Resolver(() => Field)
export class FieldSuggestionResolver {
  @ResolveField(() => [SuggestedTag], {
    nullable: true,
    description:
      'The tags that rules suggest for it, the surest first, without what it has, what came along its lineage, and what somebody dismissed or said not to be there; null where that cannot be told now.',
  })
  async suggestedTags(@Parent() field: Field, @Context('catalog') context: CatalogContext): Promise<SuggestedTag[]> {
    const { suggestedTags, facts, carriedTags } = context.loaders;
    const id = field.id as NodeId;
    if (field.deletedAt !== null) return [];
    const suggested = (await suggestedTags.load(id)) ?? [];
    if (suggested.length === 0) return [];
    const time = context.readTime({});
    const [carried, ...said] = await Promise.all([
      carriedTags.load(id, time),
      ...(['TAG', 'NOT_TAG', 'NOT_SUGGESTED'] as const).map((kind) => facts.load(id, { kind, time })),
    ]);
    const settled = new Set([
      ...(carried ?? []).map(({ tag }) => tag),
      ...said.flatMap((rows) => (rows ?? []).map(({ value }) => value)),
    ]);
    return suggested.filter(({ tag }) => !settled.has(tag)).map((one) => toSuggested(one, context));
  }
}

/** Rules of an organization's own tell what names there are: to whoever may see all of them. */
function toSuggested({ tag, rule, confidence }: DomainSuggestedTag, { principal, seesAll }: CatalogContext) {
  const isTold = principal === null || seesAll || !rule.startsWith('custom: ');
  return { tag: toTag(tag), rule: isTold ? rule : 'custom', confidence };
}
