import type { EditPlan } from '@headwater/application/governance/bulk/plan-edits';
import type { HandOverPlan } from '@headwater/application/governance/bulk/plan-hand-over';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import type {
  EditJob as DomainJob,
  JobEdit as DomainJobEdit,
  WantedChange,
} from '@headwater/domain/governance/edit-job';
import { lineOf } from '@headwater/domain/governance/ownership-file';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AccessFault } from './access-results.js';
import { Asset, toAsset } from './asset.js';
import { connectionTypes } from './connection.js';
import { EditedPartEnum, EditActionEnum, EditJobKindEnum, JobEditStateEnum } from './governance-enums.js';
import { toDataProduct, type DataProduct } from './data-product.js';
import { toDomain, type Domain } from './domain.js';
import { EditedPart } from './event.js';
import { Node } from './node.js';
import { RuleOwner, toRuleOwners } from './ownership-rules.js';
import { Agent, toAgent, type Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'What an edit would do to one asset.' })
export class PlannedEdit {
  @Field(() => Asset, { description: 'The dataset or the job.' })
  asset!: Asset;

  @Field(() => [EditedPart], { description: 'What would be so, and what would be so no more.' })
  changes!: readonly EditedPart[];
}

/** Lists that grow with the catalog are read in parts. */
@ObjectType({ isAbstract: true })
export abstract class Plan {
  @Field(() => Int, { description: 'How many assets would be edited.' })
  total!: number;

  @Field(() => Int, { description: 'How many of the selected assets are left out, since they have it all already.' })
  unchanged!: number;

  @Field(() => Int, {
    description:
      'How many are left out, since you may not edit what is in their namespace and domain, or not in the one that they would be put into.',
  })
  forbidden!: number;

  @Field({
    description:
      'Tells what was looked at: as `expectedVersion` it has the edits refused where anybody edited one of the assets since.',
  })
  version!: string;

  readonly planned!: EditPlan['edits'];
}

@ObjectType({ description: 'What edits of many assets would do.' })
export class EditPreview extends Plan {
  @Field(() => [AccessFault], {
    description: 'Members of `change` that take away what none of the assets has, and so do nothing.',
  })
  withoutEffect!: readonly AccessFault[];
}

@ObjectType({ description: 'A rule that names who hands over, and the rule in its place.' })
export class ChangedRule {
  @Field(() => Int, { description: 'Its place in the list, from 1.' })
  number!: number;

  @Field({ description: 'The rule as it is, as a line of the file.' })
  before!: string;

  @Field({ description: 'The rule as it would be.' })
  after!: string;
}

@ObjectType({ description: 'A domain or a data product that who hands over is an owner of, and its owners then.' })
export class ChangedOwners {
  @Field(() => Node, { description: 'The Domain or the DataProduct, as it is.' })
  definition!: Domain | DataProduct;

  @Field(() => [RuleOwner], { description: 'Who answers for it.' })
  before!: readonly RuleOwner[];

  @Field(() => [RuleOwner], { description: 'Who would answer for it.' })
  after!: readonly RuleOwner[];
}

@ObjectType({ description: 'What it takes that all that somebody answers for is another\u2019s.' })
export class HandOverPreview extends Plan {
  @Field(() => [ChangedRule], { description: 'Ownership rules that would be changed.' })
  rules!: ChangedRule[];

  @Field(() => Int, {
    description: 'How many rules name them and stay, since you may not edit the whole catalog.',
  })
  forbiddenRules!: number;

  @Field(() => [ChangedOwners], { description: 'Domains and data products whose owners would be changed, by id.' })
  definitions!: ChangedOwners[];

  @Field(() => Int, {
    description: 'Of how many domains and data products they stay an owner, since you may not edit the whole catalog.',
  })
  forbiddenDefinitions!: number;

  @Field(() => [Agent], {
    description: 'Teams that they would be taken out of, by id; who takes over is put into none.',
  })
  teams!: Agent[];

  @Field(() => Int, { description: 'In how many teams they stay, since you may not edit the whole catalog.' })
  forbiddenTeams!: number;
}

@ObjectType({ description: 'Something that a job does to each of its assets.' })
export class JobChange {
  @Field(() => EditActionEnum, { description: 'Whether it is so from then on, or no more.' })
  action!: WantedChange['action'];

  @Field(() => EditedPartEnum, { description: 'What of it.' })
  part!: WantedChange['kind'];

  @Field(() => String, { nullable: true, description: 'As in an EditedPart.' })
  value!: string | null;

  @Field(() => String, { nullable: true, description: 'The role of an owner; null elsewhere, and for every role.' })
  detail!: string | null;
}

@ObjectType({ description: 'Edits of many assets that somebody asked for at once, and how far they are.' })
export class EditJob {
  @Field(() => ID, { description: 'Identifies it; it is no node of the catalog.' })
  id!: string;

  @Field(() => EditJobKindEnum, { description: 'What was asked for.' })
  kind!: DomainJob['kind'];

  @Field({ description: 'Who asked.' })
  by!: string;

  @Field(() => String, { nullable: true, description: 'Why, where that was said.' })
  reason!: string | null;

  @Field(() => [JobChange], {
    description:
      'What it does to each asset; of a HAND_OVER from whom it takes, and to whom it gives, of an IMPORT nothing: that is another for each.',
  })
  changes!: JobChange[];

  @Field(() => DateTime, { description: 'When it was asked for.' })
  startedAt!: Micros;

  @Field(() => DateTime, { nullable: true, description: 'When the last edit was made or refused; null before that.' })
  endedAt!: Micros | null;

  @Field(() => Int, { description: 'How many assets it edits.' })
  total!: number;

  @Field(() => Int, { description: 'How many edits were made.' })
  made!: number;

  @Field(() => Int, { description: 'How many were refused: `edits(state: REFUSED)` says why.' })
  refused!: number;
}

export const EditJobConnection = connectionTypes(() => EditJob, 'EditJob');

@ObjectType({ description: 'What a job does to one asset.' })
export class JobEdit {
  @Field(() => Asset, { nullable: true, description: 'The asset; null where you may not see it, or it is gone.' })
  asset!: Asset | null;

  @Field(() => JobEditStateEnum, { description: 'What became of it.' })
  state!: DomainJobEdit['state'];

  @Field(() => String, { nullable: true, description: 'Where the edit is in the log; null while it is not there.' })
  position!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of REFUSED why, as a stable code: EDIT_CONFLICT (somebody edited it meanwhile), EDIT_NOT_ALLOWED (who asked may not edit it any more), EDIT_OF_UNKNOWN, EDIT_NAMES_UNKNOWN; others may come.',
  })
  reason!: string | null;
}

@ObjectType({ description: 'A job of edits that was started.' })
export class StartedEdits {
  @Field(() => EditJob, { description: 'The job as it is now: ask `editJob` how far it is.' })
  job!: EditJob;
}

@ObjectType({ isAbstract: true })
export abstract class StartRefusal {
  @Field({
    description: 'A stable upper-case code: INVALID_INPUT, MISSING_SCOPE, EDITED_MEANWHILE, KEY_USED; others may come.',
  })
  reason!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => [AccessFault], { description: 'What is wrong with the input; empty where it is not the input.' })
  faults!: readonly AccessFault[];
}

@ObjectType({ description: 'Why edits were not started. Nothing was changed.' })
export class StartEditsRefusal extends StartRefusal {
  @Field(() => EditPreview, { nullable: true, description: 'Of EDITED_MEANWHILE: what they would do now.' })
  current!: EditPreview | null;
}

@ObjectType({ description: 'Why nothing was handed over.' })
export class HandOverRefusal extends StartRefusal {
  @Field(() => HandOverPreview, { nullable: true, description: 'Of EDITED_MEANWHILE: what it would take now.' })
  current!: HandOverPreview | null;
}

export const StartEditsResult = createUnionType({
  name: 'StartEditsResult',
  description: 'The job of the edits, or why nothing was changed.',
  types: () => [StartedEdits, StartEditsRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? StartEditsRefusal : StartedEdits),
});

export const HandOverResult = createUnionType({
  name: 'HandOverResult',
  description: 'The job of the hand-over, or why nothing was changed.',
  types: () => [StartedEdits, HandOverRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? HandOverRefusal : StartedEdits),
});

export function toEditPreview({ edits: planned, unchanged, forbidden, version, idle }: EditPlan): EditPreview {
  return { total: planned.length, unchanged, forbidden, version, planned, withoutEffect: idle };
}

/** `time` is when definitions are as they are. */
export function toHandOverPreview(plan: HandOverPlan, time: ReadTime): HandOverPreview {
  const rules = plan.rules.map(({ number, before, after }) => ({
    number,
    before: lineOf(before),
    after: lineOf(after),
  }));
  const definitions = plan.definitions.map(({ row, after }) => ({
    definition: row.kind === 'DOMAIN' ? toDomain(row, time) : toDataProduct(row, time),
    before: toRuleOwners(row.body.owners),
    after: toRuleOwners(after),
  }));
  const { forbiddenRules, forbiddenDefinitions, forbiddenTeams } = plan;
  const teams = plan.teams.flatMap(({ id }) => toAgent(id) ?? []);
  const made = { rules, definitions, teams };
  return { ...toEditPreview(plan), ...made, forbiddenRules, forbiddenDefinitions, forbiddenTeams };
}

export function toPlannedEdit({ row, changes }: EditPlan['edits'][number]): PlannedEdit {
  return { asset: toAsset(row), changes: changes.map((change) => ({ ...toChange(change), on: change.node })) };
}

export function toEditJob({ by, changes, ...job }: DomainJob): EditJob {
  return { ...job, by: by.name, changes: changes.map(toChange) };
}

export function toJobEdit({ state, position, verdict }: DomainJobEdit, asset: Asset | null, at: Positions): JobEdit {
  return { asset, state, position: position === null ? null : at.position(position), reason: verdict };
}

function toChange({ action, kind, value, detail }: Pick<FactEdit, 'action' | 'kind' | 'value' | 'detail'>): JobChange {
  // Of a text the format is no detail that tells anybody something.
  return { action, part: kind, value: value === '' ? null : value, detail: kind === 'OWNER' ? detail : null };
}
