/*
 * Select lists that give rows of the catalog the names and types of `@headwater/domain/catalog`. Each names its table by
 * the alias in front, and keys come out as 32 hex digits.
 */
const key = (column: string, as: string): string => `encode(uuid_send(${column}), 'hex') AS "${as}"`;

export const ASSET_COLUMNS = `${key('a.key', 'key')}, a.id, a.kind, a.namespace, a.name, a.display_name AS "displayName",
  a.asset_type AS "assetType", a.placeholder, a.created_at AS "createdAt", a.updated_at AS "updatedAt",
  a.deleted_at AS "deletedAt", a.version, a.edit_position AS "editPosition", a.consumers, ${key('a.parent_key', 'parentKey')}, a.description, a.tags,
  a.owner_ids AS "ownerIds"`;

export const RUN_COLUMNS = `${key('r.key', 'key')}, r.id, r.run_id AS "runId", r.original_run_id AS "originalRunId",
  ${key('r.job_key', 'jobKey')}, r.job_id AS "jobId", r.state, r.first_at AS "firstAt",
  r.last_event_at AS "lastEventAt", r.started_at AS "startedAt", r.ended_at AS "endedAt",
  r.nominal_start_at AS "nominalStartAt", r.nominal_end_at AS "nominalEndAt", ${key('r.parent_key', 'parentKey')},
  r.parent_id AS "parentId", r.root_id AS "rootId", r.placeholder, r.perpetual, r.version`;

export const FACET_COLUMNS = `${key('f.node_key', 'nodeKey')}, f.name, f.producer_key AS "producerKey", f.producer,
  f.schema_url AS "schemaUrl", f.known, f.valid, f.at, f.position, f.pointer, f.body`;

export const FACT_COLUMNS = `${key('f.row_id', 'rowId')}, ${key('f.node_key', 'nodeKey')}, f.node_id AS "nodeId", f.kind,
  f.value, f.detail, f.source, f.producer, f.position, f.valid_from AS "validFrom", f.valid_to AS "validTo",
  f.recorded_from AS "recordedFrom", f.recorded_to AS "recordedTo"`;

export const DEFINITION_COLUMNS = `${key('d.row_id', 'rowId')}, ${key('d.key', 'key')}, d.id, d.kind, d.body,
  d.entered_by AS "enteredBy", d.position, d.valid_from AS "validFrom", d.valid_to AS "validTo",
  d.recorded_from AS "recordedFrom", d.recorded_to AS "recordedTo"`;

export const AGENT_STATEMENT_COLUMNS = `${key('s.row_id', 'rowId')}, ${key('s.agent_key', 'agentKey')}, s.agent_id AS "agentId",
  s.basis, ${key('s.value_key', 'valueKey')}, s.value, s.source, s.entered_by AS "enteredBy", s.reason, s.position,
  s.recorded_from AS "recordedFrom", s.recorded_to AS "recordedTo"`;

export const SCHEMA_VERSION_COLUMNS = `${key('s.row_id', 'rowId')}, ${key('s.dataset_key', 'datasetKey')}, s.producer,
  ${key('s.schema_hash', 'schemaHash')}, s.fields, s.authoritative, s.valid_from AS "validFrom",
  s.valid_to AS "validTo", s.recorded_from AS "recordedFrom", s.recorded_to AS "recordedTo"`;

export const FIELD_COLUMNS = `${key('f.key', 'key')}, f.id, ${key('f.dataset_key', 'datasetKey')},
  f.dataset_id AS "datasetId", f.path, f.name, f.type, f.description, f.ordinal, f.deleted_at AS "deletedAt"`;

export const VERSION_COLUMNS = `${key('v.key', 'key')}, v.id, ${key('v.dataset_key', 'datasetKey')},
  v.dataset_id AS "datasetId", v.value, v.run_id AS "runId", v.created_at AS "createdAt",
  v.generated_at AS "generatedAt"`;

export const METRIC_COLUMNS = `${key('m.row_id', 'rowId')}, ${key('m.dataset_key', 'datasetKey')}, s.field, s.facet, s.kind,
  s.name, s.label, m.at, m.recorded_at AS "recordedAt", m.value, m.unit, m.side, m.producer,
  ${key('m.run_key', 'runKey')}, ${key('m.version_key', 'versionKey')},
  (SELECT r.id FROM @.run r WHERE r.key = m.run_key) AS "runId", ${key('s.key', 'seriesKey')}`;

export const ALIAS_COLUMNS = `${key('l.row_id', 'rowId')}, ${key('l.member_key', 'memberKey')}, l.member_id AS "memberId",
  ${key('l.canonical_key', 'canonicalKey')}, l.canonical_id AS "canonicalId", l.cause,
  l.recorded_from AS "recordedFrom", l.recorded_to AS "recordedTo"`;

export const FINDING_COLUMNS = `f.position, f.seq, f.code, f.pointer, f.message, ${key('f.node_key', 'nodeKey')},
  f.recorded_at AS "recordedAt"`;
