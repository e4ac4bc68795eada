import type { ComponentChangeKind } from '@headwater/domain/reading/component-reader';
import type { AliasCatalogRow, MetricKind, MetricRow, VersionLinkRow } from '@headwater/domain/catalog';
import type { CatalogEventKind, RunEventType } from '@headwater/domain/events';
import type { EdgeEvidence, EdgeKind } from '@headwater/domain/graph';
import type { NodeKind } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import type { RunState } from '@headwater/domain/run-state';
import type {
  LineageDirection,
  LineageGranularity,
  Side,
  TruncationReason,
} from '@headwater/domain/traversal/lineage-answer';
import { enumOf } from './enum-of.js';

export const NodeKindEnum = enumOf<NodeKind>('NodeKind', 'What a node is.', {
  DATASET: 'A data asset: a table, file, stream, topic, model.',
  JOB: 'A process definition that reads and writes datasets.',
  FIELD: 'A column of a dataset.',
  RUN: 'One execution of a job.',
  VERSION: 'The state of a dataset after one run, or as a version facet names it.',
  DECISION: 'An automated or human judgement about a subject.',
  AGENT: 'A person, team or service.',
  DOMAIN: 'A business domain.',
  TERM: 'A term of the glossary.',
  DATA_PRODUCT: 'A data product.',
  LOGICAL_DATASET: 'A logical dataset.',
  PROPERTY: 'A property that an organization declares.',
});

export const EdgeKindEnum = enumOf<EdgeKind>('EdgeKind', 'What an edge says. Edges point the way the data flows.', {
  READ: 'A job reads a dataset, or a run used a version.',
  WRITE: 'A job writes a dataset, or a run made a version.',
  DERIVED: 'Data made from data: field from field, dataset from dataset, job from job.',
  CONTROL: 'One job or run triggers another. No data flows along it.',
  PARENT: 'A job or run is part of another. No data flows along it.',
});

export const EdgeEvidenceEnum = enumOf<EdgeEvidence>('EdgeEvidence', 'What an edge rests on, strongest first.', {
  OBSERVED: 'A run did it.',
  DECLARED: 'A job event, a contract or a manifest says so.',
  INFERRED: 'A rule concluded it.',
});

export const ComponentChangeKindEnum = enumOf<ComponentChangeKind>(
  'ComponentChangeKind',
  'What became of a component.',
  {
    CREATED: 'It was heard of for the first time.',
    DELETED: 'It was dropped, or deleted by an edit.',
    LINEAGE:
      'A run of it read, wrote or derived something that no run of it had before, or its runs do so no more with something.',
    SCHEMA: 'It has another schema than before.',
  },
);

export const RunStateEnum = enumOf<RunState>('RunState', 'How a run stands.', {
  RUNNING: 'It started, or speaks still.',
  COMPLETED: 'It ended well.',
  FAILED: 'It ended with a failure.',
  ABORTED: 'It was stopped.',
  UNFINISHED: 'It began and has been silent for too long. Streaming jobs and services never get here.',
  OTHER: 'It sent metadata only.',
});

export const AliasCauseEnum = enumOf<Exclude<AliasCatalogRow['cause'], 'AGENT'>>(
  'AliasCause',
  'Why two names are one node.',
  {
    SYMLINK: 'A producer said so in a symlinks facet.',
    RULE: 'A naming rule maps one to the other.',
    EDIT: 'Someone merged them in the catalog.',
  },
);

export const VersionGapEnum = enumOf<NonNullable<VersionLinkRow['gap']>>(
  'VersionGap',
  'What is not known about the link between a run and a version.',
  {
    AMBIGUOUS: 'A writer was at work while the run read: one of the candidates was read, or what was written in part.',
  },
);

export const MetricKindEnum = enumOf<MetricKind>('MetricKind', 'What a measurement is.', {
  MEASURE: 'A number: rows, bytes, nulls, quantiles.',
  ASSERTION: 'Whether an assertion about the dataset or one of its fields held.',
  TEST: 'Whether a test that the run made of what it reads passed.',
});

export const MetricSideEnum = enumOf<MetricRow['side']>('MetricSide', 'From which side a dataset was measured.', {
  READ: 'By a job that read it: what that job saw.',
  WRITE: 'By a job that wrote it: what that job wrote.',
  SELF: 'By a statement about the dataset itself.',
});

export const EventKindEnum = enumOf<CatalogEventKind>('EventKind', 'What an event is about.', {
  RUN: 'An OpenLineage run event.',
  JOB: 'An OpenLineage job event.',
  DATASET: 'An OpenLineage dataset event.',
  EDIT: 'A governance edit or a setting.',
});

export const RunEventTypeEnum = enumOf<RunEventType>('RunEventType', 'What a run event says of its run.', {
  START: 'It began.',
  RUNNING: 'It is under way.',
  COMPLETE: 'It ended well.',
  ABORT: 'It was stopped.',
  FAIL: 'It failed.',
  OTHER: 'More is said of it, before or after.',
});

export const GraphEngineEnum = enumOf<LineageGraph['engine']>('GraphEngine', 'Which store holds the lineage graph.', {
  POSTGRES: 'PostgreSQL.',
  NEO4J: 'Neo4j.',
  MEMORY: 'The memory of this process.',
});

export const LineageDirectionEnum = enumOf<LineageDirection>('LineageDirection', 'Which way to look.', {
  UPSTREAM: 'Towards causes: where the data comes from.',
  DOWNSTREAM: 'Towards effects: what depends on it.',
  BOTH: 'Both ways; siblings are in neither.',
});

export const LineageSideEnum = enumOf<Side>('LineageSide', 'On which side of it.', {
  UPSTREAM: 'Where its data comes from.',
  DOWNSTREAM: 'What depends on it.',
});

export const LineageGranularityEnum = enumOf<LineageGranularity>(
  'LineageGranularity',
  'What the nodes of a lineage are.',
  {
    DATASET: 'Datasets only; the jobs between them are on the edges.',
    JOB: 'Datasets and the jobs that read and write them.',
    FIELD: 'Columns.',
    RUN: 'Runs and the dataset versions that they used and made.',
  },
);

export const TruncationReasonEnum = enumOf<TruncationReason>('TruncationReason', 'Why an answer is a part.', {
  DEPTH: 'There is more beyond the depth asked for.',
  NODES: 'There are more nodes or edges than one answer holds.',
  TIME: 'The time for one answer was used up.',
});
