import type { AssetFileFormat } from '@headwater/application/governance/transfer/asset-line';
import type { ImportMode } from '@headwater/application/governance/import-terms';
import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { AssetFileFormatEnum } from '../types/asset-file.js';
import { ImportModeEnum } from '../types/term-import.js';
import { ExpectingInput } from './edit-args.js';
import { SearchFilter } from './filters.js';
import { PageOf100 } from './page-args.js';

@ArgsType()
export class ExportAssetsArgs extends PageOf100 {
  @Field(() => String, {
    nullable: true,
    defaultValue: '',
    description: 'What `search` takes as `query`; none: everything.',
  })
  query?: string | null;

  @Field(() => SearchFilter, { nullable: true, description: 'What `search` takes as `filter`.' })
  filter?: SearchFilter | null;

  @Field(() => AssetFileFormatEnum, { description: 'What the file is.', defaultValue: 'CSV' })
  format!: AssetFileFormat;

  @Field({ description: 'Whether each dataset is followed by its fields.', defaultValue: true })
  withFields!: boolean;
}

@InputType({ description: 'What a file says of assets and fields.' })
export class ImportAssetsInput extends ExpectingInput {
  @Field({
    description:
      'What `exportAssets` gives, at most 800,000 characters and 20,000 rows. Each row says by its id what is to be so of a dataset, a job or a field: what it names no column or member for stays; of an empty one there is to be none.',
  })
  file!: string;

  @Field(() => AssetFileFormatEnum, { description: 'What the file is.', defaultValue: 'CSV' })
  format!: AssetFileFormat;

  @Field(() => ImportModeEnum, { description: 'What becomes of it where rows are bad.', defaultValue: 'ALL_OR_NONE' })
  mode!: ImportMode;

  @Field({ description: 'Only tells what would be done.', defaultValue: false })
  isPreview!: boolean;
}
