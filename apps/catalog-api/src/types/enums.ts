import type { TagFlowRequest } from '@headwater/application/classification/map-tag-flows';
import type { FlowPlace } from '@headwater/domain/classification/tag-flows';
import type { ArchitectureFindingKind } from '@headwater/domain/governance/architecture-findings';
import type { DomainLayer } from '@headwater/domain/governance/definition';
import type { NeedKind } from '@headwater/application/saved/read-needs';
import type { RecentChangeKind } from '@headwater/domain/reading/recent-change-reader';
import type { SavedSearchScope } from '@headwater/domain/saved/saved-search';
import type { StopReason } from '@headwater/domain/classification/carriage';
import type { CollectionGoal } from '@headwater/domain/collection/choose-places';
import type { JoinReason } from '@headwater/domain/collection/join-keys';
import type { ComponentChangeKind } from '@headwater/domain/reading/component-reader';
import type { AliasCatalogRow, MetricKind, MetricRow, VersionLinkRow } from '@headwater/domain/catalog';
import type { CatalogEventKind, RunEventType } from '@headwater/domain/events';
import type { EditJob, JobEditState } from '@headwater/domain/governance/edit-job';
import type { OwnerSource } from '@headwater/domain/governance/effective-owners';
import type { SynonymEvidence } from '@headwater/domain/reading/suggestion-reader';
import type { AgentBasis } from '@headwater/domain/governance/agents/agent-identity';
import type { EditedPart } from '@headwater/domain/governance/edited-part';
import type {
  DataProductStatus,
  PropertyKind,
  PropertyType,
  TermStatus,
} from '@headwater/domain/governance/definition';
import type { EdgeEvidence, EdgeKind } from '@headwater/domain/graph';
import type { NodeKind } from '@headwater/domain/identifiers';
import type { Highlight, SearchFacet, SearchOrder } from '@headwater/domain/search';
import type { LineageGraph } from '@headwater/domain/ports';
import type { RunState } from '@headwater/domain/run-state';
import type {
  LineageDirection,
  LineageGranularity,
  Side,
  TruncationReason,
} from '@headwater/domain/traversal/lineage-answer';
import { registerEnumType } from '@nestjs/graphql';

/** Values of a union with what they mean; a union that grows does not compile until it is described. */
type Descriptions<T extends string> = Readonly<Record<T, string>>;

/** A GraphQL enum over a string-literal union; GraphQL has its values in upper case, with _ for what a name cannot have. */
export function enumOf<T extends string>(
  name: string,
  description: string,
  values: Descriptions<T>,
): Readonly<Record<string, T>> {
  const names = Object.keys(values) as T[];
  const nameOf = (value: T): string => value.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_');
  const object = Object.fromEntries(names.map((value) => [nameOf(value), value]));
  const valuesMap = Object.fromEntries(names.map((value) => [nameOf(value), { description: values[value] }]));
  registerEnumType(object, { name, description, valuesMap });
  return object;
}

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

export const AssetKindEnum = enumOf<PropertyKind>('AssetKind', 'What an asset is.', {
  DATASET: 'A data asset.',
  JOB: 'A process definition.',
});

export const CustomPropertyTypeEnum = enumOf<PropertyType>('CustomPropertyType', 'What values of a property are.', {
  TEXT: 'A line of at most 1,000 characters.',
  NUMBER: 'A number, with a unit and bounds where the property has some.',
  BOOLEAN: '`true` or `false`.',
  DATE: 'A day: `2026-11-23`.',
  DATE_TIME: 'A moment: `2026-11-23T08:15:30Z`, or with another offset.',
  ENUM: 'One of the values that the property lists.',
  URL: 'An address on the web.',
  AGENT: 'A person, a team or a service by its id; it need not be known yet.',
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

export const StopReasonEnum = enumOf<StopReason>('StopReason', 'What ends a tag on its way.', {
  MASKING: 'Every DIRECT transformation that would carry it masks.',
  SUBTYPE: 'A transformation of a kind that ends it.',
  INDIRECT: 'Values only decide about others here: a filter, a join, a sort.',
  NOT_HERE: 'Somebody said that it does not have it.',
});

export const CollectionGoalEnum = enumOf<CollectionGoal>('CollectionGoal', 'What a way to collect fields is best at.', {
  FEWEST_COMPONENTS: 'It touches the fewest components.',
  FEWEST_DATASETS: 'It reads the fewest datasets.',
  FRESHEST: 'The oldest of its datasets is as fresh as can be.',
  NEAREST_SOURCES: 'It reads as near the sources as can be.',
});

export const JoinReasonEnum = enumOf<JoinReason>('JoinReason', 'What speaks for joining on two fields.', {
  SHARED_SOURCE: 'Their values come from one field, unchanged.',
  JOINED_BEFORE: 'A job joins on both.',
  SAME_NAME: 'They have one name, however it is written.',
  SYNONYM: 'Their names mean the same, as `fieldConcepts` has it.',
  NAMED_AS_KEY: 'Both are called as keys are, such as `claim_id`; of SYNONYM one of them.',
  COMPATIBLE_TYPE: 'Their types hold the same kind of values.',
});

export const ComponentChangeKindEnum = enumOf<ComponentChangeKind>(
  'ComponentChangeKind',
  'What became of a component.',
  {
    CREATED: 'It was heard of for the first time.',
    DELETED: 'It was dropped, or deleted by an edit.',
    LINEAGE: 'A run of it read, wrote or derived something that no run of it had before.',
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

export const FactSourceEnum = enumOf<OwnerSource>('FactSource', 'Where a fact comes from; the first wins.', {
  EDIT: 'Someone entered it in the catalog.',
  RULE: 'A rule concluded it.',
  FACET: 'A producer sent it with an event.',
  DATA_PRODUCT: 'It is inherited from a data product, of which the dataset is an output port.',
  DOMAIN: 'It is inherited from a domain, the nearest first.',
});

export const SynonymEvidenceEnum = enumOf<SynonymEvidence>(
  'SynonymEvidence',
  'What speaks for names that mean the same.',
  {
    SAME_WORDS: 'They have the same words, short forms written out and in any order.',
    COMPATIBLE_TYPE: 'Fields that are called so have types of one kind.',
  },
);

export const EditActionEnum = enumOf<EditedPart['action']>('EditAction', 'What an edit does to something.', {
  STATE: 'It is so from then on.',
  WITHDRAW: 'It is so no more, whatever producers say.',
});

export const EditedPartEnum = enumOf<EditedPart['part']>('EditedPartName', 'What an edit is about.', {
  OWNER: 'Who answers for it.',
  TAG: 'A tag on it.',
  DESCRIPTION: 'What it is, in words.',
  DOMAIN: 'The domain that it is in.',
  TERM: 'A term of the glossary that it has.',
  PRODUCT: 'A data product that it is an output port of.',
  PROPERTY: 'Its values of a property; the value is the id of the property, the detail the values.',
  LOGICAL: 'A logical dataset that it is a member of.',
  CONFIRMED: 'That an owner answers for it, as the owner says or somebody in its place.',
  DECLINED: 'That an owner does not answer for it, as the owner says or somebody in its place.',
  NOT_SUGGESTED: 'A tag that is not to be suggested for a field.',
  DELETION: 'That it is deleted; WITHDRAW restores it.',
  ACCEPTED_FINDING:
    'That a finding of the architecture may stand; the value is the id of the job that reads, the detail the kind.',
  NAME: 'What people call a domain, a term, a data product, a logical dataset, a property or an agent.',
  TYPE: 'What values of a property are.',
  MANY: 'Whether an asset may have several values of a property.',
  KINDS: 'What a property goes on.',
  VALUES: 'Which values a property lists.',
  UNIT: 'What a property is counted in.',
  MIN: 'The least that a property may be.',
  MAX: 'The most that a property may be.',
  REQUIRED: 'Whether an asset has a gap without a property.',
  PARENT: 'What a domain is part of, or a term is below.',
  SYNONYMS: 'The other names of a term.',
  RELATED: 'The terms that a term has to do with.',
  STATUS: 'Whether a term is to be used, or how far a data product is.',
  SUCCESSOR: 'The term to use instead.',
  LAYER: 'The layer of a domain.',
  EXTERNAL: 'That a domain stands outside the organization.',
  OWNERS: 'Who answers for a domain or a data product.',
  DEFINITION:
    'That there is a domain, a term, a data product, a logical dataset, a property or an entered agent at all.',
  RULES: 'The list of rules that assign owners; the value tells how many there are.',
  TAG_RULES: 'The list of rules how tags go along lineage; the value tells how many there are.',
  SUGGESTION_RULES: 'The list of rules that suggest tags; the value tells how many there are.',
  LOGICAL_RULES: 'The list of rules that group datasets into logical ones; the value tells how many there are.',
  FIELD_CONCEPTS: 'Which names of fields mean the same; the value tells how many concepts there are.',
  E_MAIL: 'The address of an agent.',
  SUBJECT: 'Under which an agent signs in.',
  MEMBERS: 'Who is in a team.',
  SAME_AGENT: 'That another id is the same agent; WITHDRAW keeps them apart.',
});

export const AgentBasisEnum = enumOf<Exclude<AgentBasis, 'APART'>>(
  'AgentBasis',
  'What says that an id is of an agent.',
  {
    E_MAIL: 'It has the address: by its name, as entered, or as it signed in.',
    SUBJECT: 'It signs in under the subject: by its name, as entered, or as it did.',
    EDIT: 'Somebody merged it with another id.',
  },
);

export const EditJobKindEnum = enumOf<EditJob['kind']>('EditJobKind', 'What a job of edits is.', {
  EDITS: 'The same change of many assets.',
  HAND_OVER: 'All that somebody answers for goes to another.',
  IMPORT: 'What a file says of each asset.',
});

export const JobEditStateEnum = enumOf<JobEditState>('JobEditState', 'What became of one edit of a job.', {
  WAITING: 'It is still to be made.',
  MADE: 'It was made, and is readable.',
  REFUSED: 'It came too late, or could not be made: the asset was not changed by it.',
});

export const TermStatusEnum = enumOf<TermStatus>('TermStatus', 'Whether a term is to be used.', {
  DRAFT: 'Somebody proposes it.',
  APPROVED: 'It is to be used.',
  DEPRECATED: 'It is not to be used any more.',
});

export const DataProductStatusEnum = enumOf<DataProductStatus>('DataProductStatus', 'How far a data product is.', {
  PROPOSED: 'Somebody proposes it: nobody should rely on it yet.',
  ACTIVE: 'It is offered.',
  DEPRECATED: 'It is still there, and nobody should begin to use it.',
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

export const SearchOrderEnum = enumOf<SearchOrder>('SearchOrder', 'How hits are ordered.', {
  RELEVANCE: 'Best match first.',
  POPULARITY: 'Most consumers first; among equals what was looked at most.',
  UPDATED_AT: 'Latest change first.',
  NAME: 'By name.',
});

export const HighlightFieldEnum = enumOf<Highlight['field']>('HighlightField', 'Which text of an asset matched.', {
  NAME: 'Its name or namespace.',
  FIELD: 'The name of one of its fields.',
  DESCRIPTION: 'Its description.',
  TAG: 'One of its tags.',
  PROPERTY: 'One of its values of a property, behind the name of the property.',
});

export const SearchFacetNameEnum = enumOf<SearchFacet['name']>('SearchFacetName', 'What hits are counted by.', {
  KIND: 'Dataset or job.',
  NAMESPACE: 'The namespace.',
  TAG: 'A tag.',
  OWNER: 'The id of an owner.',
  DOMAIN: 'The id of the domain.',
  TERM: 'The id of a term; it counts what has a narrower term, too.',
  PROPERTY: 'A value of one property, an ENUM or a BOOLEAN: each has a facet of its own.',
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

export const DomainLayerEnum = enumOf<DomainLayer>(
  'DomainLayer',
  'The layers of domains, as in DOMA, lowest first: a domain may depend on what is on its own layer or on a lower one.',
  {
    INFRASTRUCTURE: 'What any organization could use: storage, networks.',
    BUSINESS: 'What all of this organization uses, whatever the product.',
    PRODUCT: 'What has to do with one line of products.',
    PRESENTATION: 'What has to do with what users look at.',
    EDGE: 'What hands data to the outside.',
  },
);

export const ArchitectureFindingKindEnum = enumOf<ArchitectureFindingKind>(
  'ArchitectureFindingKind',
  'What is not as the domains mean it to be about a job that reads a dataset of another domain.',
  {
    BYPASSES_PORT: 'The domain has published ports, and the dataset is none of them.',
    POINTS_UP_A_LAYER: 'The domain is on a higher layer than that of the job.',
  },
);

export const FlowGroupingEnum = enumOf<TagFlowRequest['by']>('FlowGrouping', 'What a map of flows goes by.', {
  DOMAIN: 'The domains that datasets are in.',
  NAMESPACE: 'Namespaces: the services and stores that have them.',
});

export const FlowPlaceKindEnum = enumOf<FlowPlace['kind']>('FlowPlaceKind', 'What a place of a map of flows is.', {
  NAMESPACE: 'A namespace.',
  DOMAIN: 'A domain, without its parts.',
  NO_DOMAIN: 'Everything that is in no domain.',
  DATASET: 'A dataset of a place that was opened.',
  HIDDEN: 'Everything that you may not see.',
  OTHERS: 'All places that are smaller than the ones told of.',
});

export const SavedSearchScopeEnum = enumOf<SavedSearchScope>('SavedSearchScope', 'Whose saved searches.', {
  ALL: 'One’s own, and those that others share.',
  OWN: 'One’s own.',
  FOLLOWED: 'Those that one follows.',
});

export const RecentChangeKindEnum = enumOf<RecentChangeKind>('RecentChangeKind', 'What changed.', {
  EDIT: 'Somebody edited the asset or one of its fields.',
  SCHEMA: 'A producer stated another schema.',
});

export const NeedKindEnum = enumOf<NeedKind>('NeedKind', 'What something needs.', {
  CONFIRM_OWNERSHIP: 'It is said that the caller answers for it: to be confirmed or declined.',
  SUGGESTED_TAGS: 'Rules suggest tags for its fields: to be confirmed or dismissed.',
  UNOWNED_IN_DOMAIN: 'It is in a domain of the caller, and nobody answers for it.',
  FINDINGS: 'Events about it had something odd within the last 30 days.',
  UNDOCUMENTED: 'Nobody says what it is.',
});
