import { replacing, type TableWrite } from './row-writer.js';

function table(name: string, columns: Readonly<Record<string, string>>, keys: readonly string[]): TableWrite {
  return { table: name, columns, conflict: replacing(keys, Object.keys(columns)) };
}

/** Rows that are made once: the same row again is no work. */
function once(name: string, columns: Readonly<Record<string, string>>): TableWrite {
  return { table: name, columns, conflict: 'ON CONFLICT DO NOTHING' };
}

const BITEMPORAL = {
  valid_from: 'bigint',
  valid_to: 'bigint',
  recorded_from: 'bigint',
  recorded_to: 'bigint',
} as const;

export const AGGREGATE = table('aggregate', { key: 'uuid', body: 'json' }, ['key']);

export const STATEMENT_BODY = once('statement_body', { hash: 'uuid', body: 'json' });

const ASSET_COLUMNS = {
  key: 'uuid',
  id: 'text',
  kind: 'text',
  namespace: 'text',
  name: 'text',
  display_name: 'text',
  asset_type: 'text',
  placeholder: 'boolean',
  created_at: 'bigint',
  updated_at: 'bigint',
  deleted_at: 'bigint',
  version: 'bigint',
  edit_position: 'bigint',
  consumers: 'int',
  parent_key: 'uuid',
  description: 'text',
  tags: 'text[]',
  owner_ids: 'text[]',
} as const;

export const ASSET = table('asset', ASSET_COLUMNS, ['key']);

export const RUN = table(
  'run',
  {
    key: 'uuid',
    id: 'text',
    run_id: 'uuid',
    original_run_id: 'text',
    job_key: 'uuid',
    job_id: 'text',
    namespace_key: 'uuid',
    state: 'text',
    first_at: 'bigint',
    last_event_at: 'bigint',
    started_at: 'bigint',
    ended_at: 'bigint',
    nominal_start_at: 'bigint',
    nominal_end_at: 'bigint',
    parent_key: 'uuid',
    parent_id: 'text',
    root_id: 'text',
    placeholder: 'boolean',
    perpetual: 'boolean',
    version: 'bigint',
    record: 'json',
    history: 'jsonb',
  },
  ['key'],
);

export const MENTION = table(
  'mention',
  {
    subject_key: 'uuid',
    dataset_key: 'uuid',
    side: 'text',
    node_id: 'text',
    run_id: 'text',
    first_at: 'bigint',
    last_at: 'bigint',
    versions: 'text[]',
    timelines: 'json',
  },
  ['subject_key', 'dataset_key', 'side'],
);

export const FACET = table(
  'facet',
  {
    node_key: 'uuid',
    name: 'text',
    producer_key: 'text',
    producer: 'text',
    schema_url: 'text',
    known: 'boolean',
    valid: 'boolean',
    at: 'bigint',
    position: 'bigint',
    pointer: 'text',
    body: 'json',
  },
  ['node_key', 'name', 'producer_key'],
);

export const FACT = once('fact', {
  row_id: 'uuid',
  node_key: 'uuid',
  node_id: 'text',
  kind: 'text',
  value: 'text',
  detail: 'text',
  source: 'text',
  producer: 'text',
  position: 'bigint',
  ...BITEMPORAL,
});

export const DEFINITION = once('definition', {
  row_id: 'uuid',
  key: 'uuid',
  id: 'text',
  kind: 'text',
  body: 'json',
  entered_by: 'text',
  position: 'bigint',
  ...BITEMPORAL,
});

export const SCHEMA_VERSION = once('schema_version', {
  row_id: 'uuid',
  dataset_key: 'uuid',
  producer: 'text',
  schema_hash: 'uuid',
  fields: 'json',
  authoritative: 'boolean',
  ...BITEMPORAL,
});

export const FIELD = table(
  'field',
  {
    key: 'uuid',
    id: 'text',
    dataset_key: 'uuid',
    dataset_id: 'text',
    path: 'text[]',
    name: 'text',
    type: 'text',
    description: 'text',
    ordinal: 'int',
    deleted_at: 'bigint',
    shape_key: 'uuid',
  },
  ['key'],
);

// Several runs, in several batches, may name one version: the earliest naming, the latest making, the first run stay.
export const DATASET_VERSION: TableWrite = {
  table: 'dataset_version',
  columns: {
    key: 'uuid',
    id: 'text',
    dataset_key: 'uuid',
    dataset_id: 'text',
    value: 'text',
    run_id: 'text',
    created_at: 'bigint',
    generated_at: 'bigint',
  },
  conflict: `ON CONFLICT (key) DO UPDATE SET
    run_id = least(@.dataset_version.run_id COLLATE "C", excluded.run_id COLLATE "C"),
    created_at = least(@.dataset_version.created_at, excluded.created_at),
    generated_at = greatest(@.dataset_version.generated_at, excluded.generated_at)`,
};

export const WRITER = table(
  'writer',
  {
    dataset_key: 'uuid',
    version_key: 'uuid',
    run_key: 'uuid',
    dataset_id: 'text',
    version_id: 'text',
    run_id: 'text',
    job_id: 'text',
    parent_run_id: 'text',
    first_at: 'bigint',
    last_at: 'bigint',
    generated_at: 'bigint[]',
    last_generated: 'bigint',
  },
  ['dataset_key', 'version_key', 'run_key'],
);

export const VERSION_LINK = once('version_link', {
  row_id: 'uuid',
  run_key: 'uuid',
  run_id: 'text',
  version_key: 'uuid',
  version_id: 'text',
  dataset_key: 'uuid',
  role: 'text',
  evidence: 'text',
  gap: 'text',
  at: 'bigint',
  recorded_from: 'bigint',
  recorded_to: 'bigint',
});

export const ALIAS_STATEMENT = once('alias_statement', {
  a_key: 'uuid',
  b_key: 'uuid',
  cause: 'text',
  a_id: 'text',
  b_id: 'text',
});

export const ALIAS = once('alias', {
  row_id: 'uuid',
  member_key: 'uuid',
  member_id: 'text',
  canonical_key: 'uuid',
  canonical_id: 'text',
  cause: 'text',
  recorded_from: 'bigint',
  recorded_to: 'bigint',
});

export const AGENT_STATEMENT = once('agent_statement', {
  row_id: 'uuid',
  agent_key: 'uuid',
  agent_id: 'text',
  basis: 'text',
  value_key: 'uuid',
  value: 'text',
  source: 'text',
  entered_by: 'text',
  reason: 'text',
  position: 'bigint',
  recorded_from: 'bigint',
  recorded_to: 'bigint',
});

export const METRIC_SERIES = once('metric_series', {
  key: 'uuid',
  dataset_key: 'uuid',
  field: 'text',
  facet: 'text',
  kind: 'text',
  name: 'text',
  label: 'text',
});

export const METRIC = once('metric', {
  row_id: 'uuid',
  series_key: 'uuid',
  dataset_key: 'uuid',
  at: 'bigint',
  recorded_at: 'bigint',
  value: 'double precision',
  unit: 'text',
  side: 'text',
  producer: 'text',
  run_key: 'uuid',
  version_key: 'uuid',
  position: 'bigint',
});

export const EVENT_REFERENCE = once('event_reference', {
  position: 'bigint',
  subject_key: 'uuid',
  effective_at: 'bigint',
});

export const SIGHTING = table(
  'sighting',
  { run_key: 'uuid', producer: 'text', '"window"': 'text', job_key: 'uuid', contribution: 'uuid', at: 'bigint' },
  ['run_key', 'producer', '"window"'],
);

export const CONTRIBUTION_EDGE = once('contribution_edge', { edge_key: 'uuid', contribution: 'uuid', job_key: 'uuid' });

export const NEIGHBOR = once('neighbor', { dataset_key: 'uuid', job_key: 'uuid', job_id: 'text' });

export const FINDING = once('finding', {
  position: 'bigint',
  seq: 'int',
  code: 'text',
  pointer: 'text',
  message: 'text',
  node_key: 'uuid',
  recorded_at: 'bigint',
});

// A batch is stored once, since it moves the checkpoint: what it counts is added to what earlier ones did.
export const PRODUCER: TableWrite = {
  table: 'producer',
  columns: {
    key: 'uuid',
    producer: 'text',
    first_seen_at: 'bigint',
    last_seen_at: 'bigint',
    events: 'bigint',
    findings: 'bigint',
  },
  conflict: `ON CONFLICT (key) DO UPDATE SET
    first_seen_at = least(@.producer.first_seen_at, excluded.first_seen_at),
    last_seen_at = greatest(@.producer.last_seen_at, excluded.last_seen_at),
    events = @.producer.events + excluded.events,
    findings = @.producer.findings + excluded.findings`,
};

export const GRAPH_CHANGE = once('graph_change', {
  position: 'bigint',
  recorded_at: 'bigint',
  changes: 'json',
  touched: 'uuid[]',
});

export const PROJECTION_CHECKPOINT = table(
  'projection_checkpoint',
  { name: 'text', position: 'bigint', recorded_at: 'bigint' },
  ['name'],
);
