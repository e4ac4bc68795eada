import type { NodeId } from '@headwater/domain/identifiers';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { VersionArgs } from '../arguments/term-args.js';
import { TimeArgs, type TimeInput } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { definitionVersions, descriptionVersions } from '../loaders/histories.js';
import { loadTerm } from '../loaders/terms.js';
import { Asset } from '../types/asset.js';
import { Domain } from '../types/domain.js';
import { Field } from '../types/schema.js';
import { GlossaryTerm, TermAssignment, toTermAssignment } from '../types/term.js';
import { DefinitionVersion, DescriptionVersion } from '../types/versions.js';

const TERMS = 'The terms of the glossary that it has, the latest first; `termAssignments` tells who put them there.';
const ASSIGNMENTS = 'The same, each with who put it there and since when.';
const DESCRIBED = 'What it was described as, by edits and by producers, the latest first.';

/** Terms and earlier descriptions of datasets and jobs. */
@Resolver(() => Asset)
export class AssetTermResolver {
  @ResolveField(() => [GlossaryTerm], { description: TERMS })
  async terms(
    @Parent() { row }: Asset,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<GlossaryTerm[]> {
    return (await assignments(context, row.id, time)).map(({ term }) => term);
  }

  @ResolveField(() => [TermAssignment], { description: ASSIGNMENTS })
  termAssignments(
    @Parent() { row }: Asset,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TermAssignment[]> {
    return assignments(context, row.id, time);
  }

  @ResolveField(() => [DescriptionVersion], { description: DESCRIBED })
  descriptionHistory(
    @Parent() { row }: Asset,
    @Args() { most, knownAt }: VersionArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DescriptionVersion[]> {
    return descriptionVersions(context, row.id, context.readTime({ knownAt: knownAt ?? null }).knownAt, most);
  }
}

/** The same of fields. */
@Resolver(() => Field)
export class FieldTermResolver {
  @ResolveField(() => [GlossaryTerm], { description: TERMS })
  async terms(
    @Parent() { id }: Field,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<GlossaryTerm[]> {
    return (await assignments(context, id as NodeId, time)).map(({ term }) => term);
  }

  @ResolveField(() => [TermAssignment], { description: ASSIGNMENTS })
  termAssignments(
    @Parent() { id }: Field,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TermAssignment[]> {
    return assignments(context, id as NodeId, time);
  }

  @ResolveField(() => [DescriptionVersion], { description: `${DESCRIBED} Those of schemas are in the schemas.` })
  descriptionHistory(
    @Parent() { id }: Field,
    @Args() { most, knownAt }: VersionArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DescriptionVersion[]> {
    return descriptionVersions(context, id as NodeId, context.readTime({ knownAt: knownAt ?? null }).knownAt, most);
  }
}

@Resolver(() => Domain)
export class DomainHistoryResolver {
  @ResolveField(() => [DefinitionVersion], { description: 'What it was, the latest first.' })
  history(
    @Parent() { row }: Domain,
    @Args() { most, knownAt }: VersionArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DefinitionVersion[]> {
    return definitionVersions(context, row.id, context.readTime({ knownAt: knownAt ?? null }).knownAt, most);
  }
}

/** Each term once, though several names of one asset may have it. */
async function assignments(context: CatalogContext, node: NodeId, given: TimeInput): Promise<TermAssignment[]> {
  const time = context.readTime(given);
  const facts = (await context.loaders.facts.load(node, { kind: 'TERM', time })) ?? [];
  const first = facts.filter(({ value }, index) => facts.findIndex((other) => other.value === value) === index);
  const found = await Promise.all(
    first.map(async (fact) => ({ fact, term: await loadTerm(context, fact.value as NodeId, time) })),
  );
  return found.flatMap(({ fact, term }) => (term === null ? [] : [toTermAssignment(fact, term, context)]));
}
