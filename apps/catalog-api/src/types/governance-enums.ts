import type { TagFlowRequest } from '@headwater/application/classification/map-tag-flows';
import type { FlowPlace } from '@headwater/domain/classification/tag-flows';
import type { ArchitectureFindingKind } from '@headwater/domain/governance/architecture-findings';
import type { DomainLayer } from '@headwater/domain/governance/definition';
import type { StopReason } from '@headwater/domain/classification/carriage';
import type { EditJob, JobEditState } from '@headwater/domain/governance/edit-job';
import type { OwnerSource } from '@headwater/domain/governance/effective-owners';
import type { AgentBasis } from '@headwater/domain/governance/agents/agent-identity';
import type { EditedPart } from '@headwater/domain/governance/edited-part';
import type {
  DataProductStatus,
  PropertyKind,
  PropertyType,
  TermStatus,
} from '@headwater/domain/governance/definition';
import { enumOf } from './enum-of.js';

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

export const StopReasonEnum = enumOf<StopReason>('StopReason', 'What ends a tag on its way.', {
  MASKING: 'Every DIRECT transformation that would carry it masks.',
  SUBTYPE: 'A transformation of a kind that ends it.',
  INDIRECT: 'Values only decide about others here: a filter, a join, a sort.',
  NOT_HERE: 'Somebody said that it does not have it.',
});

export const FactSourceEnum = enumOf<OwnerSource>('FactSource', 'Where a fact comes from; the first wins.', {
  EDIT: 'Someone entered it in the catalog.',
  RULE: 'A rule concluded it.',
  FACET: 'A producer sent it with an event.',
  DATA_PRODUCT: 'It is inherited from a data product, of which the dataset is an output port.',
  DOMAIN: 'It is inherited from a domain, the nearest first.',
});

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
