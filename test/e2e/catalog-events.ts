/** OpenLineage events of a small insurance flow, for tests that read them back. */
export const NS = 'postgres://claims:5432';
export const JOBS = 'airflow';
const PRODUCER = 'https://example.com/etl/1.2.3';
const SCHEMA = 'https://openlineage.io/spec/2-0-2/OpenLineage.json';

export const facet = (body: object): object => ({ _producer: PRODUCER, _schemaURL: `${SCHEMA}#/$defs/Facet`, ...body });

export interface DatasetSpec {
  /** NS unless given. */
  readonly namespace?: string;
  readonly name: string;
  readonly facets?: object;
  readonly inputFacets?: object;
  readonly outputFacets?: object;
}

export interface RunSpec {
  readonly job: string;
  readonly runId: string;
  readonly at: string;
  readonly type?: 'START' | 'COMPLETE' | 'FAIL';
  readonly inputs?: readonly (string | DatasetSpec)[];
  readonly outputs?: readonly (string | DatasetSpec)[];
  readonly runFacets?: object;
  readonly jobFacets?: object;
}

const dataset = (spec: string | DatasetSpec): object =>
  typeof spec === 'string' ? { namespace: NS, name: spec } : { namespace: NS, facets: {}, ...spec };

export function runEvent({ job, runId, at, type = 'COMPLETE', ...rest }: RunSpec): object {
  return {
    eventType: type,
    eventTime: at,
    producer: PRODUCER,
    schemaURL: `${SCHEMA}#/$defs/RunEvent`,
    run: { runId, facets: rest.runFacets ?? {} },
    job: { namespace: JOBS, name: job, facets: rest.jobFacets ?? {} },
    inputs: (rest.inputs ?? []).map(dataset),
    outputs: (rest.outputs ?? []).map(dataset),
  };
}

export const runId = (n: number): string => `0190b0c5-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const datasetNode = (name: string): string => `dataset:${encodeURIComponent(NS)}:${name}`;
export const jobNode = (name: string): string => `job:${JOBS}:${name}`;
export const fieldNode = (name: string, field: string): string => `field:${encodeURIComponent(NS)}:${name}:${field}`;
export const runNode = (job: string, n: number): string => `run:${JOBS}:${job}:${runId(n)}`;

const schema = (...names: readonly string[]): object => ({
  schema: facet({ fields: names.map((name) => ({ name, type: name === 'amount' ? 'DECIMAL' : 'VARCHAR' })) }),
});

/** raw.claims -> clean -> claims -> score -> scores: owners, tags, columns with a mask, a failed run, a changed schema. */
export function claimsFlow(): readonly object[] {
  const rawFacets = { ...schema('id', 'holder', 'amount'), datasetType: facet({ datasetType: 'TABLE' }) };
  const cleanFacets = {
    ...schema('id', 'holder_hash', 'amount'),
    documentation: facet({ description: 'Claims without personal data.' }),
    ownership: facet({ owners: [{ name: 'team:claims', type: 'OWNER' }] }),
    tags: facet({
      tags: [
        { key: 'tier', value: 'gold' },
        { key: 'pii', value: 'true', field: 'holder_hash' },
      ],
    }),
    columnLineage: facet({
      fields: {
        holder_hash: {
          inputFields: [
            {
              ...{ namespace: NS, name: 'raw.claims', field: 'holder' },
              transformations: [{ type: 'DIRECT', subtype: 'TRANSFORMATION', description: 'sha256', masking: true }],
            },
          ],
        },
        amount: { inputFields: [{ namespace: NS, name: 'raw.claims', field: 'amount' }] },
      },
    }),
  };
  const clean = (n: number, day: string): object[] => [
    runEvent({ job: 'clean', runId: runId(n), at: `${day}T01:00:00Z`, type: 'START' }),
    runEvent({
      ...{ job: 'clean', runId: runId(n), at: `${day}T01:10:00.123456Z` },
      inputs: [{ name: 'raw.claims', facets: rawFacets }],
      outputs: [{ name: 'claims', facets: cleanFacets }],
      jobFacets: { jobType: facet({ processingType: 'BATCH', integration: 'AIRFLOW', jobType: 'TASK' }) },
    }),
  ];
  return [
    ...clean(1, '2026-03-01'),
    ...clean(2, '2026-03-02'),
    runEvent({ job: 'score', runId: runId(11), at: '2026-03-02T02:00:00Z', inputs: ['claims'], outputs: ['scores'] }),
    runEvent({ job: 'score', runId: runId(12), at: '2026-03-03T02:00:00Z', type: 'START' }),
    runEvent({ job: 'score', runId: runId(12), at: '2026-03-03T02:05:00Z', type: 'FAIL', inputs: ['claims'] }),
    runEvent({ job: 'report', runId: runId(21), at: '2026-03-04T03:00:00Z', inputs: ['scores'], outputs: ['report'] }),
  ];
}
