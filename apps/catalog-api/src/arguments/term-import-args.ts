import type { ImportMode } from '@headwater/application/governance/import-terms';
import { Field, InputType } from '@nestjs/graphql';
import { ImportModeEnum } from '../types/term-import.js';
import { RequestInput } from './edit-args.js';

@InputType({ description: 'Terms as a file has them.' })
export class ImportTermsInput extends RequestInput {
  @Field({
    description:
      'CSV whose first row names the columns: key, and any of name, description, parent, synonyms, related, status, successor. A term with the key is changed in what the columns name, another is made. Terms are named by their keys; `|` stands between several.',
  })
  csv!: string;

  @Field(() => ImportModeEnum, { description: 'What becomes of it where rows are bad.', defaultValue: 'ALL_OR_NONE' })
  mode!: ImportMode;

  @Field({ description: 'Only tells what would be done.', defaultValue: false })
  isPreview!: boolean;
}
