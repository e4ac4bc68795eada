const PRODUCER = 'https://example.org/producer/1.0';

/** The namespace of all tables. */
export const SHOP = 'postgres://shop:5432';

/** A dataset as a DatasetEvent tells of it, and how many jobs read it. */
export interface Table {
  readonly name: string;
  readonly fields?: readonly string[];
  readonly description?: string;
  readonly owner?: string;
  readonly tags?: readonly string[];
  readonly symlink?: string;
  readonly readers?: number;
}

function toTag(text: string): object {
  const [key, value = 'true'] = text.split('=');
  return { key, value };
}

function facet(body: object): object {
  return { _producer: PRODUCER, _schemaURL: 'https://example.org/schema.json', ...body };
}

/** What is known of the table, so many minutes into November 2026. */
export function tableEvent(table: Table, minute: number): object {
  const { name, fields = [], description, owner, tags = [], symlink } = table;
  return {
    eventTime: new Date(Date.parse('2026-11-01T00:00:00Z') + minute * 60_000).toISOString(),
    producer: PRODUCER,
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
    dataset: {
      namespace: SHOP,
      name,
      facets: {
        schema: facet({ fields: fields.map((field) => ({ name: field, type: 'text' })) }),
        ...(description === undefined ? {} : { documentation: facet({ description }) }),
        ...(owner === undefined ? {} : { ownership: facet({ owners: [{ name: owner, type: 'OWNER' }] }) }),
        ...(tags.length === 0 ? {} : { tags: facet({ tags: tags.map(toTag) }) }),
        ...(symlink === undefined
          ? {}
          : { symlinks: facet({ identifiers: [{ namespace: SHOP, name: symlink, type: 'TABLE' }] }) }),
      },
    },
  };
}

/** One run of each of its readers. */
export function readEvents(table: Table): object[] {
  return Array.from({ length: table.readers ?? 0 }, (_, reader) => ({
    eventType: 'COMPLETE',
    eventTime: '2026-11-02T00:00:00Z',
    producer: PRODUCER,
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: `00000000-0000-4000-8000-0000000000${String(reader).padStart(2, '0')}` },
    job: { namespace: 'airflow', name: `reader_${reader}_of_${table.name}` },
    inputs: [{ namespace: SHOP, name: table.name }],
    outputs: [],
  }));
}
