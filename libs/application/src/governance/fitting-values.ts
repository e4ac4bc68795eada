import { coded, type InputFault } from '@headwater/domain/errors';
import type { PropertyDefinition, PropertyKind } from '@headwater/domain/governance/definition';
import { keptValues, kindsIn, readValues, writeValues } from '@headwater/domain/governance/property-values';

/** Pointer of the fault that a property does not go on something. */
export const ON = '/on';

/**
 * Values of a property, `given` as a fact has them, in the spelling that is kept, for assets of these kinds. Of faults the
 * pointer is {@link ON} where the property does not go on them, else it is within the list of values.
 */
export function fittingValues(
  body: PropertyDefinition,
  given: string | null,
  kinds: readonly PropertyKind[],
): { readonly detail: string; readonly faults: readonly InputFault[] } {
  const { values, faults } = readValues(body, keptValues(given));
  const isMisplaced = kinds.some((kind) => !body.kinds.includes(kind));
  return {
    detail: writeValues(values),
    faults: [
      ...(isMisplaced
        ? [
            {
              pointer: ON,
              ...coded('NOT_ITS_KIND', `must be of ${kindsIn(body.kinds)}: ${body.name} goes on nothing else`, {
                property: body.name,
              }),
            },
          ]
        : []),
      ...faults.map(({ index, ...fault }) => ({ ...fault, pointer: index === null ? '' : `/${String(index)}` })),
    ],
  };
}
