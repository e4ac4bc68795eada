import { roleNamed } from '@headwater/domain/governance/owner-roles';
import type { AskedChange, Selection } from '@headwater/application/governance/bulk/plan-edits';
import type { SearchFilter as DomainFilter } from '@headwater/domain/search';
import { writeValues } from '@headwater/domain/governance/property-values';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { JobEditState } from '@headwater/domain/governance/edit-job';
import { JobEditStateEnum } from '../types/governance-enums.js';
import { PropertyValuesInput } from './custom-property-args.js';
import { ExpectingInput } from './edit-args.js';
import { SearchFilter } from './filters.js';
import { RuleOwnerInput } from './ownership-rule-args.js';
import { idOf } from './ids.js';

@InputType({ description: 'Which assets: all that a search finds, or these by their ids. At most 5,000.' })
export class EditSelection {
  @Field(() => [ID], { nullable: true, description: 'Datasets and jobs. Either these or a search.' })
  ids?: string[] | null;

  @Field(() => String, { nullable: true, description: 'What `search` takes as `query`.' })
  query?: string | null;

  @Field(() => SearchFilter, { nullable: true, description: 'What `search` takes as `filter`.' })
  filter?: SearchFilter | null;
}

@InputType({ description: 'What is to be so of each asset: at most 20 things.' })
export class EditChange {
  @Field(() => [RuleOwnerInput], { nullable: true, description: 'Who is to answer for it.' })
  assignOwners?: RuleOwnerInput[] | null;

  @Field(() => [RemovedOwnerInput], { nullable: true, description: 'Who is to answer for it no more.' })
  removeOwners?: RemovedOwnerInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Tags to put on: `key`, or `key=value`.' })
  addTags?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Tags to take off; a bare key: every tag of that key that an asset has.',
  })
  removeTags?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Terms of the glossary to link it to.' })
  addTerms?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Terms to unlink it from.' })
  removeTerms?: string[] | null;

  @Field(() => [PropertyValuesInput], {
    nullable: true,
    description: 'Values of properties, in place of those before.',
  })
  setProperties?: PropertyValuesInput[] | null;

  @Field(() => [ID], { nullable: true, description: 'Properties of which to take the values away.' })
  unsetProperties?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The domain to put it into; null: it is taken out of its own. Absent: it stays.',
  })
  domain?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: it is deleted, whatever producers say. False: it is restored. Absent: it stays.',
  })
  deleted?: boolean | null;
}

@InputType({ description: 'Who is to answer for something no more.' })
export class RemovedOwnerInput {
  @Field(() => ID, { description: 'Who: `agent:<kind>:<name>`.' })
  agent!: string;

  @Field(() => String, { nullable: true, description: 'In which role; none: in every role.' })
  role?: string | null;
}

@InputType({ description: 'Edits of many assets.' })
export class StartEditsInput extends ExpectingInput {
  @Field(() => EditSelection, { description: 'Which assets.' })
  selection!: EditSelection;

  @Field(() => EditChange, { description: 'What is to be so of each.' })
  change!: EditChange;
}

@InputType({ description: 'Whose everything goes to whom.' })
export class HandOverInput extends ExpectingInput {
  @Field(() => ID, { description: 'Who hands over: `agent:<kind>:<name>`.' })
  from!: string;

  @Field(() => ID, { description: 'Who takes it, in the same roles.' })
  to!: string;
}

@ArgsType()
export class PartArgs {
  @Field(() => Int, { defaultValue: 0, description: 'How many to leave out at the beginning.' })
  skip!: number;

  @Field(() => Int, { defaultValue: 20, description: 'How many at most: 1 to 100.' })
  most!: number;
}

@ArgsType()
export class JobEditsArgs extends PartArgs {
  @Field(() => JobEditStateEnum, { nullable: true, description: 'Those in one state; none: all.' })
  state?: JobEditState | null;
}

const MOST = 100;

/** Throws INVALID_INPUT for a part that is none. */
export function checkPart({ skip, most }: PartArgs): PartArgs {
  const range = coded('COUNT_BETWEEN', `must be from 1 to ${String(MOST)}`, { least: 1, most: MOST });
  const faults = [
    ...(skip >= 0
      ? []
      : [{ pointer: '/skip', ...coded('NUMBER_BOUNDS', 'must be 0 or more', { min: 0, max: '', unit: '' }) }]),
    ...(most >= 1 && most <= MOST ? [] : [{ pointer: '/most', ...range }]),
  ];
  if (faults.length > 0) throw new HeadwaterError('INVALID_INPUT', 'There is no such part of the list', { faults });
  return { skip, most };
}

/** Throws INVALID_INPUT where it is both a list and a search, or neither. */
export async function toSelection(
  { ids = null, query = null, filter = null }: EditSelection,
  toFilter: (filter: SearchFilter | null) => Promise<DomainFilter>,
): Promise<Selection> {
  const isSearch = query !== null || filter !== null;
  if ((ids !== null) === isSearch)
    throw new HeadwaterError('INVALID_INPUT', 'Say which assets: by their ids, or by a search', {
      faults: [
        {
          pointer: '/selection',
          ...coded(
            'ONE_OF_TWO',
            'must have either ids, or query or filter; an empty query without filter is the whole catalog',
            { one: 'ids', other: 'query, filter' },
          ),
        },
      ],
    });
  return ids === null ? { text: query ?? '', filter: await toFilter(filter) } : { ids };
}

/** Each change with its place in the input. */
export function toChanges(change: EditChange): readonly AskedChange[] {
  const { assignOwners, removeOwners, addTags, removeTags, addTerms, removeTerms, domain, deleted = null } = change;
  const { setProperties, unsetProperties } = change;
  const tag = (text: string): Said => ({ kind: 'TAG', value: text.trim(), detail: null });
  const term = (id: string): Said => ({ kind: 'TERM', value: idOf(id), detail: null });
  const property = (id: string, values: readonly string[] | null): Said => ({
    ...{ kind: 'PROPERTY', value: idOf(id), detail: values === null ? null : writeValues(values) },
  });
  const owner = ({ agent, role = null }: RemovedOwnerInput): Said => ({
    ...{ kind: 'OWNER', value: idOf(agent), detail: role === null ? null : roleNamed(role) },
  });
  return [
    ...changesOf('assignOwners', 'STATE', assignOwners, owner),
    ...changesOf('removeOwners', 'WITHDRAW', removeOwners, owner),
    ...changesOf('addTags', 'STATE', addTags, tag),
    ...changesOf('removeTags', 'WITHDRAW', removeTags, tag),
    ...changesOf('addTerms', 'STATE', addTerms, term),
    ...changesOf('removeTerms', 'WITHDRAW', removeTerms, term),
    ...changesOf('setProperties', 'STATE', setProperties, (one) => property(one.property, one.values)),
    ...changesOf('unsetProperties', 'WITHDRAW', unsetProperties, (id) => property(id, null)),
    ...(domain === undefined ? [] : [domainChange(domain)]),
    ...(deleted === null ? [] : [deletionChange(deleted)]),
  ];
}

type Said = Pick<AskedChange, 'kind' | 'value' | 'detail'>;

function changesOf<T>(
  member: keyof EditChange,
  action: AskedChange['action'],
  given: readonly T[] | null | undefined,
  toSaid: (one: T) => Said,
): readonly AskedChange[] {
  return (given ?? []).map((one, index) => ({
    ...{ action, pointer: `/change/${member}/${String(index)}` },
    ...toSaid(one),
  }));
}

function deletionChange(deletes: boolean): AskedChange {
  const change = { kind: 'DELETION', value: '', detail: null, pointer: '/change/deleted' } as const;
  return { ...change, action: deletes ? 'STATE' : 'WITHDRAW' };
}

function domainChange(domain: string | null): AskedChange {
  const change = { kind: 'DOMAIN', detail: null, pointer: '/change/domain' } as const;
  return domain === null
    ? { ...change, action: 'WITHDRAW', value: '' }
    : { ...change, action: 'STATE', value: idOf(domain) };
}
