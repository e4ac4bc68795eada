/** A JSON object of an OpenLineage event. */
export type Json = Readonly<Record<string, unknown>>;

export const SPEC = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs';
const FACETS = 'https://openlineage.io/spec/facets';

/** One facet of a published schema, for example `facet(producer, '1-2-0/SchemaDatasetFacet', { fields })`. */
export function facet(producer: string, schema: string, body: Json): Json {
  const name = schema.slice(schema.indexOf('/') + 1);
  return { _producer: producer, _schemaURL: `${FACETS}/${schema}.json#/$defs/${name}`, ...body };
}

export interface FieldDefinition {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** `claim_id BIGINT Number of the claim`: one field a line. */
export function fields(text: string): readonly FieldDefinition[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', type = '', ...words] = line.trim().split(/ +/);
      return { name, type, description: words.join(' ') };
    });
}

export function schemaFacet(producer: string, definitions: readonly FieldDefinition[]): Json {
  return facet(producer, '1-2-0/SchemaDatasetFacet', { fields: definitions });
}

export function ownershipFacet(producer: string, place: 'Dataset' | 'Job', owners: readonly string[]): Json {
  return facet(producer, `1-0-1/Ownership${place}Facet`, {
    owners: owners.map((name) => ({ name, type: 'MAINTAINER' })),
  });
}

export function documentationFacet(producer: string, place: 'Dataset' | 'Job', description: string): Json {
  return facet(producer, `1-1-0/Documentation${place}Facet`, { description, contentType: 'text/plain' });
}

export interface TagDefinition {
  readonly key: string;
  readonly value: string;
  readonly field?: string;
}

export function tagsFacet(producer: string, place: 'Dataset' | 'Job', tags: readonly TagDefinition[]): Json {
  return facet(producer, `1-0-0/Tags${place}Facet`, { tags: tags.map((tag) => ({ ...tag, source: 'GOVERNANCE' })) });
}
