import { Field, ID, InterfaceType } from '@nestjs/graphql';

/** What every object reachable by `node` has; `__typename` tells GraphQL which type it is. */
@InterfaceType('Node', {
  description: 'Anything with a NodeId: it can be fetched again by `node(id:)`.',
  resolveType: (value: { readonly __typename: string }) => value.__typename,
})
export abstract class Node {
  abstract readonly __typename: string;

  @Field(() => ID, {
    description: 'The NodeId: kind and percent-encoded parts, separated by colons. It never changes.',
  })
  id!: string;
}
