import type { KnownChanges } from '@headwater/application/changes/read-event-changes';
import { HeadwaterError } from '@headwater/domain/errors';
import type { StoredEvent } from '@headwater/domain/events';
import type { NodeId } from '@headwater/domain/identifiers';
import { editOutline } from '@headwater/domain/governance/edit-outline';
import { eventOutline } from '@headwater/domain/openlineage/event-outline';
import { FindingList } from '@headwater/domain/openlineage/findings';
import { parseJson } from '@headwater/domain/openlineage/json-text';
import { checkFirst, MAX_PAGE } from '@headwater/domain/page';
import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { loadNode } from '../loaders/load-node.js';
import { EventChanges, toEventChanges } from '../types/event-changes.js';
import { Event, EventSummary, Finding, toEditSummary, toEvent, toEventSummary, toFinding } from '../types/event.js';
import { Node } from '../types/node.js';
import { Json } from '../types/scalars.js';

@Resolver(() => Event)
export class EventResolver {
  @ResolveField(() => String, { description: 'Its bytes as they were received, read as UTF-8.' })
  async raw(@Parent() event: Event, @Context('catalog') context: CatalogContext): Promise<string> {
    return new TextDecoder().decode((await stored(event, context)).bytes);
  }

  @ResolveField(() => Json, {
    nullable: true,
    description: 'The same parsed; numbers beyond 2^53 lose digits here and not in `raw`. Null where it is no JSON.',
  })
  async body(@Parent() event: Event, @Context('catalog') context: CatalogContext): Promise<unknown> {
    return documentOf(await stored(event, context));
  }

  @ResolveField(() => EventSummary, {
    nullable: true,
    description: 'Who sent it and what it is about, read from it: lists need no `body`. Null for an edit of settings.',
  })
  async summary(@Parent() event: Event, @Context('catalog') context: CatalogContext): Promise<EventSummary | null> {
    const found = await stored(event, context);
    if (event.kind !== 'EDIT') return toEventSummary(eventOutline(documentOf(found)));
    const outline = editOutline(found.bytes);
    return outline === undefined ? null : toEditSummary(outline);
  }

  @ResolveField(() => Boolean, {
    description: 'Whether the catalog has taken it in. If so and `changes` is null, what it changed is no longer kept.',
  })
  async projected(@Parent() event: Event, @Context('catalog') context: CatalogContext): Promise<boolean> {
    return (await changes(event, context)) !== 'PENDING';
  }

  @ResolveField(() => EventChanges, {
    nullable: true,
    description:
      'What it changed in the catalog; without nodes and edges where it repeated what was known. Null until it is `projected`, and once that is no longer kept.',
  })
  async changes(@Parent() event: Event, @Context('catalog') context: CatalogContext): Promise<EventChanges | null> {
    const known = await changes(event, context);
    return typeof known === 'string' ? null : toEventChanges(known);
  }

  @ResolveField(() => [Finding], { description: 'What in it could not be taken at its word.' })
  async findings(@Parent() event: Event, @Context('catalog') context: CatalogContext): Promise<Finding[]> {
    return ((await context.loaders.findingsOfEvents.load(event.number)) ?? []).map(toFinding);
  }
}

async function changes(event: Event, context: CatalogContext): Promise<KnownChanges> {
  // Every event that is shown may be seen, and the feed answers for every position.
  return (await context.loaders.changesOfEvents.load(event.number)) ?? 'REMOVED';
}

function documentOf({ bytes }: StoredEvent): unknown {
  const parsed = parseJson(bytes, new FindingList());
  return parsed.ok ? parsed.value : null;
}

async function stored(event: Event, context: CatalogContext): Promise<StoredEvent> {
  const found = await context.loaders.storedEvents.load(event.number);
  if (found !== undefined) return found;
  throw new HeadwaterError('INTERNAL', `the log lacks position ${event.number}`);
}

@Resolver(() => EventChanges)
export class EventChangesResolver {
  @ResolveField(() => [Node], {
    description:
      'The nodes that it touched and that are still there: jobs first, then runs, datasets, versions, fields.',
  })
  async nodes(
    @Parent() { nodeIds }: EventChanges,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 100, description: 'How many at most: 1 to 100.' })
    first: number | null,
    @Context('catalog') context: CatalogContext,
  ): Promise<Node[]> {
    const ids = nodeIds.slice(0, checkFirst(first ?? MAX_PAGE));
    const nodes = await Promise.all(ids.map((id) => loadNode(context, id)));
    return nodes.filter((node) => node !== null);
  }
}

@Resolver(() => Finding)
export class FindingResolver {
  @ResolveField(() => Event, { description: 'The event that it is about.' })
  async event(@Parent() finding: Finding, @Context('catalog') context: CatalogContext): Promise<Event> {
    const { position } = finding.row;
    const view = await context.loaders.events.load(position);
    if (view !== undefined) return toEvent(context.position(position), view);
    throw new HeadwaterError('INTERNAL', `the log lacks position ${position}`);
  }

  @ResolveField(() => Node, { nullable: true, description: 'The node that it is about; null where there is none.' })
  async node(@Parent() finding: Finding, @Context('catalog') context: CatalogContext): Promise<Node | null> {
    const { nodeKey } = finding.row;
    const id: NodeId | undefined = nodeKey === null ? undefined : await context.loaders.idsOfKeys.load(nodeKey);
    return id === undefined ? null : loadNode(context, id);
  }
}
