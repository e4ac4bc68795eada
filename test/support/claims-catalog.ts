import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import type { EdgeRow } from '@headwater/domain/graph';
import { datasetId, jobId, type NodeId } from '@headwater/domain/identifiers';
import type { Page } from '@headwater/domain/page';

export const PRODUCER = 'https://example.org/producer';
export const DB = 'postgres://db:5432';

export const claims = datasetId(DB, 'public.claims');
export const report = datasetId(DB, 'public.report');
export const loader = jobId('airflow', 'load');
export const parentJob = jobId('airflow', 'dag');
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const at = (time: string): number => Date.parse(time) * 1000;

const facet = (body: object): object => ({
  _producer: PRODUCER,
  _schemaURL: 'https://example.org/schema.json',
  ...body,
});
const schema = (...names: string[]): object => facet({ fields: names.map((name) => ({ name, type: 'text' })) });
const owners = (...names: string[]): object => facet({ owners: names.map((name) => ({ name, type: 'OWNER' })) });

export function run(
  n: number,
  eventType: string,
  eventTime: string,
  more: Partial<Record<'job' | 'run' | 'inputs' | 'outputs', unknown>> = {},
): object {
  return {
    ...{ eventType, eventTime, producer: PRODUCER },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: uuid(n) },
    job: { namespace: 'airflow', name: 'load' },
    inputs: [{ namespace: DB, name: 'public.claims' }],
    outputs: [{ namespace: DB, name: 'public.report' }],
    ...more,
  };
}

export function dataset(name: string, eventTime: string, facets: object): object {
  return {
    ...{ eventTime, producer: PRODUCER },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
    dataset: { namespace: DB, name, facets },
  };
}

const parent = (n: number): object => ({
  runId: uuid(n),
  facets: { parent: facet({ run: { runId: uuid(90) }, job: { namespace: 'airflow', name: 'dag' } }) },
});

export const EVENTS: readonly object[] = [
  dataset('public.claims', '2026-11-01T00:00:00Z', {
    schema: schema('id', 'amount', 'note'),
    ownership: owners('team:claims'),
    documentation: facet({ description: 'Claims as filed' }),
  }),
  dataset('public.claims', '2026-11-05T00:00:00Z', { schema: schema('amount', 'id'), ownership: owners('team:data') }),
  run(1, 'START', '2026-11-06T01:00:00Z', { run: parent(1) }),
  run(1, 'COMPLETE', '2026-11-06T01:10:00Z', { run: parent(1) }),
  run(2, 'COMPLETE', '2026-11-07T01:00:00Z', { run: parent(2) }),
  run(3, 'COMPLETE', '2026-11-08T01:00:00Z', { outputs: [{ namespace: DB, name: 'public.other' }] }),
  run(4, 'START', '2026-11-09T01:00:00Z'),
  run(4, 'START', '2026-11-09T02:00:00Z', { job: { namespace: 'airflow', name: 'twin' } }),
  dataset('b.ledger', '2026-11-02T00:00:00Z', { schema: schema('booking'), ownership: owners('team:books') }),
  dataset('a.ledger', '2026-11-03T00:00:00Z', {
    schema: schema('entry'),
    symlinks: facet({ identifiers: [{ namespace: DB, name: 'b.ledger', type: 'TABLE' }] }),
  }),
  run(5, 'COMPLETE', '2026-11-10T01:00:00', { inputs: [], outputs: [] }),
];

export const itemsOf = <T>(page: Page<T> | undefined): T[] => (page?.items ?? []).map(({ item }) => item);

/** Reads a list in pages of `first` until its end. */
export async function readAll<T>(
  first: number,
  read: (page: { first: number; after: string | null }) => Promise<Page<T> | undefined>,
): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 100; pages += 1) {
    const page = await read({ first, after });
    all.push(...itemsOf(page));
    if (page?.hasNextPage !== true) return all;
    if (page.items.length !== first) throw new Error(`a page of ${first} has ${page.items.length} items`);
    after = page.items.at(-1)?.cursor ?? null;
  }
  throw new Error('the list does not end');
}

export function edge(
  kind: EdgeRow['kind'],
  from: NodeId,
  to: NodeId,
  time: ReadTime = { at: LATEST, knownAt: LATEST },
): { rows: EdgeRow[]; time: ReadTime } {
  const row: EdgeRow = {
    ...{ rowId: '0'.repeat(32), kind, from, to, evidence: 'OBSERVED', producer: PRODUCER, job: loader },
    ...{ confidence: 1, transformations: [], validFrom: 0, validTo: null, recordedFrom: 0, recordedTo: null },
  };
  return { rows: [row], time };
}

export const ALL = { first: 100, after: null };
