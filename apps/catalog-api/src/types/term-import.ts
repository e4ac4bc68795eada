import { detailOf, type LineFault } from '@headwater/application/governance/csv-cells';
import type { ImportMode, MadeImport } from '@headwater/application/governance/import-terms';
import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AccessFault } from './access-results.js';
import { enumOf } from './enum-of.js';
import type { Positions } from './facts.js';

export const ImportModeEnum = enumOf<ImportMode>('ImportMode', 'What becomes of a file with bad rows.', {
  ALL_OR_NONE: 'Nothing is made where one row is bad.',
  GOOD_ROWS: 'Bad rows are left out, and those that need them; all else is made.',
});

@ObjectType({ description: 'A row of a file that was left out.' })
export class RejectedRow {
  @Field(() => Int, { description: 'The line that it begins at, from 1.' })
  line!: number;

  @Field({ description: 'The key that it has; empty where it has none.' })
  key!: string;

  @Field({ description: 'Why, and what to do about it.' })
  detail!: string;

  @Field(() => [AccessFault], {
    description: 'The same one by one, at pointers into the row: `/owners`; the empty one for the row as a whole.',
  })
  faults!: readonly AccessFault[];
}

export function toRejectedRow(row: LineFault): RejectedRow {
  return { ...row, detail: detailOf(row) };
}

@ObjectType({ description: 'What an import made of the glossary, or would.' })
export class ImportedTerms {
  @Field({ description: 'Whether this is what would be done: nothing was.' })
  isPreview!: boolean;

  @Field(() => [ID], { description: 'Terms that came to be, in the order of the file.' })
  created!: readonly string[];

  @Field(() => [ID], { description: 'Terms that became other, in the order of the file.' })
  changed!: readonly string[];

  @Field(() => Int, { description: 'How many rows said what was so already.' })
  unchanged!: number;

  @Field(() => [RejectedRow], { description: 'Rows that were left out, by line.' })
  rejected!: readonly RejectedRow[];

  @Field(() => String, {
    nullable: true,
    description:
      'Where the edit is in the log: `headwater-position` for whoever reads elsewhere; null: nothing was made.',
  })
  position!: string | null;

  @Field({
    description: 'False where the catalog is behind: the edit is kept, and shows once the catalog has come so far.',
  })
  isReadable!: boolean;
}

@ObjectType({ description: 'Why terms were not imported. Nothing was changed.' })
export class TermImportRefusal {
  @Field({
    description: 'A stable upper-case code: INVALID_INPUT, MISSING_SCOPE, EDITED_MEANWHILE, KEY_USED; others may come.',
  })
  reason!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => [AccessFault], {
    description: 'What is wrong with the input, every bad row with its line; empty where it is not the input.',
  })
  faults!: readonly AccessFault[];
}

export const ImportTermsResult = createUnionType({
  name: 'ImportTermsResult',
  description: 'What was imported, or why nothing was changed.',
  types: () => [ImportedTerms, TermImportRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? TermImportRefusal : ImportedTerms),
});

export function toImportedTerms(made: MadeImport, isPreview: boolean, positions: Positions): ImportedTerms {
  const { position, rejected, ...rest } = made;
  return {
    ...{ ...rest, isPreview, rejected: rejected.map(toRejectedRow) },
    position: position === null ? null : positions.position(position),
  };
}
