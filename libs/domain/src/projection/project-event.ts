import type { DatasetMention, FacetStatement, Finding, LineageEvent, StoredEvent } from '../events.js';
import { facetVersionId, runNodeId, type NodeId } from '../identifiers.js';
import { parseEventTime } from '../openlineage/event-time.js';
import { runUuid } from '../openlineage/run-uuid.js';
import { nameAt, recordsAt, stringAt } from './body-reader.js';
import { EventNames } from './event-names.js';
import { isFactFacet, readFacts, RUN_FACETS_ABOUT_JOB } from './fact-facets.js';
import { readColumnLineage, readDatasetLineage, readJobDependencies, readJobLineage } from './lineage-facets.js';
import { readLifecycle, readSymlinks, readVersion } from './identity-facets.js';
import { readMetrics, readTests } from './metric-facets.js';
import type { NameRules } from './name-rules.js';
import type { IdReader } from './run-facets.js';
import { readJobType, readNominalTime, readParent } from './run-facets.js';
import { readSchema } from './schema-facet.js';
import { CLOCK_TOLERANCE, stampOf } from './stamp.js';
import type { EventStatements, JobNature, LineageSlot, RunStatement, TimelineStatement } from './statements.js';

/** Ids and times inside facets are read as those of the event itself. */
const IDS: IdReader = {
  runId: runUuid,
  time: (sent) => {
    const time = parseEventTime(sent);
    return time === undefined || time === 'OUT_OF_RANGE' ? null : time.at;
  },
};

const VERSION_FACETS: ReadonlySet<string> = new Set(['version', 'icebergScanReport', 'icebergCommitReport']);

// Facets are looked up by name, and index rows are limited.
const MAX_FACET_NAME = 500;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type Lists = Pick<
  Mutable<EventStatements>,
  | 'reads'
  | 'writes'
  | 'lineage'
  | 'timelines'
  | 'facets'
  | 'removed'
  | 'symlinks'
  | 'lifecycle'
  | 'versions'
  | 'metrics'
  | 'findings'
>;
type Side = 'READ' | 'WRITE' | 'SELF';

/**
 * What one stored event says, in terms of nodes. Pure and total: whatever the event holds, it yields statements and
 * findings, never an error; it depends on nothing but the event, its digest, its receipt and the name rules.
 */
export function projectEvent(
  stored: Pick<StoredEvent, 'receivedAt' | 'digest'>,
  event: LineageEvent,
  readFindings: readonly Finding[],
  rules: NameRules,
): EventStatements {
  const stamp = stampOf(stored, event);
  const names = new EventNames(event, rules);
  const lists: Lists = {
    reads: [],
    writes: [],
    lineage: [],
    timelines: [],
    facets: [],
    removed: [],
    symlinks: [],
    lifecycle: [],
    versions: [],
    metrics: [],
    findings: [...readFindings],
  };
  if (event.eventTime > stored.receivedAt + CLOCK_TOLERANCE) {
    lists.findings.push({
      code: 'CLOCK_AHEAD',
      pointer: '/eventTime',
      message: 'eventTime lies in the future; the time of receipt plus 5 minutes counts instead',
    });
  }
  const job = event.job === null ? null : names.ownJob(event.job, dbtUniqueId(event));
  const jobNature = job === null || event.job === null ? null : projectJob(job, event.job.facets, names, lists);
  for (const input of event.inputs) projectMention(input, 'READ', job, names, lists);
  for (const output of event.outputs) projectMention(output, 'WRITE', job, names, lists);
  if (event.dataset !== null) projectMention(event.dataset, 'SELF', null, names, lists);
  const run = job === null ? null : projectRun(event, job, names, lists);
  return {
    kind: event.kind,
    stamp,
    producer: event.producer,
    producerKey: event.producerKey,
    run,
    job,
    nature: jobNature,
    assets: names.assets(),
    ...lists,
    reads: [...new Set(lists.reads)],
    writes: [...new Set(lists.writes)],
    aliases: names.aliases(),
  };
}

/** OpenLineage ExtractionErrorRunFacet 1-1-2: what a producer says it could not see of its own lineage. */
function readExtractionErrors(facet: FacetStatement): readonly Finding[] {
  return recordsAt(facet.body, 'errors').map((error, index) => ({
    code: 'EXTRACTION_ERROR',
    pointer: `${facet.pointer}/errors/${index}`,
    message: `the producer could not extract all lineage: ${nameAt(error, 'errorMessage') ?? 'no message'}`,
  }));
}

/** `dbt_node` stands among the run's facets, in some versions among the job's. */
function dbtUniqueId(event: LineageEvent): string | null {
  const facets = [...(event.run?.facets ?? []), ...(event.job?.facets ?? [])];
  // A test's job carries the unique_id of the model that it tests, which it is not.
  const isTest = event.job?.facets.some(
    (facet) => facet.name === 'jobType' && stringAt(facet.body, 'jobType') === 'TEST',
  );
  if (isTest === true) return null;
  const node = facets.find((facet) => facet.name === 'dbt_node' && facet.valid && !facet.deleted);
  return node === undefined ? null : nameAt(node.body, 'unique_id');
}

function projectJob(job: NodeId, facets: readonly FacetStatement[], names: EventNames, lists: Lists): JobNature | null {
  let nature: JobNature | null = null;
  for (const facet of facets) {
    if (facet.deleted && facet.name === 'lineage') {
      const { producerKey } = facet;
      lists.lineage.push({ slot: 'lineage@job', producerKey, statements: [], jobStatements: [], control: [] });
    }
    if (!show(job, facet, lists, names)) continue;
    if (facet.name === 'jobType') {
      const type = readJobType(facet);
      nature = type.nature;
      names.setType(job, type.assetType);
    } else if (facet.name === 'lineage') lists.lineage.push(readJobLineage(job, facet, names));
  }
  return nature;
}

function projectRun(event: LineageEvent, job: NodeId, names: EventNames, lists: Lists): RunStatement | null {
  if (event.run === null) return null;
  const id = runNodeId(job, event.run.runId);
  let parent: RunStatement['parent'] = null;
  let nominal: { start: number | null; end: number | null } = { start: null, end: null };
  for (const facet of event.run.facets) {
    if (!show(id, facet, lists, names, RUN_FACETS_ABOUT_JOB.has(facet.name) ? job : id)) continue;
    if (facet.name === 'parent') parent = names.referParent(readParent(facet, IDS), id);
    else if (facet.name === 'nominalTime') nominal = readNominalTime(facet, IDS);
    else if (facet.name === 'jobDependencies') lists.lineage.push(readJobDependencies(job, facet, names));
    else if (facet.name === 'extractionError') lists.findings.push(...readExtractionErrors(facet));
    else if (facet.name === 'test') {
      for (const dataset of new Set(lists.reads)) {
        lists.metrics.push(...readTests({ dataset, side: 'READ', version: null }, facet));
      }
    }
  }
  return {
    id,
    runId: event.run.runId,
    originalRunId: event.run.originalRunId,
    type: event.eventType,
    parent,
    nominalStartAt: nominal.start,
    nominalEndAt: nominal.end,
  };
}

function projectMention(
  mention: DatasetMention,
  side: Side,
  job: NodeId | null,
  names: EventNames,
  lists: Lists,
): void {
  const dataset = names.ownDataset(mention);
  const isDrop = mention.facets.some((facet) => facet.name === 'lifecycleStateChange' && isDropOf(facet));
  if (side === 'READ') lists.reads.push(dataset);
  // A DROP names the table as output, but nothing was written into it (rule 24).
  if (side === 'WRITE' && !isDrop) lists.writes.push(dataset);
  const used: FacetStatement[] = [];
  for (const facet of [...mention.facets, ...mention.sideFacets]) {
    if (facet.deleted) retract(dataset, facet, side, lists);
    if (!show(dataset, facet, lists, names)) continue;
    // What is dropped has no schema, lineage or version any more, however the producer saw it last.
    if (!isDrop || facet.name === 'lifecycleStateChange' || facet.name === 'symlinks') used.push(facet);
  }
  for (const facet of used) projectDatasetFacet(dataset, facet, side, job, names, lists);
  const measured = { dataset, side, version: versionOf(dataset, used) };
  for (const facet of used) lists.metrics.push(...readMetrics(measured, facet, names));
}

/** The version that a mention's own facets name; null for none, or where they differ. */
function versionOf(dataset: NodeId, facets: readonly FacetStatement[]): NodeId | null {
  const values = facets.flatMap((facet) => (VERSION_FACETS.has(facet.name) ? [readVersion(facet)] : []));
  const [value, ...others] = new Set(values.filter((named) => named !== null));
  return value === undefined || others.length > 0 ? null : facetVersionId(dataset, value);
}

/** `_deleted` takes back what the same producer said in this facet (rule 12). */
function retract(dataset: NodeId, facet: FacetStatement, side: Side, lists: Lists): void {
  const { name, producerKey } = facet;
  if (name === 'schema') {
    const authoritative = side !== 'READ';
    lists.timelines.push({ node: dataset, slot: name, producerKey, authoritative, facts: [], fields: [] });
  } else if ((name === 'columnLineage' || name === 'lineage') && side !== 'READ') {
    lists.lineage.push({ slot: `${name}@${dataset}`, producerKey, statements: [], jobStatements: [], control: [] });
  }
}

function isDropOf(facet: FacetStatement): boolean {
  return facet.valid && !facet.deleted && nameAt(facet.body, 'lifecycleStateChange') === 'DROP';
}

function projectDatasetFacet(
  dataset: NodeId,
  facet: FacetStatement,
  side: Side,
  job: NodeId | null,
  names: EventNames,
  lists: Lists,
): void {
  switch (facet.name) {
    case 'schema':
      lists.timelines.push(schemaTimeline(dataset, facet, side !== 'READ'));
      return;
    case 'columnLineage':
      // An input's column lineage tells how that input was made, not what this job does.
      if (side !== 'READ') keepLineage(readColumnLineage(dataset, facet, names), side, lists);
      return;
    case 'lineage':
      if (side !== 'READ') keepLineage(readDatasetLineage(dataset, job, facet, names), side, lists);
      return;
    case 'symlinks':
      lists.symlinks.push(...readSymlinks(dataset, facet, names));
      return;
    case 'lifecycleStateChange': {
      const lifecycle = readLifecycle(dataset, facet, names);
      if (lifecycle !== null) lists.lifecycle.push(lifecycle);
      return;
    }
    case 'version':
    case 'icebergScanReport':
    case 'icebergCommitReport': {
      const value = readVersion(facet);
      if (value !== null) lists.versions.push({ dataset, side, value });
      return;
    }
    case 'datasetType': {
      names.setType(dataset, nameAt(facet.body, 'datasetType'));
      return;
    }
  }
}

/** A dataset named only by the lineage of an output is read by the job all the same (rule 20). */
function keepLineage(slot: LineageSlot, side: Side, lists: Lists): void {
  lists.lineage.push(slot);
  if (side === 'WRITE') for (const statement of slot.statements) lists.reads.push(...statement.datasets);
}

function schemaTimeline(dataset: NodeId, facet: FacetStatement, authoritative: boolean): TimelineStatement {
  const fields = readSchema(facet);
  return { node: dataset, slot: 'schema', producerKey: facet.producerKey, authoritative, facts: [], fields };
}

/** Keeps the facet for display and its facts; false where nothing more is to be read from it. */
function show(node: NodeId, facet: FacetStatement, lists: Lists, names: EventNames, about: NodeId = node): boolean {
  if (facet.deleted) {
    lists.removed.push({ node, name: facet.name, producerKey: facet.producerKey });
    if (isFactFacet(facet)) lists.timelines.push(readFacts(about, facet, names));
    return false;
  }
  if (facet.name.length > MAX_FACET_NAME) {
    const message = `a facet's name may have ${MAX_FACET_NAME} characters; the facet is kept in the event only`;
    lists.findings.push({ code: 'FACET_NAME_TOO_LONG', pointer: facet.pointer.slice(0, MAX_FACET_NAME), message });
    return false;
  }
  lists.facets.push({ node, facet });
  if (!facet.valid) return false;
  if (isFactFacet(facet)) lists.timelines.push(readFacts(about, facet, names));
  return true;
}
