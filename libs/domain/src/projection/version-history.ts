import type { EdgeEvidence } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { siblingKey, type SiblingRuns } from './sibling-runs.js';
import { compareText } from './stamp.js';

/** One version of a dataset as one run made it. */
export interface Writer {
  readonly dataset: NodeId;
  readonly version: NodeId;
  readonly run: NodeId;
  readonly job: NodeId;
  readonly parentRun: NodeId | null;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  /** Effective times of its attempts' COMPLETE events; empty while PARTIAL. Sorted. */
  readonly generatedAt: readonly Micros[];
}

/** One run that reads a dataset; `versions` are those that its `version` facet names. */
export interface Reader {
  readonly dataset: NodeId;
  readonly run: NodeId;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly versions: readonly NodeId[];
}

export interface UsedVersion {
  /** Null for a gap without a candidate. */
  readonly version: NodeId | null;
  readonly evidence: EdgeEvidence;
  readonly gap: 'AMBIGUOUS' | null;
}

/** By {@link siblingKey}: needed where several runs of one job under one parent run write a dataset. */
export type Siblings = ReadonlyMap<string, SiblingRuns>;

/**
 * Rule 27: what a reader used. Named versions are OBSERVED. Without one it is every version of the cycle that holds the
 * latest generating time at or before the reader's first event, INFERRED; a writer whose events overlap the reader's
 * makes the answer AMBIGUOUS, also where no version is a candidate. `writers` may be any set that holds all that matter to this reader.
 */
export function usedVersions(reader: Reader, writers: readonly Writer[], siblings: Siblings): readonly UsedVersion[] {
  if (reader.versions.length > 0) {
    return [...reader.versions].sort(compareText).map((version) => ({ version, evidence: 'OBSERVED', gap: null }));
  }
  const others = writers.filter((writer) => writer.run !== reader.run);
  const overlapping = others.filter((writer) => writer.firstAt < reader.lastAt && reader.firstAt < writer.lastAt);
  const latest = latestWriter(others, reader.firstAt);
  const chosen =
    latest === undefined
      ? []
      : cycleOf(latest, others, siblings).filter((writer) => isGeneratedBy(writer, reader.firstAt));
  const isAmbiguous = overlapping.length > 0;
  const candidates = isAmbiguous
    ? [...chosen, ...overlapping.filter((writer) => writer.generatedAt.length > 0)]
    : chosen;
  const versions = [...new Set(candidates.map((writer) => writer.version))].sort(compareText);
  const gap = isAmbiguous ? 'AMBIGUOUS' : null;
  const answers = versions.length === 0 && isAmbiguous ? [null] : versions;
  return answers.map((version) => ({ version, evidence: 'INFERRED', gap }));
}

function isGeneratedBy(writer: Writer, at: Micros): boolean {
  return writer.generatedAt.some((time) => time <= at);
}

function latestWriter(writers: readonly Writer[], at: Micros): Writer | undefined {
  let best: { writer: Writer; time: Micros } | undefined;
  for (const writer of writers) {
    const time = writer.generatedAt.filter((generated) => generated <= at).at(-1);
    if (time === undefined) continue;
    if (best === undefined || time > best.time || (time === best.time && comparePrecedence(writer, best.writer) < 0)) {
      best = { writer, time };
    }
  }
  return best?.writer;
}

/** Of writers with one generating time the latest window counts, then the first in code unit order. */
function comparePrecedence(a: Writer, b: Writer): number {
  return b.firstAt - a.firstAt || compareText(a.run, b.run) || compareText(a.version, b.version);
}

/** A window of a run is a cycle of its own: its version id names it behind the run. */
function isWindow(writer: Writer): boolean {
  return writer.version.split(':').length === 8;
}

/** Writers whose runs are of one cycle with the writer's, which runs that do not write the dataset bound as well. */
function cycleOf(writer: Writer, writers: readonly Writer[], siblings: Siblings): readonly Writer[] {
  if (isWindow(writer)) return [writer];
  const { job, parentRun } = writer;
  const group = parentRun === null ? undefined : siblings.get(siblingKey(job, parentRun));
  const runs = group?.cycleOf(writer.run) ?? new Set([writer.run]);
  return writers.filter((other) => runs.has(other.run) && !isWindow(other));
}
