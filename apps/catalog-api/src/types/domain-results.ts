import { createUnionType, Field, ID, ObjectType } from '@nestjs/graphql';
import { Domain } from './domain.js';
import { AccessFault } from './access-results.js';

@ObjectType({ description: 'An edit of a domain that was made.' })
export class EditedDomain {
  @Field(() => ID, { description: 'The domain that was edited.' })
  id!: string;

  @Field(() => Domain, {
    nullable: true,
    description: 'As it is with the edit once that is readable; null where it was removed, or is not readable yet.',
  })
  domain!: Domain | null;

  @Field({ description: 'Where the edit is in the log: `headwater-position` for whoever reads elsewhere.' })
  position!: string;

  @Field({
    description: 'False where the catalog is behind: the edit is kept, and shows once the catalog has come so far.',
  })
  isReadable!: boolean;
}

@ObjectType({ description: 'Why a domain was not edited. Nothing was changed.' })
export class DomainRefusal {
  @Field({
    description:
      'A stable upper-case code: INVALID_INPUT, MISSING_SCOPE, NO_SUCH_DOMAIN, DOMAIN_EXISTS, DOMAIN_CYCLE, DOMAIN_TOO_DEEP, DOMAIN_IN_USE, EDITED_MEANWHILE; others may come.',
  })
  reason!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => [AccessFault], { description: 'What is wrong with the input; empty where it is not the input.' })
  faults!: readonly AccessFault[];

  @Field(() => Domain, {
    nullable: true,
    description: 'Of EDITED_MEANWHILE: the domain as it is now, with its `editVersion`.',
  })
  current!: Domain | null;
}

export const EditDomainResult = createUnionType({
  name: 'EditDomainResult',
  description: 'The edited domain, or why nothing was changed.',
  types: () => [EditedDomain, DomainRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? DomainRefusal : EditedDomain),
});
