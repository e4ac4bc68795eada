import type { AliasCatalogRow, FacetRow } from '@headwater/domain/catalog';
import { parseNodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { AliasCauseEnum } from './lineage-enums.js';
import { DateTime, Json } from './scalars.js';

@ObjectType({ description: 'A block of metadata that a producer sent and that holds now.' })
export class Facet {
  @Field({ description: 'Its name, for example `schema`.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Who sent it; null where neither facet nor event says.' })
  producer!: string | null;

  @Field(() => String, { nullable: true, description: 'The schema it claims to follow.' })
  schemaUrl!: string | null;

  @Field({ description: 'Whether the catalog knows a schema for a facet of this name in this place.' })
  known!: boolean;

  @Field({ description: 'False for a known facet that does not fit its schema: it is kept and shown, and not used.' })
  valid!: boolean;

  @Field(() => DateTime, { description: 'Effective time of the event that it came with.' })
  at!: Micros;

  @Field(() => Json, { description: 'The facet as JSON; numbers beyond 2^53 lose digits here and not in `raw`.' })
  body!: unknown;

  readonly row!: FacetRow;
}

@ObjectType({ description: 'Another name of a node: both are one.' })
export class Alias {
  @Field(() => ID, { description: 'The NodeId under which it is known too; it resolves to the same node.' })
  id!: string;

  @Field({ description: 'The namespace of that name.' })
  namespace!: string;

  @Field({ description: 'The name within that namespace.' })
  name!: string;

  @Field(() => AliasCauseEnum, { description: 'Why it is the same.' })
  cause!: Exclude<AliasCatalogRow['cause'], 'AGENT'>;

  @Field(() => DateTime, { description: 'When this became known.' })
  recordedAt!: Micros;
}

export function toFacet(row: FacetRow): Facet {
  const { name, producer, schemaUrl, known, valid, at, body } = row;
  return { name, producer, schemaUrl, known, valid, at, body, row };
}

/** Of a dataset. */
export function toAlias(row: AliasCatalogRow): Alias {
  const [namespace = '', name = ''] = parseNodeId(row.memberId)?.segments ?? [];
  return {
    id: row.memberId,
    namespace,
    name,
    cause: row.cause === 'AGENT' ? 'EDIT' : row.cause,
    recordedAt: row.recordedFrom,
  };
}
