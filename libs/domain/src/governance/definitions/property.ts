import { coded, type Told } from '../../errors.js';
import { arrayAt, stringAt } from '../../projection/body-reader.js';
import type { PropertyDefinition, PropertyKind, PropertyType } from '../definition.js';
import type { EditedPart } from '../edited-part.js';
import { kindsIn, keptValues, readValues, writeValues } from '../property-values.js';
import type { EditProblem } from './definition-module.js';
import { DESCRIPTION, NAME, type Member } from './members.js';
import { namedDefinition, type NamedChange, type NamedEdit } from './named-definition.js';

export type PropertyChange = NamedChange<PropertyDefinition>;
export type PropertyEdit = NamedEdit<PropertyDefinition>;

const TYPES: readonly PropertyType[] = ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'DATE_TIME', 'ENUM', 'URL', 'AGENT'];
const KINDS: readonly PropertyKind[] = ['DATASET', 'JOB'];

const TYPE: Member<PropertyType> = {
  part: 'TYPE',
  read: (given, key) => TYPES.find((type) => type === stringAt(given, key)),
  absent: undefined,
  tell: (type) => type,
};

const OF_KINDS: Member<readonly PropertyKind[]> = {
  part: 'KINDS',
  read: (given, key) => {
    const kinds = KINDS.filter((kind) => arrayAt(given, key).includes(kind));
    return kinds.length === 0 ? undefined : kinds;
  },
  absent: KINDS,
  tell: kindsIn,
};

const VALUES: Member<readonly string[]> = {
  part: 'VALUES',
  read: (given, key) => {
    const texts = arrayAt(given, key);
    const values = texts.filter((text) => typeof text === 'string' && text !== '') as readonly string[];
    return values.length < texts.length ? undefined : [...new Set(values)];
  },
  absent: [],
  tell: (values) => (values.length === 0 ? null : values.join(', ')),
};

const UNIT: Member<string | null> = { part: 'UNIT', read: stringAt, absent: null, tell: (unit) => unit };

/**
 * Custom properties. What values a body takes may change while assets have some: those that do not fit any more stay, and
 * are told. Only another type, or one value in place of many, must leave none behind that means nothing any more.
 */
export const PROPERTIES = namedDefinition<PropertyDefinition>({
  kind: 'PROPERTY',
  members: {
    name: NAME,
    description: DESCRIPTION,
    type: TYPE,
    isMany: flag('MANY'),
    kinds: OF_KINDS,
    values: VALUES,
    unit: UNIT,
    min: bound('MIN'),
    max: bound('MAX'),
    isRequired: flag('REQUIRED'),
  },
  misfit: (body) => {
    const problem = misdeclared(body);
    return problem === null ? null : { code: 'EDIT_MISDECLARES', message: problem.detail };
  },
  async unfit(body, before, node, world) {
    if (body.type === before.type && (body.isMany || !before.isMany)) return null;
    const held = await world.detailsOf('PROPERTY', node);
    const lost = held.filter(({ detail }) => {
      const values = keptValues(detail);
      // Neither is a value said anew in the spelling of another type: nobody entered it like that.
      return values.length === 0 || writeValues(readValues(unbound(body), values).values) !== detail;
    }).length;
    return lost === 0 ? null : unfitting(lost, held.length);
  },
  async usesOf(node, world) {
    const users = await world.countOf('PROPERTY', node);
    return users === 0 ? null : `values on ${assets(users)}`;
  },
});

function unfitting(lost: number, all: number): EditProblem {
  return {
    code: 'EDIT_UNFITS_VALUES',
    message: `of ${assets(all)} with a value ${String(lost)} would have one that does not fit`,
  };
}

function assets(count: number): string {
  return count === 1 ? '1 asset' : `${String(count)} assets`;
}

/** Values beyond bounds are of the type still. */
function unbound(body: PropertyDefinition): PropertyDefinition {
  return { ...body, min: null, max: null };
}

/** What is wrong with how a property is declared; null where nothing is. */
export function misdeclared({ type, values, unit, min, max, kinds }: PropertyDefinition): Told | null {
  if (type === 'ENUM' && values.length === 0) return coded('ENUM_WITHOUT_VALUES', 'an ENUM must list its values');
  if (type !== 'ENUM' && values.length > 0)
    return coded('VALUES_WITHOUT_ENUM', 'only an ENUM lists values: take them away');
  if (type !== 'NUMBER' && (unit !== null || min !== null || max !== null))
    return coded('BOUNDS_WITHOUT_NUMBER', 'only a NUMBER has a unit and bounds: take them away');
  if (min !== null && max !== null && min > max)
    return coded('BOUNDS_CROSSED', 'the lower bound must not be above the upper one');
  return kinds.length === 0 ? coded('NO_KINDS', 'it must go on datasets, on jobs or on both') : null;
}

function flag(part: EditedPart['part']): Member<boolean> {
  return {
    part,
    read: (given, key) => (typeof given[key] === 'boolean' ? given[key] : undefined),
    absent: false,
    tell: (is) => (is ? 'true' : null),
  };
}

function bound(part: EditedPart['part']): Member<number | null> {
  return {
    part,
    read: (given, key) => {
      const number = given[key] ?? null;
      return number === null || (typeof number === 'number' && Number.isFinite(number)) ? number : undefined;
    },
    absent: null,
    tell: (number) => (number === null ? null : String(number)),
  };
}
