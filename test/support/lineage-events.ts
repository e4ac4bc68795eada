import { datasetId, jobId, runNodeId, type NodeId } from '@headwater/domain/identifiers';
import { MICROS_PER_MINUTE, type Micros } from '@headwater/domain/time';

/** An event as a producer sends it, with its receipt. */
export interface Sent {
  readonly event: Readonly<Record<string, unknown>>;
  readonly receivedAt: Micros;
}

export type Facets = Readonly<Record<string, unknown>>;
/** A name in namespace `db`, or a name with facets. */
export type Mention =
  string | { readonly name: string; readonly namespace?: string; readonly facets?: Facets; readonly side?: Facets };

export const PRODUCER = 'https://example.com/producer';
const EPOCH = Date.parse('2026-11-01T00:00:00Z') * 1000;

/** Minute `n` of the tests' own calendar, in microseconds. */
export function minute(n: number): Micros {
  return EPOCH + Math.round(n * MICROS_PER_MINUTE);
}

export function isoMinute(n: number): string {
  return new Date(minute(n) / 1000).toISOString();
}

export function uuid(n: number): string {
  return `0190aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

export const dataset = (name: string, namespace = 'db'): NodeId => datasetId(namespace, name);
export const job = (name: string, namespace = 'jobs'): NodeId => jobId(namespace, name);
export const runOf = (name: string, n: number, namespace = 'jobs'): NodeId => runNodeId(job(name, namespace), uuid(n));

export type RunType = 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL' | 'OTHER' | null;

export interface RunOptions {
  readonly job?: string;
  readonly namespace?: string;
  readonly run: number;
  readonly type?: RunType;
  /** Minutes. */
  readonly at: number;
  /** Minutes; the moment of the event unless given. */
  readonly received?: number;
  readonly inputs?: readonly Mention[];
  readonly outputs?: readonly Mention[];
  readonly runFacets?: Facets;
  readonly jobFacets?: Facets;
  /** [job, run number] */
  readonly parent?: readonly [job: string, run: number];
  readonly producer?: string;
}

/** A RunEvent; COMPLETE unless told otherwise. */
export function run(options: RunOptions): Sent {
  const { type = 'COMPLETE', parent } = options;
  const facets = parent === undefined ? options.runFacets : { ...options.runFacets, parent: parentFacet(...parent) };
  return sent(options, {
    ...(type === null ? {} : { eventType: type }),
    run: { runId: uuid(options.run), ...(facets === undefined ? {} : { facets }) },
    job: jobBody(options),
    inputs: (options.inputs ?? []).map((mention) => mentionBody(mention, 'inputFacets')),
    outputs: (options.outputs ?? []).map((mention) => mentionBody(mention, 'outputFacets')),
  });
}

export type JobOptions = Omit<RunOptions, 'run' | 'type' | 'runFacets' | 'parent'>;

/** A JobEvent: what a job is declared to read and write. */
export function jobEvent(options: JobOptions): Sent {
  return sent(options, {
    job: jobBody(options),
    inputs: (options.inputs ?? []).map((mention) => mentionBody(mention, 'inputFacets')),
    outputs: (options.outputs ?? []).map((mention) => mentionBody(mention, 'outputFacets')),
  });
}

/** A DatasetEvent. */
export function datasetEvent(options: {
  readonly at: number;
  readonly received?: number;
  readonly dataset: Mention;
  readonly producer?: string;
}): Sent {
  return sent(options, { dataset: mentionBody(options.dataset, 'inputFacets') });
}

function sent(
  {
    at,
    received = at,
    producer = PRODUCER,
  }: { readonly at: number; readonly received?: number; readonly producer?: string },
  body: Readonly<Record<string, unknown>>,
): Sent {
  const schemaURL = `https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/${'run' in body ? 'Run' : 'job' in body ? 'Job' : 'Dataset'}Event`;
  return { event: { eventTime: isoMinute(at), producer, schemaURL, ...body }, receivedAt: minute(received) };
}

function jobBody({ job: name = 'j', namespace = 'jobs', jobFacets }: JobOptions): Facets {
  return { namespace, name, ...(jobFacets === undefined ? {} : { facets: jobFacets }) };
}

function mentionBody(mention: Mention, sideKey: string): Facets {
  if (typeof mention === 'string') return { namespace: 'db', name: mention };
  const { name, namespace = 'db', facets, side } = mention;
  return {
    namespace,
    name,
    ...(facets === undefined ? {} : { facets }),
    ...(side === undefined ? {} : { [sideKey]: side }),
  };
}

const base = { _producer: PRODUCER, _schemaURL: 'https://openlineage.io/spec/facets/1-0-0/Facet.json' };

/** A facet of the tests' producer. */
export function facet(body: Facets, producer = PRODUCER): Facets {
  return { ...base, _producer: producer, ...body };
}

export const deletedFacet = (): Facets => facet({ _deleted: true });

export function parentFacet(name: string, n: number, root?: readonly [job: string, run: number]): Facets {
  const of = (jobName: string, id: number): Facets => ({
    job: { namespace: 'jobs', name: jobName },
    run: { runId: uuid(id) },
  });
  return facet({ ...of(name, n), ...(root === undefined ? {} : { root: of(...root) }) });
}

export function schemaFacet(fields: readonly (string | Facets)[], producer = PRODUCER): Facets {
  return facet(
    { fields: fields.map((field) => (typeof field === 'string' ? { name: field, type: 'TEXT' } : field)) },
    producer,
  );
}

export const versionFacet = (value: string): Facets => facet({ datasetVersion: value });

export function lifecycleFacet(change: string, previous?: string): Facets {
  return facet({
    lifecycleStateChange: change,
    ...(previous === undefined ? {} : { previousIdentifier: { namespace: 'db', name: previous } }),
  });
}

export function symlinksFacet(...names: readonly string[]): Facets {
  return facet({ identifiers: names.map((name) => ({ namespace: 'db', name, type: 'TABLE' })) });
}

/** `{ target: [['source', 'field'], …] }`; `wide` applies to every field. */
export function columnLineageFacet(
  fields: Readonly<Record<string, readonly (readonly [dataset: string, field: string, transformation?: Facets])[]>>,
  wide: readonly (readonly [dataset: string, field: string, transformation?: Facets])[] = [],
  producer = PRODUCER,
): Facets {
  const source = ([name, field, transformation]: readonly [string, string, Facets?]): Facets => ({
    namespace: 'db',
    name,
    field,
    ...(transformation === undefined ? {} : { transformations: [transformation] }),
  });
  return facet(
    {
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, sources]) => [name, { inputFields: sources.map(source) }]),
      ),
      ...(wide.length === 0 ? {} : { dataset: wide.map(source) }),
    },
    producer,
  );
}

export const jobTypeFacet = (processingType: string, emissionPattern?: Facets): Facets =>
  facet({
    processingType,
    integration: 'TEST',
    jobType: 'TASK',
    ...(emissionPattern === undefined ? {} : { emissionPattern }),
  });

export const ownershipFacet = (owners: readonly string[], producer = PRODUCER): Facets =>
  facet({ owners: owners.map((name) => ({ name, type: 'MAINTAINER' })) }, producer);
