import { datasetId, jobId, type NodeId } from '@headwater/domain/identifiers';
import type { SlotBody } from '@headwater/domain/projection/contribution';
import { edgeSetOf, type EdgeSet } from '@headwater/domain/projection/edge-set';
import type { HistoryEntry } from '@headwater/domain/projection/job-cycles';

/** The job whose history is written down. */
export const JOB = jobId('jobs', 'j');
export const PRODUCER = 'https://example.com/producer';
export const OTHER_PRODUCER = 'https://example.com/other';

export const table = (name: string): NodeId => datasetId('db', name);
export const readKey = (name: string): string => `READ|${table(name)}|${JOB}`;
export const writeKey = (name: string): string => `WRITE|${JOB}|${table(name)}`;
export const pairKey = (input: string, output: string): string => `${table(input)}|${table(output)}`;

/**
 * What a contribution written as `a b > x y[a]` names: its inputs, its outputs, and in brackets the only sources of an
 * output with a `lineage` facet. The text stands for the contribution's hash: written alike is equal.
 */
export function writtenEdges(contribution: string): EdgeSet {
  const [inputs = '', outputs = ''] = contribution.split('>');
  const written = words(outputs).map((word) => /^([^[]+)(?:\[(.*)\])?$/.exec(word) ?? ['', word]);
  const explicit = new Map(
    written.flatMap(([, name = '', list]) => (list === undefined ? [] : [[name, list] as const])),
  );
  const slot = (hash: string): SlotBody => ({
    statements: [
      {
        target: table(hash),
        explicit: true,
        datasets: (explicit.get(hash) ?? '').split(',').filter(Boolean).map(table),
        jobs: [],
        fields: [],
        wide: [],
      },
    ],
    jobStatements: [],
    control: [],
  });
  return edgeSetOf(
    JOB,
    {
      reads: words(inputs).map(table),
      writes: written.map(([, name = '']) => table(name)),
      slots: [...explicit.keys()].map((name) => [`lineage@${table(name)}`, name]),
      parents: [],
    },
    { slot, contribution: () => ({ reads: [], writes: [], slots: [], parents: [] }) },
  );
}

/** A complete run of its own at `at` that says `contribution`, unless told otherwise. */
export function writtenEntry(
  at: number,
  contribution: string,
  more: Partial<Omit<HistoryEntry, 'run'>> & { readonly run?: string } = {},
): HistoryEntry {
  const { run = `at-${String(at)}`, ...rest } = more;
  return {
    window: '',
    firstAt: at,
    parentRun: null,
    complete: true,
    perpetual: false,
    contributions: { [PRODUCER]: contribution },
    ...rest,
    run: `run:jobs:j:${run}` as NodeId,
  };
}

function words(text: string): readonly string[] {
  return text.split(' ').filter(Boolean);
}
