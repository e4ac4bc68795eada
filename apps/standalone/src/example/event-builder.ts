import { formatMicros } from '@headwater/domain/time';
import type { Micros } from '@headwater/domain/time';
import type { AssetDefinition } from './assets.js';
import type { FieldDefinition, Json } from './facets.js';
import { documentationFacet, facet, ownershipFacet, schemaFacet, SPEC, tagsFacet } from './facets.js';
import type { JobDefinition, OutputDefinition } from './jobs.js';

export type EventType = 'START' | 'RUNNING' | 'COMPLETE' | 'FAIL';

/** One run of a job as the example tells it; facets are merged into the event's own. */
export interface RunDescription {
  readonly job: JobDefinition;
  readonly runId: string;
  readonly runFacets?: Json;
  readonly jobFacets?: Json;
  /** By dataset name. */
  readonly inputFacets?: Readonly<Record<string, Json>>;
  readonly datasetFacets?: Readonly<Record<string, Json>>;
  readonly outputFacets?: Readonly<Record<string, Json>>;
  /** By dataset name, where the schema differs from the definition. */
  readonly schemas?: Readonly<Record<string, readonly FieldDefinition[]>>;
}

export function producerOf(service: string): string {
  return `https://insurance.example/services/${service}/v2.4.0`;
}

export function runEvent(description: RunDescription, type: EventType, at: Micros): Json {
  const { job } = description;
  const producer = producerOf(job.service);
  return {
    eventType: type,
    eventTime: formatMicros(at),
    producer,
    schemaURL: `${SPEC}/RunEvent`,
    run: { runId: description.runId, facets: { ...engineFacet(job, producer), ...description.runFacets } },
    job: { namespace: job.service, name: job.name, facets: { ...jobFacets(job), ...description.jobFacets } },
    inputs: job.inputs.map((asset) => ({
      namespace: asset.namespace,
      name: asset.name,
      facets: {
        ...schemaOf(description, asset, producer),
        ...datasetType(asset, producer),
        ...description.datasetFacets?.[asset.name],
      },
      inputFacets: description.inputFacets?.[asset.name] ?? {},
    })),
    outputs: job.outputs.map((output) => ({
      namespace: output.asset.namespace,
      name: output.asset.name,
      facets: {
        ...assetFacets(output.asset, producer),
        ...schemaOf(description, output.asset, producer),
        ...lineageFacets(output, producer),
        ...description.datasetFacets?.[output.asset.name],
      },
      outputFacets: description.outputFacets?.[output.asset.name] ?? {},
    })),
  };
}

/** What a catalog team states about a dataset that no job of the example writes. */
export function datasetEvent(asset: AssetDefinition, at: Micros, facets: Json = {}): Json {
  const producer = producerOf('catalog-import');
  const stated = { ...assetFacets(asset, producer), schema: schemaFacet(producer, asset.fields) };
  return {
    eventTime: formatMicros(at),
    producer,
    schemaURL: `${SPEC}/DatasetEvent`,
    dataset: { namespace: asset.namespace, name: asset.name, facets: { ...stated, ...facets } },
  };
}

/** The warehouse reports that a table is gone. */
export function dropEvent(asset: AssetDefinition, at: Micros): Json {
  const producer = producerOf('warehouse-audit');
  return {
    eventTime: formatMicros(at),
    producer,
    schemaURL: `${SPEC}/DatasetEvent`,
    dataset: {
      namespace: asset.namespace,
      name: asset.name,
      facets: {
        lifecycleStateChange: facet(producer, '1-0-1/LifecycleStateChangeDatasetFacet', {
          lifecycleStateChange: 'DROP',
        }),
      },
    },
  };
}

function jobFacets(job: JobDefinition): Json {
  const producer = producerOf(job.service);
  const streaming = job.processingType === 'STREAMING';
  const emissionPattern = streaming
    ? { emissionPattern: { eventTrigger: 'PERIODIC', eventContentMode: 'COMPLETE_SNAPSHOT', windowDuration: 21_600 } }
    : {};
  return {
    jobType: facet(producer, '2-0-4/JobTypeJobFacet', {
      processingType: job.processingType,
      integration: job.integration,
      jobType: streaming ? 'STREAM_PROCESSOR' : 'TASK',
      ...emissionPattern,
    }),
    ownership: ownershipFacet(producer, 'Job', [`team:${job.service}`]),
    documentation: documentationFacet(producer, 'Job', job.description),
    sourceCodeLocation: facet(producer, '1-1-0/SourceCodeLocationJobFacet', {
      type: 'git',
      url: `https://git.insurance.example/${job.service}/tree/v2.4.0/jobs/${job.name}`,
      repoUrl: `https://git.insurance.example/${job.service}`,
      path: `jobs/${job.name}`,
      tag: 'v2.4.0',
    }),
    ...(job.sql === undefined
      ? {}
      : { sql: facet(producer, '1-1-0/SQLJobFacet', { query: job.sql, dialect: 'postgres' }) }),
  };
}

function engineFacet(job: JobDefinition, producer: string): Json {
  const versions: Readonly<Record<string, string>> = { SPARK: '3.5.3', FLINK: '1.20.0', PYTHON: '3.12.4', SQL: '17.2' };
  return {
    processing_engine: facet(producer, '1-1-1/ProcessingEngineRunFacet', {
      name: job.integration.toLowerCase(),
      version: versions[job.integration] ?? '1',
      openlineageAdapterVersion: '1.40.1',
    }),
  };
}

function datasetType(asset: AssetDefinition, producer: string): Json {
  return {
    datasetType: facet(producer, '1-0-1/DatasetTypeDatasetFacet', {
      datasetType: asset.type,
      ...(asset.subType === undefined ? {} : { subType: asset.subType }),
    }),
  };
}

function assetFacets(asset: AssetDefinition, producer: string): Json {
  return {
    ...datasetType(asset, producer),
    documentation: documentationFacet(producer, 'Dataset', asset.description),
    ...(asset.owner === null ? {} : { ownership: ownershipFacet(producer, 'Dataset', [asset.owner]) }),
    ...(asset.tags.length === 0 ? {} : { tags: tagsFacet(producer, 'Dataset', asset.tags) }),
    ...(asset.type === 'MODEL'
      ? {}
      : {
          dataSource: facet(producer, '1-0-1/DatasourceDatasetFacet', { name: asset.namespace, uri: asset.namespace }),
        }),
  };
}

function schemaOf(description: RunDescription, asset: AssetDefinition, producer: string): Json {
  const definitions = description.schemas?.[asset.name] ?? asset.fields;
  return definitions.length === 0 ? {} : { schema: schemaFacet(producer, definitions) };
}

function lineageFacets(output: OutputDefinition, producer: string): Json {
  if (output.explicitSources !== undefined)
    return { lineage: explicitLineage(output, output.explicitSources, producer) };
  if (output.columns.length === 0) return {};
  const targets = [...new Set(output.columns.map((column) => column.to))];
  const fields = targets.map((target) => [target, { inputFields: sourcesOf(output, target) }] as const);
  const dataset = output.wide.map(({ from, field, subtype }) => ({
    namespace: from.namespace,
    name: from.name,
    field,
    transformations: [{ type: 'INDIRECT', subtype, description: '', masking: false }],
  }));
  return {
    columnLineage: facet(producer, '1-2-0/ColumnLineageDatasetFacet', { fields: Object.fromEntries(fields), dataset }),
  };
}

function explicitLineage(output: OutputDefinition, sources: readonly AssetDefinition[], producer: string): Json {
  const targets = [...new Set(output.columns.map((column) => column.to))];
  const inputsOf = (target: string): Json => ({
    inputs: sourcesOf(output, target).map((source) => ({ ...source, type: 'DATASET' })),
  });
  return {
    _producer: producer,
    _schemaURL: 'https://openlineage.io/spec/facets/1-0-0/LineageFacet.json#/$defs/LineageDatasetFacet',
    inputs: sources.map(({ namespace, name }) => ({ namespace, name, type: 'DATASET' })),
    fields: Object.fromEntries(targets.map((target) => [target, inputsOf(target)])),
  };
}

function sourcesOf(output: OutputDefinition, target: string): readonly Json[] {
  return output.columns
    .filter((column) => column.to === target)
    .map(({ from, field, subtype, masking, description }) => ({
      namespace: from.namespace,
      name: from.name,
      field,
      transformations: [{ type: 'DIRECT', subtype, description, masking }],
    }));
}
