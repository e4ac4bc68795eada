import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import type { PropertyDefinition } from '@headwater/domain/governance/definition';
import { misdeclared } from '@headwater/domain/governance/definitions/property';
import { propertyId } from '@headwater/domain/identifiers';
import { textFault } from '../access/access-parts.js';
import { markdownFault, propertyFault } from './check-change.js';
import { conflict, EditNamed } from './edit-named.js';
import { noSuchProperty, type EditPorts } from './record-edit.js';

/** As many as people choose from in a list. */
const MOST_ENUM_VALUES = 100;

/** Declares custom properties; which values assets have is edited there. */
export class EditProperty extends EditNamed<PropertyDefinition> {
  constructor(ports: EditPorts) {
    super(ports, {
      ...{ one: 'property', many: 'Properties' },
      members: 'name, description, type, isMany, kinds, values, unit, min, max or isRequired',
      idOf: propertyId,
      idFault: propertyFault,
      faultsOf: propertyFaults,
      refusals: {
        cycle: 'A property is part of nothing.',
        used: 'Assets have values of this property. Take them away first: `startEdits` does so for all that a search by the property finds.',
        unknown: noSuchProperty,
        other: {
          EDIT_MISDECLARES: (found) =>
            new HeadwaterError('INVALID_INPUT', `The property cannot be declared like this: ${found}`),
          EDIT_UNFITS_VALUES: (found) =>
            conflict(
              'PROPERTY_UNFITS_VALUES',
              `The property cannot be changed like this: ${found}. Find them by a search for what has the property, change or take away those values, then change the property.`,
            ),
        },
      },
      edit: (head, node, change) => ({ ...head, node, ...change }),
    });
  }
}

const TOO_MANY_VALUES = `must be at most ${String(MOST_ENUM_VALUES)}`;

function propertyFaults(body: Partial<PropertyDefinition>): readonly InputFault[] {
  const { name, description, values = [], unit, kinds, min, max } = body;
  const isLong = values.length > MOST_ENUM_VALUES;
  const declared = isWhole(body) ? misdeclared(body) : null;
  return [
    ...(name === undefined ? [] : textFault('/name', name)),
    ...(description === undefined || description === null ? [] : markdownFault('/description', description)),
    ...(kinds?.length === 0 ? [{ pointer: '/kinds', ...coded('NO_KINDS', 'must name datasets, jobs or both') }] : []),
    ...values.flatMap((value, index) => textFault(`/values/${String(index)}`, value)),
    ...(isLong ? [{ pointer: '/values', ...coded('TOO_MANY', TOO_MANY_VALUES, { most: MOST_ENUM_VALUES }) }] : []),
    ...(unit === undefined || unit === null ? [] : textFault('/unit', unit)),
    ...[['/min', min] as const, ['/max', max] as const].flatMap(([pointer, bound]) =>
      typeof bound === 'number' && !Number.isFinite(bound)
        ? [{ pointer, ...coded('NO_NUMBER', 'must be a number') }]
        : [],
    ),
    ...(declared === null || kinds?.length === 0
      ? []
      : [{ pointer: '/type', ...declared, detail: `does not go with the rest: ${declared.detail}` }]),
  ];
}

/** Of a change the rest is known where it is made. */
function isWhole(body: Partial<PropertyDefinition>): body is PropertyDefinition {
  return ['type', 'values', 'unit', 'min', 'max', 'kinds'].every((member) => Object.hasOwn(body, member));
}
