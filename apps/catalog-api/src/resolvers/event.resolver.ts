import { HeadwaterError } from '@headwater/domain/errors';
import type { StoredEvent } from '@headwater/domain/events';
import type { NodeId } from '@headwater/domain/identifiers';
import { FindingList } from '@headwater/domain/openlineage/findings';
import { parseJson } from '@headwater/domain/openlineage/json-text';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { loadNode } from '../loaders/load-node.js';
import { Event, Finding, toEvent, toFinding } from '../types/event.js';
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
    const parsed = parseJson((await stored(event, context)).bytes, new FindingList());
    return parsed.ok ? parsed.value : null;
  }

  @ResolveField(() => [Finding], { description: 'What in it could not be taken at its word.' })
  async findings(@Parent() event: Event, @Context('catalog') context: CatalogContext): Promise<Finding[]> {
    return ((await context.loaders.findingsOfEvents.load(event.number)) ?? []).map(toFinding);
  }
}

async function stored(event: Event, context: CatalogContext): Promise<StoredEvent> {
  const found = await context.loaders.storedEvents.load(event.number);
  if (found !== undefined) return found;
  throw new HeadwaterError('INTERNAL', `the log lacks position ${event.number}`);
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
