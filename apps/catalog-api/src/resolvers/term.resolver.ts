import { upwards, type TermRow } from '@headwater/domain/governance/definition';
import { pageOfTerms, termsLike } from '@headwater/domain/governance/glossary';
import { respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toPageRequest } from '../arguments/page-args.js';
import { idOf } from '../arguments/ids.js';
import { TermListArgs, VersionArgs } from '../arguments/term-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { definitionVersions } from '../loaders/histories.js';
import { loadTerm, termsAt } from '../loaders/terms.js';
import { Operation } from '../operation.guard.js';
import { toConnection, type Connection } from '../types/connection.js';
import { TermConnection } from '../types/connections.js';
import { GlossaryTerm, toTerm } from '../types/term.js';
import { DefinitionVersion } from '../types/versions.js';

const READS = { scope: 'catalog:read', reads: ['CATALOG'] } as const;

@Resolver()
export class TermQueryResolver {
  @Query(() => GlossaryTerm, { nullable: true, description: 'A term of the glossary; null where there is none.' })
  @Operation(READS)
  async term(
    @Args('id', { type: () => ID, description: 'Its id: `term:<key>`.' }) given: string,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<GlossaryTerm | null> {
    const id = respellNodeId(given);
    return id === undefined ? null : loadTerm(context, id, context.readTime(time));
  }

  @Query(() => TermConnection, {
    description: 'Terms of the glossary by name; `parent` and `parts` tell the hierarchy.',
  })
  @Operation(READS)
  async terms(
    @Args() args: TermListArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<GlossaryTerm>> {
    const time = context.readTime(args);
    const page = toPageRequest(args, 100);
    const { text, parent, statuses } = args;
    const found = termsLike(await termsAt(context, time), {
      text: text ?? '',
      parent: parent === undefined || parent === null ? null : idOf(parent),
      statuses: statuses ?? [],
    });
    return toConnection(pageOfTerms(found, page), page.after, (row) => toTerm(row, time));
  }
}

@Resolver(() => GlossaryTerm)
export class TermResolver {
  @ResolveField(() => String, {
    description: 'The position of its latest edit: what an edit gives as `expectedVersion`.',
  })
  editVersion(@Parent() { row }: GlossaryTerm, @Context('catalog') context: CatalogContext): string {
    return context.position(row.position);
  }

  @ResolveField(() => GlossaryTerm, { nullable: true, description: 'The wider term that it is a kind or a part of.' })
  async parent(
    @Parent() { row, time }: GlossaryTerm,
    @Context('catalog') context: CatalogContext,
  ): Promise<GlossaryTerm | null> {
    return row.body.parent === null ? null : loadTerm(context, row.body.parent, time);
  }

  @ResolveField(() => [GlossaryTerm], { description: 'All wider terms, the widest first; itself left out.' })
  async above(
    @Parent() { row, time }: GlossaryTerm,
    @Context('catalog') context: CatalogContext,
  ): Promise<GlossaryTerm[]> {
    const all = new Map((await termsAt(context, time)).map((one) => [one.id, one]));
    const line = upwards(row.id, (id) => all.get(id)?.body.parent).slice(1);
    return line
      .flatMap((id) => all.get(id) ?? [])
      .map((one) => toTerm(one, time))
      .reverse();
  }

  @ResolveField(() => [GlossaryTerm], { description: 'The narrower terms, one level down, by id.' })
  async parts(@Parent() of: GlossaryTerm, @Context('catalog') context: CatalogContext): Promise<GlossaryTerm[]> {
    return around(of, context, ({ body }) => body.parent === of.row.id);
  }

  @ResolveField(() => [GlossaryTerm], {
    description: 'Terms that it has to do with, whichever of both it was entered on, by id.',
  })
  async related(@Parent() of: GlossaryTerm, @Context('catalog') context: CatalogContext): Promise<GlossaryTerm[]> {
    const named: ReadonlySet<NodeId> = new Set(of.row.body.related);
    return around(of, context, ({ id, body }) => named.has(id) || body.related.includes(of.row.id));
  }

  @ResolveField(() => GlossaryTerm, { nullable: true, description: 'Of a DEPRECATED term the one to use instead.' })
  async successor(
    @Parent() { row, time }: GlossaryTerm,
    @Context('catalog') context: CatalogContext,
  ): Promise<GlossaryTerm | null> {
    return row.body.successor === null ? null : loadTerm(context, row.body.successor, time);
  }

  @ResolveField(() => [DefinitionVersion], { description: 'What it was, the latest first.' })
  async history(
    @Parent() { row }: GlossaryTerm,
    @Args() { most, knownAt }: VersionArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DefinitionVersion[]> {
    return definitionVersions(context, row.id, context.readTime({ knownAt: knownAt ?? null }).knownAt, most);
  }
}

async function around(
  { time }: GlossaryTerm,
  context: CatalogContext,
  isMeant: (row: TermRow) => boolean,
): Promise<GlossaryTerm[]> {
  return (await termsAt(context, time)).filter(isMeant).map((row) => toTerm(row, time));
}
