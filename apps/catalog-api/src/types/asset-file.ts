import type { AssetFileFormat } from '@headwater/application/governance/transfer/asset-line';
import type { ImportPlan } from '@headwater/application/governance/transfer/plan-import';
import type { EditJob as DomainJob } from '@headwater/domain/governance/edit-job';
import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { EditJob, Plan, StartRefusal, toEditJob, toEditPreview } from './edit-jobs.js';
import { enumOf } from './enum-of.js';
import { RejectedRow, toRejectedRow } from './term-import.js';

export const AssetFileFormatEnum = enumOf<AssetFileFormat>('AssetFileFormat', 'What a file of assets is.', {
  CSV: 'A table whose first row names the columns (RFC 4180), safe to open in a spreadsheet.',
  JSON_LINES: 'A JSON object a line.',
});

@ObjectType({ description: 'A part of a file of assets: all parts after one another are the file.' })
export class AssetFilePart {
  @Field({ description: 'The part; of CSV the first one begins with the names of the columns.' })
  text!: string;

  @Field(() => Int, { description: 'How many assets are in this part.' })
  assets!: number;

  @Field(() => Int, { description: 'How many assets are in all parts.' })
  totalCount!: number;

  @Field({ description: 'Whether another part follows.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'As `after` it gives the next part.' })
  endCursor!: string | null;
}

@ObjectType({ description: 'What an import does, or would do: one edit an asset, with those of its fields.' })
export class ImportedAssets extends Plan {
  @Field({ description: 'Whether this is what would be done: nothing was.' })
  isPreview!: boolean;

  @Field(() => EditJob, {
    nullable: true,
    description:
      'The job that makes the edits: ask `editJob` how far it is. Null for a preview, and where all is so already.',
  })
  job!: EditJob | null;

  @Field(() => [RejectedRow], { description: 'Rows that are left out, by line.' })
  rejected!: readonly RejectedRow[];
}

@ObjectType({ description: 'Why a file was not imported. Nothing was changed.' })
export class AssetImportRefusal extends StartRefusal {
  @Field(() => ImportedAssets, { nullable: true, description: 'Of EDITED_MEANWHILE: what it would do now.' })
  current!: ImportedAssets | null;
}

export const ImportAssetsResult = createUnionType({
  name: 'ImportAssetsResult',
  description: 'What is imported, or why nothing was changed.',
  types: () => [ImportedAssets, AssetImportRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? AssetImportRefusal : ImportedAssets),
});

export function toImportedAssets(plan: ImportPlan, isPreview: boolean, job: DomainJob | null): ImportedAssets {
  const rejected = plan.rejected.map(toRejectedRow);
  return { ...toEditPreview(plan), isPreview, rejected, job: job === null ? null : toEditJob(job) };
}
