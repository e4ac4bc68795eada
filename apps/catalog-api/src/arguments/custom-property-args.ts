import type { PropertyDefinition, PropertyKind, PropertyType } from '@headwater/domain/governance/definition';
import { ArgsType, Field, Float, ID, InputType } from '@nestjs/graphql';
import { AssetKindEnum, CustomPropertyTypeEnum } from '../types/governance-enums.js';
import { EditInput, ExpectingInput, RequestInput } from './edit-args.js';
import { TimeArgs } from './time-args.js';

const NAME = 'What people call it, in 1 to 200 characters.';
const TYPE = 'What its values are.';
const MANY = 'Whether an asset may have several values of it, at most 50.';
const KINDS = 'What it goes on.';
const VALUES = 'Of an ENUM its values, at most 100, in the order to choose from.';
const UNIT = 'Of a NUMBER what it is counted in, such as `days`.';
const MIN = 'Of a NUMBER the least that it may be.';
const MAX = 'Of a NUMBER the most that it may be.';
const REQUIRED = 'Whether an asset that it goes on has a gap without it.';

@InputType({ description: 'A property to be.' })
export class CreateCustomPropertyInput extends RequestInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Tells it from others for good: 1 to 100 letters, digits, dots, dashes and underscores. None: it is made of the name.',
  })
  key?: string | null;

  @Field({ description: NAME })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is about, in Markdown.' })
  description?: string | null;

  @Field(() => CustomPropertyTypeEnum, { description: TYPE })
  type!: PropertyType;

  @Field({ description: MANY, defaultValue: false })
  isMany!: boolean;

  @Field(() => [AssetKindEnum], { description: KINDS, defaultValue: ['DATASET', 'JOB'] })
  kinds!: PropertyKind[];

  @Field(() => [String], { description: VALUES, defaultValue: [] })
  values!: string[];

  @Field(() => String, { nullable: true, description: UNIT })
  unit?: string | null;

  @Field(() => Float, { nullable: true, description: MIN })
  min?: number | null;

  @Field(() => Float, { nullable: true, description: MAX })
  max?: number | null;

  @Field({ description: REQUIRED, defaultValue: false })
  isRequired!: boolean;
}

@InputType({ isAbstract: true })
abstract class CustomPropertyInput extends ExpectingInput {
  @Field(() => ID, { description: 'The property, by its id.' })
  property!: string;
}

@InputType({
  description:
    'What becomes other about a property; what is absent stays as it is. Values that do not fit any more stay, and are told: only another type, or one value in place of several, is refused while there are such.',
})
export class ChangeCustomPropertyInput extends CustomPropertyInput {
  @Field(() => String, { nullable: true, description: NAME })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about, in Markdown; null takes it away.' })
  description?: string | null;

  @Field(() => CustomPropertyTypeEnum, { nullable: true, description: TYPE })
  type?: PropertyType | null;

  @Field(() => Boolean, { nullable: true, description: MANY })
  isMany?: boolean | null;

  @Field(() => [AssetKindEnum], { nullable: true, description: KINDS })
  kinds?: PropertyKind[] | null;

  @Field(() => [String], { nullable: true, description: `${VALUES} They take the place of those before.` })
  values?: string[] | null;

  @Field(() => String, { nullable: true, description: `${UNIT} Null takes it away.` })
  unit?: string | null;

  @Field(() => Float, { nullable: true, description: `${MIN} Null: there is no bound.` })
  min?: number | null;

  @Field(() => Float, { nullable: true, description: `${MAX} Null: there is no bound.` })
  max?: number | null;

  @Field(() => Boolean, { nullable: true, description: REQUIRED })
  isRequired?: boolean | null;
}

@InputType({ description: 'A property to be no more.' })
export class RemoveCustomPropertyInput extends CustomPropertyInput {}

const TEXTS =
  'All its values, as texts that its type takes: `30`, `true`, `2026-11-23`. They take the place of those before.';

@InputType({ description: 'The values that a dataset or a job is to have of a property.' })
export class SetPropertyInput extends EditInput {
  @Field(() => ID, { description: 'The property, by its id.' })
  property!: string;

  @Field(() => [String], { description: TEXTS })
  values!: string[];
}

@InputType({ description: 'A property of which a dataset or a job is to have no value.' })
export class UnsetPropertyInput extends EditInput {
  @Field(() => ID, { description: 'The property, by its id.' })
  property!: string;
}

@InputType({ description: 'The values that each asset is to have of a property.' })
export class PropertyValuesInput {
  @Field(() => ID, { description: 'The property, by its id.' })
  property!: string;

  @Field(() => [String], { description: TEXTS })
  values!: string[];
}

@ArgsType()
export class CustomPropertyListArgs extends TimeArgs {
  @Field(() => AssetKindEnum, { nullable: true, description: 'Only those that go on these; none: all.' })
  kind?: PropertyKind | null;
}

export function createdProperty(input: CreateCustomPropertyInput): PropertyDefinition {
  const { name, description = null, type, isMany, kinds, values, unit = null, min = null, max = null } = input;
  return {
    ...{ name: name.trim(), description, type, isMany, kinds: distinctKinds(kinds) },
    ...{ values: distinctTexts(values), unit: unit?.trim() ?? null, min, max, isRequired: input.isRequired },
  };
}

export function changedProperty(input: ChangeCustomPropertyInput): Partial<PropertyDefinition> {
  const { name, description, type, isMany, kinds, values, unit, min, max, isRequired } = input;
  return {
    // A name cannot be taken away.
    ...(name !== undefined && { name: (name ?? '').trim() }),
    ...(description !== undefined && { description }),
    ...(type !== undefined && type !== null && { type }),
    ...(typeof isMany === 'boolean' && { isMany }),
    ...(kinds !== undefined && { kinds: distinctKinds(kinds ?? []) }),
    ...(values !== undefined && { values: distinctTexts(values ?? []) }),
    ...(unit !== undefined && { unit: unit?.trim() ?? null }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(typeof isRequired === 'boolean' && { isRequired }),
  };
}

function distinctKinds(kinds: readonly PropertyKind[]): readonly PropertyKind[] {
  return (['DATASET', 'JOB'] as const).filter((kind) => kinds.includes(kind));
}

function distinctTexts(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.trim()))];
}
