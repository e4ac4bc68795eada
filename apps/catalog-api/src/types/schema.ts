import type { SchemaField as SchemaFieldRow, SchemaVersionRow } from '@headwater/domain/catalog';
import type { FieldView } from '@headwater/domain/reading/schema-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field as Property, Int, ObjectType } from '@nestjs/graphql';
import { Node } from './node.js';
import { DateTime } from './scalars.js';

@ObjectType('Field', { implements: () => [Node], description: 'A column of a dataset, also a nested one.' })
export class Field extends Node {
  override readonly __typename = 'Field';

  @Property({ description: 'Its own name: the last segment of the path.' })
  name!: string;

  @Property(() => [String], { description: 'The path within the dataset, outermost first.' })
  segments!: readonly string[];

  @Property(() => String, {
    nullable: true,
    description: 'Its type as the schema gives it; null where none is stated.',
  })
  type!: string | null;

  @Property(() => DateTime, { nullable: true, description: 'Since when the schema lacks it; null while it has it.' })
  deletedAt!: Micros | null;

  readonly datasetId!: NodeId;
  /** What the schema says about it. */
  readonly documented!: string | null;
  /** When it is so; null: now. */
  readonly time!: ReadTime | null;
}

@ObjectType({ description: 'A field as one version of a schema lists it.' })
export class SchemaField {
  @Property(() => [String], { description: 'The path within the dataset, outermost first.' })
  segments!: readonly string[];

  @Property({ description: 'Its own name: the last segment of the path.' })
  name!: string;

  @Property(() => String, { nullable: true, description: 'Its type; null where none is stated.' })
  type!: string | null;

  @Property(() => String, { nullable: true, description: 'What the schema says about it.' })
  description!: string | null;

  @Property(() => Int, { description: 'Its place in the schema, from 1.' })
  ordinal!: number;
}

@ObjectType({ description: 'A schema that a producer stated for a dataset, and while it held.' })
export class SchemaVersion {
  @Property({ description: 'Equal for equal lists of fields.' })
  schemaHash!: string;

  @Property(() => String, { nullable: true, description: 'Who states it, without the version of the software.' })
  producer!: string | null;

  @Property({ description: 'Stated by a writer or by the dataset itself; false where only readers report it.' })
  authoritative!: boolean;

  @Property(() => [SchemaField], { description: 'The fields in the order of the schema.' })
  fields!: readonly SchemaField[];

  @Property(() => DateTime, { description: 'Since when it holds.' })
  validFrom!: Micros;

  @Property(() => DateTime, { nullable: true, description: 'Until when it held; null while it does.' })
  validTo!: Micros | null;
}

export function toField(view: FieldView, time: ReadTime | null = null): Field {
  const { id, datasetId, name, path, type, description: documented, deletedAt } = view;
  return Object.assign(new Field(), { id, datasetId, name, segments: path, type, documented, deletedAt, time });
}

export function toSchemaVersion(row: SchemaVersionRow): SchemaVersion {
  const { schemaHash, producer, authoritative, validFrom, validTo } = row;
  return { schemaHash, producer, authoritative, fields: row.fields.map(toSchemaField), validFrom, validTo };
}

function toSchemaField({ path, type, description, ordinal }: SchemaFieldRow): SchemaField {
  return { segments: path, name: path.at(-1) ?? '', type, description, ordinal };
}
