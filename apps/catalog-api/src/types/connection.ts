import type { Page } from '@headwater/domain/page';
import { Field, ObjectType } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';

/** Relay's PageInfo. */
@ObjectType({ description: 'Where a page stands in its list (Relay connections).' })
export class PageInfo {
  @Field({ description: 'Whether there is more behind `endCursor`.' })
  hasNextPage!: boolean;

  @Field({ description: 'Whether the page was asked for with `after`, so that something stands before it.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the page ends: pass it as `after` for the next one; null on an empty page that is the last.',
  })
  endCursor!: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface Connection<T, E extends Edge<T> = Edge<T>> {
  readonly edges: readonly E[];
  readonly pageInfo: PageInfo;
}

/** The two GraphQL types of a Relay connection over `node`. */
export function connectionTypes<T>(node: () => Type<T>, name: string): Type<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a page.` })
  class ConnectionEdge implements Edge<T> {
    @Field({ description: 'Opaque position of this item: as `after` it continues behind it.' })
    cursor!: string;

    @Field(node, { description: `The ${name}.` })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name}s (Relay connections).` })
  class PageConnection implements Connection<T> {
    @Field(() => [ConnectionEdge], { description: 'The items with their cursors, in the order of the list.' })
    edges!: ConnectionEdge[];

    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfo;
  }
  return PageConnection;
}

/** PageInfo of these cursors; `endCursor` where the list goes on from elsewhere than the last of them. */
export function pageInfo(
  cursors: readonly string[],
  hasNextPage: boolean,
  after: string | null,
  endCursor?: string,
): PageInfo {
  return {
    hasNextPage,
    hasPreviousPage: after !== null,
    startCursor: cursors[0] ?? null,
    endCursor: endCursor ?? cursors.at(-1) ?? null,
  };
}

/** A page of the domain as a connection; an absent page is an empty one. */
export function toConnection<S, T>(
  page: Page<S> | undefined,
  after: string | null,
  map: (item: S) => T,
): Connection<T> {
  const items = page?.items ?? [];
  return {
    edges: items.map(({ cursor, item }) => ({ cursor, node: map(item) })),
    pageInfo: pageInfo(
      items.map((item) => item.cursor),
      page?.hasNextPage ?? false,
      after,
      page?.endCursor,
    ),
  };
}
