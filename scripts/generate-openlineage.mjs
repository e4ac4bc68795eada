#!/usr/bin/env node
/**
 * Compiles the vendored OpenLineage schemas into validators ahead of time, so that starting costs no compilation.
 *
 *   node scripts/generate-openlineage.mjs                     write the generated files
 *   node scripts/generate-openlineage.mjs --check             exit 1 when a generated file is out of date
 *   node scripts/generate-openlineage.mjs --vendor <spec dir> copy the published schemas first
 *
 * Every schema gives two validators: `strict` is the published one; `relaxed` is what the product accepts (see
 * `relaxFacet` and `relaxEvent` below). What only `strict` refuses becomes a finding.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { emit, newAjv, root, writeOrCheck } from './standalone-validators.mjs';

const outDir = path.join(root, 'libs/domain/src/openlineage/generated');
const schemaDir = path.join(outDir, 'schemas');
const EVENT_SCHEMA = 'OpenLineage.json';

/** Base facet of OpenLineage.json -> the place in an event where such a facet stands. */
const PLACE_OF_BASE = {
  RunFacet: 'run',
  JobFacet: 'job',
  DatasetFacet: 'dataset',
  InputDatasetFacet: 'input',
  OutputDatasetFacet: 'output',
};

/**
 * Required properties that a projection can do without, by definition. Producers leave them out, and refusing the whole
 * facet for them would lose the rest of it.
 */
const NOT_REQUIRED = {
  CatalogDatasetFacet: ['framework', 'type'],
  ColumnLineageDatasetFacet: ['type', 'fields'],
  DataQualityMetricsDatasetFacet: ['columnMetrics'],
  DataQualityMetricsInputDatasetFacet: ['columnMetrics'],
  ErrorMessageRunFacet: ['programmingLanguage'],
  ExternalQueryRunFacet: ['source'],
  InputField: ['type'],
  JobTypeJobFacet: ['processingType', 'integration', 'eventTrigger', 'eventContentMode'],
  LineageTransformation: ['type'],
  SourceCodeJobFacet: ['language'],
  SourceCodeLocationJobFacet: ['type'],
  SymlinksDatasetFacet: ['type'],
};

/** Properties whose type is not checked: Great Expectations sends `"success": "<<non-serializable: bool>>"`. */
const UNTYPED = { DataQualityAssertionsDatasetFacet: ['success'] };

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function vendor(from) {
  rmSync(schemaDir, { recursive: true, force: true });
  mkdirSync(schemaDir, { recursive: true });
  cpSync(path.join(from, EVENT_SCHEMA), path.join(schemaDir, EVENT_SCHEMA));
  cpSync(path.join(from, 'facets'), path.join(schemaDir, 'facets'), { recursive: true });
  const registry = path.join(from, 'registry');
  for (const entry of readdirSync(registry, { recursive: true })) {
    const file = String(entry);
    if (file.includes('facets') && file.endsWith('.json'))
      cpSync(path.join(registry, file), path.join(schemaDir, 'registry', file));
  }
  writeFileSync(
    path.join(schemaDir, 'NOTICE'),
    'The JSON schemas in this folder are published by the OpenLineage project (https://openlineage.io),\n' +
      'Copyright contributors to the OpenLineage project, under the Apache License, Version 2.0\n' +
      '(https://www.apache.org/licenses/LICENSE-2.0). They are unchanged copies.\n',
  );
}

const schemaFiles = () =>
  readdirSync(schemaDir, { recursive: true })
    .map(String)
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.json') && file !== EVENT_SCHEMA)
    .sort();

/** Every object schema inside, depth first, with the definition it belongs to. */
function mapSchema(node, definition, change) {
  if (Array.isArray(node)) return node.map((item) => mapSchema(item, definition, change));
  if (!isObject(node)) return node;
  const out = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'description' || key === 'example' || key === 'deprecated') continue;
    if (key === '$defs' || key === 'properties') {
      out[key] = Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          name,
          mapSchema(inner, key === '$defs' ? name : definition, change),
        ]),
      );
    } else out[key] = mapSchema(value, definition, change);
  }
  return change(out, definition);
}

const BASE_REF = /OpenLineage\.json#\/\$defs\/\w+$/;

/** The base facet (`_producer`, `_schemaURL`, `_deleted`) is checked once for all facets by the event's own schema. */
const withoutBase = (schema) =>
  typeof schema.$ref === 'string' && BASE_REF.test(schema.$ref) ? { type: 'object' } : schema;

function nullable(schema) {
  if (!isObject(schema) || Object.keys(schema).length === 0) return schema;
  const plain =
    typeof schema.type === 'string' &&
    !['enum', 'const', 'oneOf', 'anyOf', 'allOf', '$ref'].some((key) => key in schema);
  return plain ? { ...schema, type: [schema.type, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}

/** Relaxation of a facet: no formats, null stands for absent, and the two tables above. */
function relaxFacet(schema, definition) {
  const out = { ...withoutBase(schema) };
  delete out.format;
  if (Array.isArray(out.required)) {
    const dropped = NOT_REQUIRED[definition] ?? [];
    out.required = out.required.filter((name) => !dropped.includes(name));
  }
  if (isObject(out.properties)) {
    const required = new Set(out.required ?? []);
    out.properties = Object.fromEntries(
      Object.entries(out.properties).map(([name, inner]) => {
        if ((UNTYPED[definition] ?? []).includes(name)) return [name, {}];
        return [name, required.has(name) ? inner : nullable(inner)];
      }),
    );
  }
  if (isObject(out.additionalProperties)) out.additionalProperties = nullable(out.additionalProperties);
  return out;
}

/** Relaxation of an event: only names, ids and the time decide; everything else is read leniently. */
function relaxEvent(schema) {
  const out = { ...schema };
  delete out.format;
  delete out.not;
  if (Array.isArray(out.required))
    out.required = out.required.filter((name) => name !== 'producer' && name !== 'schemaURL');
  if (isObject(out.properties)) {
    out.properties = { ...out.properties };
    for (const name of ['producer', 'schemaURL', 'eventType', 'facets', 'inputFacets', 'outputFacets'])
      delete out.properties[name];
    for (const name of ['inputs', 'outputs']) {
      if (isObject(out.properties[name])) out.properties[name] = { items: out.properties[name].items };
    }
  }
  return out;
}

/** The facets a schema file defines: name, place and definition. */
function facetsOf(file, schema) {
  const found = [];
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const options = property.anyOf ?? [property];
    for (const option of options) {
      const definition = option.$ref.replace('#/$defs/', '');
      found.push(...placesOf(schema, definition).map((place) => ({ name, place, definition, file })));
    }
  }
  if (found.length === 0) throw new Error(`${file}: no facet found`);
  return found;
}

function placesOf(schema, definition) {
  const body = schema.$defs[definition];
  const places = [];
  for (const part of [...(body.allOf ?? []), ...(body.oneOf ?? [])]) {
    const base = part.$ref?.match(BASE_REF) ? part.$ref.split('/').at(-1) : undefined;
    if (base !== undefined && PLACE_OF_BASE[base]) places.push(PLACE_OF_BASE[base]);
    else if (part.$ref?.startsWith('#/$defs/')) places.push(...placesOf(schema, part.$ref.slice('#/$defs/'.length)));
  }
  if (places.length === 0) throw new Error(`${definition}: no base facet`);
  return places;
}

const BANNER = `// @ts-nocheck
// Generated by scripts/generate-openlineage.mjs from the schemas in ./schemas (OpenLineage, Apache-2.0). Do not edit.
`;

function generate() {
  const eventSchema = readJson(path.join(schemaDir, EVENT_SCHEMA));
  const eventAjv = newAjv(true);
  eventAjv.addSchema({ ...mapSchema(eventSchema, '', (schema) => schema), $id: 'strict' });
  eventAjv.addSchema({ ...mapSchema(eventSchema, '', relaxEvent), $id: 'relaxed' });
  const events = {};
  for (const kind of ['Run', 'Job', 'Dataset']) {
    for (const level of ['strict', 'relaxed']) events[`${level}${kind}Event`] = `${level}#/$defs/${kind}Event`;
  }

  const facetAjv = newAjv(false);
  const facets = {};
  const catalog = [];
  for (const file of schemaFiles()) {
    const schema = readJson(path.join(schemaDir, file));
    const stem = path.basename(file, '.json');
    facetAjv.addSchema({ ...mapSchema(schema, '', withoutBase), $id: `strict-${stem}` });
    facetAjv.addSchema({ ...mapSchema(schema, '', relaxFacet), $id: `relaxed-${stem}` });
    for (const facet of facetsOf(file, schema)) {
      catalog.push({ ...facet, schemaUrl: schema.$id });
      for (const level of ['strict', 'relaxed']) {
        facets[`${level}_${facet.definition}`] = `${level}-${stem}#/$defs/${facet.definition}`;
      }
    }
  }
  catalog.sort((a, b) => (`${a.name} ${a.place}` < `${b.name} ${b.place}` ? -1 : 1));
  const rows = catalog.map((row) => `  ${JSON.stringify(row)},`).join('\n');
  return {
    'event-validators.ts': emit(BANNER, eventAjv, events, 'eventValidators'),
    'facet-validators.ts': emit(BANNER, facetAjv, facets, 'facetValidators'),
    'published-facets.ts':
      `${BANNER.replace('// @ts-nocheck\n', '')}import type { PublishedFacet } from '../validator.js';\n\n` +
      `export const PUBLISHED_FACETS: readonly PublishedFacet[] = [\n${rows}\n];\n`,
  };
}

const args = process.argv.slice(2);
const vendorAt = args.indexOf('--vendor');
if (vendorAt >= 0) {
  const from = args[vendorAt + 1];
  if (from === undefined) throw new Error('--vendor needs the folder that holds OpenLineage.json');
  vendor(from);
}
writeOrCheck(outDir, generate(), 'scripts/generate-openlineage.mjs');
