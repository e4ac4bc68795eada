import type { FactRow } from '@headwater/domain/catalog';
import type { PropertyKind, PropertyRow, PropertyType } from '@headwater/domain/governance/definition';
import { keptValues, microsOf, misfitOf } from '@headwater/domain/governance/property-values';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import { AssetKindEnum, CustomPropertyTypeEnum } from './governance-enums.js';
import { Agent, originOf, StatedFact, toAgent, type Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'A property that your organization declares for its assets.' })
export class CustomProperty {
  @Field(() => ID, { description: 'Its id: `property:<key>`.' })
  id!: string;

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is about, in Markdown.' })
  description!: string | null;

  @Field(() => CustomPropertyTypeEnum, { description: 'What its values are.' })
  type!: PropertyType;

  @Field({ description: 'Whether an asset may have several values of it.' })
  isMany!: boolean;

  @Field(() => [AssetKindEnum], { description: 'What it goes on.' })
  kinds!: readonly PropertyKind[];

  @Field(() => [String], { description: 'Of an ENUM its values, in the order to choose from; else empty.' })
  values!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Of a NUMBER what it is counted in.' })
  unit!: string | null;

  @Field(() => Float, { nullable: true, description: 'Of a NUMBER the least that it may be.' })
  min!: number | null;

  @Field(() => Float, { nullable: true, description: 'Of a NUMBER the most that it may be.' })
  max!: number | null;

  @Field({ description: 'Whether an asset that it goes on has a gap without it.' })
  isRequired!: boolean;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field(() => DateTime, { description: 'Since when it is as it is.' })
  since!: Micros;

  readonly row!: PropertyRow;
}

@ObjectType({ description: 'A value of a property: its text, and the same by its type.' })
export class PropertyValue {
  @Field({ description: 'The value as it is kept, and as edits and filters take it.' })
  text!: string;

  @Field(() => Float, { nullable: true, description: 'Of a NUMBER.' })
  number!: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Of a BOOLEAN.' })
  boolean!: boolean | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Of a DATE its first moment in UTC, of a DATE_TIME the moment.',
  })
  dateTime!: Micros | null;

  @Field(() => Agent, { nullable: true, description: 'Of an AGENT.' })
  agent!: Agent | null;
}

@ObjectType({ description: 'The values that an asset has of a property.' })
export class AssetProperty extends StatedFact {
  @Field(() => CustomProperty, { description: 'The property, as it was declared then.' })
  property!: CustomProperty;

  @Field(() => [PropertyValue], { description: 'The values, one at least.' })
  values!: readonly PropertyValue[];

  @Field(() => String, {
    nullable: true,
    description:
      'Why they do not fit the property any more, which was declared otherwise since: they stay until somebody changes them. Null where they fit.',
  })
  problem!: string | null;
}

export function toCustomProperty(row: PropertyRow): CustomProperty {
  const { id, body, enteredBy, validFrom: since } = row;
  return { id, ...body, enteredBy, since, row };
}

export function toAssetProperty(
  fact: FactRow,
  row: PropertyRow,
  kind: PropertyKind,
  positions: Positions,
): AssetProperty {
  const texts = keptValues(fact.detail);
  return {
    property: toCustomProperty(row),
    values: texts.map((text) => toValue(row.body.type, text)),
    problem: misfitOf(row.body, texts, kind),
    ...originOf(fact, positions),
  };
}

function toValue(type: PropertyType, text: string): PropertyValue {
  return {
    text,
    number: type === 'NUMBER' ? Number(text) : null,
    boolean: type === 'BOOLEAN' ? text === 'true' : null,
    dateTime: type === 'DATE' || type === 'DATE_TIME' ? microsOf(type, text) : null,
    agent: type === 'AGENT' ? (toAgent(text as NodeId) ?? null) : null,
  };
}

export type EditedCustomProperty = EditedDefinition<'property', CustomProperty> & { readonly id: string };
export type CustomPropertyRefusal = DefinitionRefusal<CustomProperty>;

export const EditCustomPropertyResult = definitionResults(
  { name: 'CustomProperty', result: 'EditCustomPropertyResult', member: 'property' },
  () => CustomProperty,
  {
    result: 'The edited property, or why nothing was changed.',
    edited: 'An edit of a property that was made.',
    refused: 'Why a property was not edited. Nothing was changed.',
    codes:
      'INVALID_INPUT, MISSING_SCOPE, NO_SUCH_PROPERTY, PROPERTY_EXISTS, PROPERTY_IN_USE, PROPERTY_UNFITS_VALUES, EDITED_MEANWHILE, KEY_USED',
    id: 'The property that was edited.',
    member: 'As it is with the edit once that is readable; null where it was removed, or is not readable yet.',
    faults: 'What is wrong with the input; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the property as it is now, with its `editVersion`.',
  },
);
