import type { FacetStatement } from '../events.js';
import type { Transformation } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Body } from './body-reader.js';
import { asRecord, nameAt, own, recordAt, recordsAt, stringAt } from './body-reader.js';
import type { Namer } from './namer.js';
import { readByNames, type ReadByNames } from './namer-answers.js';
import type { FieldSource, JobLineageStatement, LineageSlot, LineageStatement } from './statements.js';
import { wholeSources, type Mention } from './whole-sources.js';

/**
 * OpenLineage ColumnLineageDatasetFacet 1-2-0, current and deprecated shape (rule 20). The same facet is the same slot
 * as long as its names mean the same.
 */
export function readColumnLineage(target: NodeId, facet: FacetStatement, namer: Namer): LineageSlot {
  const { producerKey } = facet;
  const held = COLUMN_LINEAGE.get(facet.body);
  if (held?.target === target && held.producerKey === producerKey && held.read.holdsFor(namer)) return held.read.value;
  const read = readByNames(namer, (names) => columnLineage(target, facet, names));
  COLUMN_LINEAGE.set(facet.body, { target, producerKey, read });
  return read.value;
}

/** Of a facet as it was read last. */
const COLUMN_LINEAGE = new WeakMap<Body, { target: NodeId; producerKey: string; read: ReadByNames<LineageSlot> }>();

function columnLineage(target: NodeId, facet: FacetStatement, namer: Namer): LineageSlot {
  const fields = Object.entries(recordAt(facet.body, 'fields') ?? {}).flatMap(([name, value]) => {
    const entry = asRecord(value);
    if (entry === undefined || name === '') return [];
    const legacy = legacyTransformation(entry);
    const sources = recordsAt(entry, 'inputFields').flatMap((input) => fieldSource(input, namer, legacy));
    return [{ path: namer.path(target, name), sources }];
  });
  const wide = recordsAt(facet.body, 'dataset').flatMap((input) => fieldSource(input, namer, []));
  const datasets = distinct([...fields.flatMap((field) => field.sources), ...wide].map((source) => source.dataset));
  const covered = withWideFields(target, fields, wide, namer);
  const inFields = fields.flatMap((field) => field.sources.map(mentionOf));
  const whole = wholeSources(wide.map(mentionOf), inFields);
  const statement: LineageStatement = { target, explicit: false, datasets, jobs: [], fields: covered, wide, ...whole };
  return slotOf(`columnLineage@${target}`, facet, [statement], []);
}

/** OpenLineage LineageFacet 1-0-0 on a dataset (rule 19): its entity and field sources. */
export function readDatasetLineage(
  target: NodeId,
  ownJob: NodeId | null,
  facet: FacetStatement,
  namer: Namer,
): LineageSlot {
  return slotOf(`lineage@${target}`, facet, [explicitStatement(target, ownJob, facet.body, namer)], []);
}

/** OpenLineage LineageFacet 1-0-0 on a job: one entry for each target dataset or job. */
export function readJobLineage(ownJob: NodeId, facet: FacetStatement, namer: Namer): LineageSlot {
  const statements: LineageStatement[] = [];
  const jobStatements: JobLineageStatement[] = [];
  for (const entry of recordsAt(facet.body, 'entries')) {
    const namespace = stringAt(entry, 'namespace');
    const name = stringAt(entry, 'name');
    if (stringAt(entry, 'type') === 'DATASET' && namespace !== null && name !== null) {
      statements.push(explicitStatement(namer.dataset(namespace, name), ownJob, entry, namer));
    } else if (stringAt(entry, 'type') === 'JOB') {
      const target = namespace !== null && name !== null ? namer.job(namespace, name) : ownJob;
      const { datasets, jobs, mentions } = entitySources(recordsAt(entry, 'inputs'), ownJob, namer);
      const whole = wholeSources(mentions, []);
      jobStatements.push({ target, datasets, jobs: jobs.filter((job) => job !== target), ...whole });
    }
  }
  return slotOf('lineage@job', facet, statements, jobStatements);
}

/** OpenLineage JobDependenciesRunFacet 1-0-1: control, never data (rule 23). */
export function readJobDependencies(ownJob: NodeId, facet: FacetStatement, namer: Namer): LineageSlot {
  const jobsIn = (key: string): readonly NodeId[] =>
    recordsAt(facet.body, key).flatMap((dependency) => {
      const job = recordAt(dependency, 'job');
      const namespace = job === undefined ? null : nameAt(job, 'namespace');
      const name = job === undefined ? null : nameAt(job, 'name');
      return namespace === null || name === null ? [] : [namer.job(namespace, name)];
    });
  const control = [
    ...jobsIn('upstream').map((from) => ({ from, to: ownJob })),
    ...jobsIn('downstream').map((to) => ({ from: ownJob, to })),
  ].filter((edge) => edge.from !== edge.to);
  return { slot: 'jobDependencies', producerKey: facet.producerKey, statements: [], jobStatements: [], control };
}

function slotOf(
  slot: string,
  facet: FacetStatement,
  statements: readonly LineageStatement[],
  jobStatements: readonly JobLineageStatement[],
): LineageSlot {
  return { slot, producerKey: facet.producerKey, statements, jobStatements, control: [] };
}

function explicitStatement(target: NodeId, ownJob: NodeId | null, body: Body, namer: Namer): LineageStatement {
  const inputs = recordsAt(body, 'inputs');
  const entities = entitySources(inputs, ownJob, namer);
  const fields = Object.entries(recordAt(body, 'fields') ?? {}).flatMap(([name, value]) => {
    const entry = asRecord(value);
    if (entry === undefined || name === '') return [];
    const sources = recordsAt(entry, 'inputs').flatMap((input) => fieldSource(input, namer, []));
    return [{ path: namer.path(target, name), sources }];
  });
  const wide = inputs.flatMap((input) => fieldSource(input, namer, []));
  const fieldEntities = Object.values(recordAt(body, 'fields') ?? {}).flatMap((value) => {
    const entry = asRecord(value);
    return entry === undefined ? [] : recordsAt(entry, 'inputs');
  });
  const named = entitySources(fieldEntities, ownJob, namer);
  return {
    target,
    explicit: true,
    datasets: distinct([...entities.datasets, ...named.datasets]).filter((dataset) => dataset !== target),
    jobs: distinct([...entities.jobs, ...named.jobs]),
    fields: withWideFields(target, fields, wide, namer),
    wide,
    ...wholeSources(entities.mentions, named.mentions),
  };
}

function mentionOf({ dataset, transformations }: FieldSource): Mention {
  return { source: dataset, transformations };
}

/** Indirect inputs apply to every output field, also to those that no entry names (rule 20). */
function withWideFields(
  target: NodeId,
  fields: LineageStatement['fields'],
  wide: readonly FieldSource[],
  namer: Namer,
): LineageStatement['fields'] {
  if (wide.length === 0) return fields;
  const listed = new Set(fields.map((field) => JSON.stringify(field.path)));
  const others = namer.fieldsOf(target).map((name) => ({ path: [name], sources: [] }));
  return [...fields, ...others.filter((field) => !listed.has(JSON.stringify(field.path)))];
}

/** `{ type: JOB }` without a name is the event's own job. */
function entitySources(
  inputs: readonly Body[],
  ownJob: NodeId | null,
  namer: Namer,
): { readonly datasets: readonly NodeId[]; readonly jobs: readonly NodeId[]; readonly mentions: readonly Mention[] } {
  const datasets: NodeId[] = [];
  const jobs: NodeId[] = [];
  const mentions: Mention[] = [];
  for (const input of inputs) {
    const namespace = stringAt(input, 'namespace');
    const name = stringAt(input, 'name');
    const named = namespace !== null && name !== null;
    const isJob = stringAt(input, 'type') === 'JOB';
    const source = named
      ? isJob
        ? namer.job(namespace, name)
        : namer.dataset(namespace, name)
      : isJob
        ? ownJob
        : null;
    if (source === null) continue;
    (isJob ? jobs : datasets).push(source);
    mentions.push({ source, transformations: recordsAt(input, 'transformations').map(readTransformation) });
  }
  return { datasets: distinct(datasets), jobs: distinct(jobs), mentions };
}

function fieldSource(input: Body, namer: Namer, legacy: readonly Transformation[]): readonly FieldSource[] {
  const namespace = stringAt(input, 'namespace');
  const name = stringAt(input, 'name');
  const field = nameAt(input, 'field');
  if (namespace === null || name === null || field === null || stringAt(input, 'type') === 'JOB') return [];
  const transformations = recordsAt(input, 'transformations').map(readTransformation);
  const dataset = namer.dataset(namespace, name);
  return [
    {
      dataset,
      path: namer.path(dataset, field),
      transformations: transformations.length > 0 ? transformations : legacy,
    },
  ];
}

function readTransformation(body: Body): Transformation {
  return {
    type: stringAt(body, 'type') ?? '',
    subtype: nameAt(body, 'subtype'),
    description: nameAt(body, 'description'),
    masking: own(body, 'masking') === true,
  };
}

/** ColumnLineageDatasetFacet before 1-1-0 told one transformation a field: IDENTITY or MASKED. */
function legacyTransformation(entry: Body): readonly Transformation[] {
  const type = nameAt(entry, 'transformationType');
  const description = nameAt(entry, 'transformationDescription');
  if (type === null && description === null) return [];
  return [{ type: 'DIRECT', subtype: type, description, masking: type?.toUpperCase() === 'MASKED' }];
}

export function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
