import type { FacetStatement } from '../events.js';
import { jobId, runNodeId, type NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { MICROS_PER_SECOND } from '../time.js';
import type { Body } from './body-reader.js';
import { nameAt, numberAt, recordAt, stringAt } from './body-reader.js';
import type { JobNature, ParentStatement } from './statements.js';

/** How the parser of the event turns ids and times: the same rules hold inside facets. */
export interface IdReader {
  /** A UUID in lower case: the sent one, or a name-based one of anything else. */
  runId(sent: string): string;
  time(sent: string): Micros | null;
}

/** OpenLineage ParentRunFacet 1-1-0; older senders nest `job` and `run` alike. Null where it names no run of a job. */
export function readParent(facet: FacetStatement, ids: IdReader): ParentStatement | null {
  const parent = runOfJob(facet.body, ids);
  if (parent === null) return null;
  const root = recordAt(facet.body, 'root');
  return { producerKey: facet.producerKey, ...parent, root: root === undefined ? null : runOfJob(root, ids) };
}

function runOfJob(body: Body, ids: IdReader): { readonly job: NodeId; readonly run: NodeId } | null {
  const job = recordAt(body, 'job');
  const run = recordAt(body, 'run');
  const namespace = job === undefined ? null : stringAt(job, 'namespace');
  const name = job === undefined ? null : nameAt(job, 'name');
  const sent = run === undefined ? null : nameAt(run, 'runId');
  if (namespace === null || name === null || sent === null) return null;
  const id = jobId(namespace, name);
  return { job: id, run: runNodeId(id, ids.runId(sent)) };
}

export function readNominalTime(facet: FacetStatement, ids: IdReader): { start: Micros | null; end: Micros | null } {
  const at = (key: string): Micros | null => {
    const sent = nameAt(facet.body, key);
    return sent === null ? null : ids.time(sent);
  };
  return { start: at('nominalStartTime'), end: at('nominalEndTime') };
}

/** OpenLineage JobTypeJobFacet 2-0-4: what shapes runs and cycles, and how the job is called. */
export function readJobType(facet: FacetStatement): { readonly nature: JobNature; readonly assetType: string | null } {
  const processing = nameAt(facet.body, 'processingType')?.toUpperCase() ?? null;
  const pattern = recordAt(facet.body, 'emissionPattern');
  const window = pattern === undefined ? null : numberAt(pattern, 'windowDuration');
  const periodic =
    pattern !== undefined && stringAt(pattern, 'eventTrigger') === 'PERIODIC' && window !== null && window > 0;
  const parts = [processing, nameAt(facet.body, 'integration'), nameAt(facet.body, 'jobType')];
  return {
    nature: {
      perpetual: processing === 'STREAMING' || processing === 'SERVICE',
      windowMicros: periodic ? window * MICROS_PER_SECOND : null,
      completeSnapshot: pattern !== undefined && stringAt(pattern, 'eventContentMode') === 'COMPLETE_SNAPSHOT',
      windowed: pattern !== undefined,
    },
    assetType: parts.some((part) => part !== null) ? parts.map((part) => part ?? '').join('/') : null,
  };
}
