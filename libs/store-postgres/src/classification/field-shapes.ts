import type { FieldRow } from '@headwater/domain/catalog';
import { fieldShape, type FieldShape } from '@headwater/domain/classification/suggestions/field-shape';
import { nameKeys } from '@headwater/domain/classification/suggestions/name-keys';
import { SUGGESTION_REVISION } from '@headwater/domain/classification/suggestions/name-rule';
import { suggestTags, type SuggestTags } from '@headwater/domain/classification/suggestions/suggest-tags';
import {
  SUGGESTION_RULES_ID,
  type SuggestionRule,
  type SuggestionRules,
} from '@headwater/domain/classification/suggestions/suggestion-rules';
import { familyOf } from '@headwater/domain/collection/type-family';
import { hash128, nodeKey } from '@headwater/domain/identifiers';
import type pg from 'pg';
import { FIELD } from '../projection/projection-tables.js';
import { JUDGED } from '../projection/projector-rows.js';
import { storableJson, writeRows, type TableWrite } from '../projection/row-writer.js';

const SHAPES_AT_ONCE = 20_000;

const SUGGESTED_TAG: TableWrite = {
  table: 'suggested_tag',
  columns: { shape_key: 'uuid', tag: 'text', rule: 'text', confidence: 'int' },
};

/** Writes fields with their shapes, in the caller's transaction, and judges the shapes that are new. */
export async function saveFields(client: pg.PoolClient, schema: string, fields: readonly FieldRow[]): Promise<void> {
  if (fields.length === 0) return;
  const shaped = fields.map((field) => ({ field, shape: fieldShape(field) }));
  const { rows: before } = await client.query<{ key: string }>({
    name: `projection_shapes_before_${schema}`,
    text: `SELECT DISTINCT replace(shape_key::text, '-', '') AS key FROM ${schema}.field WHERE key = ANY ($1::uuid[])`,
    values: [fields.map(({ key }) => key)],
  });
  await writeRows(
    client,
    schema,
    FIELD,
    shaped.map(({ field, shape }) => ({ ...field, shapeKey: shape.key })),
  );
  const shapes = new Map(shaped.map(({ shape }) => [shape.key, shape]));
  await forgetUnused(
    client,
    schema,
    before.map(({ key }) => key).filter((key) => !shapes.has(key)),
  );
  const rows = [...shapes.values()].map((shape) => ({
    ...shape,
    ...nameKeys(shape.name),
    family: familyOf(shape.type),
  }));
  const { rows: added } = await client.query<{ key: string }>({
    name: `projection_shapes_${schema}`,
    text: `INSERT INTO ${schema}.field_shape (key, name, type, context, canonical, word_key, short_forms, family)
           SELECT key, name, type, context, canonical, "wordKey", "shortForms", family FROM json_to_recordset($1::json)
             AS row(key uuid, name text, type text, context text, canonical text, "wordKey" text, "shortForms" text[], family text)
           ON CONFLICT (key) DO NOTHING RETURNING replace(key::text, '-', '') AS key`,
    values: [storableJson(rows)],
  });
  const fresh = added.flatMap(({ key }) => shapes.get(key) ?? []);
  if (fresh.length > 0) await judge(client, schema, fresh, suggestTags(await customRules(client, schema)));
}

/** So that the shapes are those of the fields there are, whatever they were before. */
async function forgetUnused(client: pg.PoolClient, schema: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await client.query(
    `WITH unused AS (
       DELETE FROM ${schema}.field_shape s
       WHERE s.key = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM ${schema}.field f WHERE f.shape_key = s.key)
       RETURNING s.key
     )
     DELETE FROM ${schema}.suggested_tag t USING unused u WHERE t.shape_key = u.key`,
    [keys],
  );
}

/**
 * Judges all shapes anew where the rules are others than those that they were judged by: the built-in ones of another
 * revision, or the organization's own. Behind the definitions of the same transaction.
 */
export async function followSuggestionRules(client: pg.PoolClient, schema: string): Promise<void> {
  const custom = await customRules(client, schema);
  const rules = hash128(JSON.stringify([SUGGESTION_REVISION, custom.map(({ name, type, tag }) => [name, type, tag])]));
  const { rows } = await client.query<{ body: { rules: string } }>(
    `SELECT body FROM ${schema}.aggregate WHERE key = $1`,
    [JUDGED],
  );
  if (rows[0]?.body.rules === rules) return;
  await client.query(`DELETE FROM ${schema}.suggested_tag`);
  const suggest = suggestTags(custom);
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows: shapes } = await client.query<FieldShape>(
      `SELECT key, name, type, context FROM ${schema}.field_shape WHERE key > $1::uuid ORDER BY key LIMIT $2`,
      [after, SHAPES_AT_ONCE],
    );
    await judge(client, schema, shapes, suggest);
    const last = shapes.at(-1);
    if (last === undefined || shapes.length < SHAPES_AT_ONCE) break;
    after = last.key;
  }
  await client.query(
    `INSERT INTO ${schema}.aggregate (key, body) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET body = excluded.body`,
    [JUDGED, { rules }],
  );
}

async function judge(
  client: pg.PoolClient,
  schema: string,
  shapes: readonly FieldShape[],
  suggest: SuggestTags,
): Promise<void> {
  const rows = shapes.flatMap((shape) => suggest(shape).map((one) => ({ shapeKey: shape.key, ...one })));
  await writeRows(client, schema, SUGGESTED_TAG, rows);
}

async function customRules(client: pg.PoolClient, schema: string): Promise<readonly SuggestionRule[]> {
  const { rows } = await client.query<{ body: SuggestionRules }>(
    `SELECT d.body FROM ${schema}.definition d WHERE d.key = $1 AND d.recorded_to IS NULL AND d.valid_to IS NULL`,
    [nodeKey(SUGGESTION_RULES_ID)],
  );
  return rows[0]?.body.rules ?? [];
}
