import type { Closing, ProjectionChanges } from '@headwater/domain/projection/changes';
import { splitNodeDocument } from '@headwater/domain/projection/documents';
import { historyOf } from '@headwater/domain/projection/apply-run';
import { namespaceKeyOf } from '@headwater/domain/identifiers';
import { keyOf } from '@headwater/domain/projection/batch';
import type pg from 'pg';
import { packChanges } from './packed-changes.js';
import * as tables from './projection-tables.js';
import { saveDecisions } from '../decisions/save-decisions.js';
import { saveFields } from '../classification/field-shapes.js';
import { storableJson, writeRows, type TableWrite } from './row-writer.js';

/** Writes one batch's changes into the tables of a generation; the caller owns the transaction. */
export async function saveProjection(client: pg.PoolClient, schema: string, changes: ProjectionChanges): Promise<void> {
  const write = (table: TableWrite, rows: readonly object[]): Promise<void> => writeRows(client, schema, table, rows);
  await write(
    tables.STATEMENT_BODY,
    [...changes.bodies].map(([hash, body]) => ({ hash, body })),
  );
  const split = changes.nodeDocuments.map((document) => ({
    key: keyOf(document.id),
    ...splitNodeDocument(document),
  }));
  await write(
    tables.AGGREGATE,
    split.map(({ key, head }) => ({ key, body: head })),
  );
  await saveDetails(client, schema, changes);
  await write(tables.ASSET, changes.assets);
  await write(
    tables.RUN,
    changes.runs.map(({ row, document }) => ({
      ...row,
      namespaceKey: namespaceKeyOf(row.jobId),
      record: document,
      history: historyOf(document),
    })),
  );
  await write(
    tables.MENTION,
    changes.mentions.map(({ nodeKey: datasetKey, node, run, ...row }) => ({
      ...row,
      datasetKey,
      nodeId: node,
      runId: run,
    })),
  );
  await write(tables.FACET, changes.facets);
  await removeFacets(client, schema, changes);
  await write(tables.FACT, changes.openedFacts);
  await close(client, schema, 'fact', changes.closedFacts);
  await write(tables.DEFINITION, changes.openedDefinitions);
  await close(client, schema, 'definition', changes.closedDefinitions);
  await write(tables.SCHEMA_VERSION, changes.openedSchemas);
  await close(client, schema, 'schema_version', changes.closedSchemas);
  await saveFields(client, schema, changes.fields);
  await write(tables.DATASET_VERSION, changes.versions);
  await removeWriters(client, schema, changes);
  await write(tables.WRITER, changes.writers.map(writerRow));
  await write(tables.VERSION_LINK, changes.openedLinks);
  await close(client, schema, 'version_link', changes.closedLinks);
  await write(
    tables.ALIAS_STATEMENT,
    changes.aliasStatements.map(({ a, b, cause }) => ({
      aKey: keyOf(a),
      bKey: keyOf(b),
      cause,
      aId: a,
      bId: b,
    })),
  );
  await write(tables.ALIAS, changes.openedAliases);
  await close(client, schema, 'alias', changes.closedAliases);
  await write(tables.AGENT_STATEMENT, changes.openedAgentStatements);
  await close(client, schema, 'agent_statement', changes.closedAgentStatements);
  await write(tables.METRIC_SERIES, changes.metricSeries);
  await write(tables.METRIC, changes.metrics);
  await write(tables.EVENT_REFERENCE, changes.references);
  await write(tables.SIGHTING, changes.sightings);
  await write(tables.CONTRIBUTION_EDGE, changes.contributionEdges);
  await write(
    tables.NEIGHBOR,
    changes.neighbors.map(({ job, ...row }) => ({ ...row, jobId: job })),
  );
  await write(tables.FINDING, changes.findings);
  await saveDecisions(client, schema, changes.decisions);
  await write(tables.PRODUCER, changes.producers);
  await write(
    tables.GRAPH_CHANGE,
    changes.feed.map(({ batch, touched }) => ({
      position: batch.position,
      recordedAt: batch.recordedAt,
      changes: packChanges(batch.changes),
      touched,
    })),
  );
  await write(tables.PROJECTION_CHECKPOINT, [
    { name: 'catalog', position: changes.position, recordedAt: changes.recordedAt },
  ]);
}

async function saveDetails(client: pg.PoolClient, schema: string, changes: ProjectionChanges): Promise<void> {
  if (changes.detailed.length === 0) return;
  const rows = changes.detailed.map((document) => ({
    key: keyOf(document.id),
    detail: splitNodeDocument(document).detail,
  }));
  await client.query({
    name: `projection_details_${schema}`,
    text: `UPDATE ${schema}.aggregate SET detail = row.detail
           FROM json_to_recordset($1::json) AS row(key uuid, detail json) WHERE aggregate.key = row.key`,
    values: [storableJson(rows)],
  });
}

function writerRow(writer: ProjectionChanges['writers'][number]): object {
  return {
    datasetKey: keyOf(writer.dataset),
    versionKey: keyOf(writer.version),
    runKey: keyOf(writer.run),
    datasetId: writer.dataset,
    versionId: writer.version,
    runId: writer.run,
    jobId: writer.job,
    parentRunId: writer.parentRun,
    firstAt: writer.firstAt,
    lastAt: writer.lastAt,
    generatedAt: writer.generatedAt,
    lastGenerated: writer.generatedAt.at(-1) ?? null,
  };
}

async function removeWriters(client: pg.PoolClient, schema: string, changes: ProjectionChanges): Promise<void> {
  const removed = changes.removedWriters;
  if (removed.length === 0) return;
  const keys = [removed.map((writer) => keyOf(writer.version)), removed.map((writer) => keyOf(writer.run))];
  await client.query(
    `DELETE FROM ${schema}.writer USING unnest($1::uuid[], $2::uuid[]) AS gone(version_key, run_key)
     WHERE writer.dataset_key = ANY($3::uuid[]) AND writer.version_key = gone.version_key AND writer.run_key = gone.run_key`,
    [...keys, removed.map((writer) => keyOf(writer.dataset))],
  );
  await client.query(`DELETE FROM ${schema}.dataset_version WHERE key = ANY($1::uuid[])`, [keys[0]]);
}

async function removeFacets(client: pg.PoolClient, schema: string, changes: ProjectionChanges): Promise<void> {
  const removed = changes.removedFacets;
  if (removed.length === 0) return;
  await client.query(
    `DELETE FROM ${schema}.facet USING unnest($1::uuid[], $2::text[], $3::text[]) AS gone(node_key, name, producer_key)
     WHERE facet.node_key = gone.node_key AND facet.name = gone.name AND facet.producer_key = gone.producer_key`,
    [removed.map((row) => row.nodeKey), removed.map((row) => row.name), removed.map((row) => row.producerKey)],
  );
}

/** Rows opened and closed by events of one batch are there already: they are inserted before. */
async function close(
  client: pg.PoolClient,
  schema: string,
  table: string,
  closings: readonly Closing[],
): Promise<void> {
  if (closings.length === 0) return;
  await client.query({
    name: `projection_close_${table}_${schema}`,
    text: `UPDATE ${schema}.${table} SET recorded_to = gone.recorded_to
           FROM unnest($1::uuid[], $2::bigint[]) AS gone(row_id, recorded_to) WHERE ${table}.row_id = gone.row_id`,
    values: [closings.map((closing) => closing.rowId), closings.map((closing) => closing.recordedTo)],
  });
}
