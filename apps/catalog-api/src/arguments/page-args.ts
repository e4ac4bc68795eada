import { checkFirst, type PageRequest } from '@headwater/domain/page';
import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int } from '@nestjs/graphql';

/** A forward page as clients ask for it; `null` stands for the default. */
export interface PageInput {
  readonly first?: number | null;
  readonly after?: string | null;
}

function pageArgs(defaultFirst: number): Type<PageInput> {
  @ArgsType()
  class Page implements PageInput {
    @Field(() => Int, { nullable: true, defaultValue: defaultFirst, description: 'How many items at most: 1 to 100.' })
    first?: number | null;

    @Field(() => String, { nullable: true, description: 'Cursor behind which to continue: an `endCursor`.' })
    after?: string | null;
  }
  return Page;
}

@ArgsType()
export class PageOf20 extends pageArgs(20) {}

@ArgsType()
export class PageOf100 extends pageArgs(100) {}

/** The page as readers take it. INVALID_INPUT unless `first` is 1 to 100. */
export function toPageRequest(input: PageInput, defaultFirst = 20): PageRequest {
  return { first: checkFirst(input.first ?? defaultFirst), after: input.after ?? null };
}
