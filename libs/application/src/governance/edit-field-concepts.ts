import type { Principal } from '@headwater/domain/access/principal';
import { canonicalName } from '@headwater/domain/collection/canonical-name';
import {
  FIELD_CONCEPTS_ID,
  MOST_CONCEPTS,
  MOST_CONCEPT_NAMES,
  type FieldConcept,
} from '@headwater/domain/collection/field-concepts';
import { coded, type InputFault } from '@headwater/domain/errors';
import { refuseFaults, textFault } from '../access/access-parts.js';
import { recordDefinition } from './record-definition.js';
import { editedMeanwhile, requestFaults, type EditPorts, type EditRequest, type RecordedEdit } from './record-edit.js';

/** Puts a list of concepts of fields in place of the one before, as an event of the log. They are of the whole catalog. */
export class EditFieldConcepts {
  constructor(private readonly ports: EditPorts) {}

  /**
   * Throws INVALID_INPUT with every fault of every concept, FORBIDDEN for who may see or edit a part of the catalog only,
   * CONFLICT (EDITED_MEANWHILE): nothing is changed then.
   */
  async execute(
    principal: Principal,
    wanted: readonly FieldConcept[],
    request: EditRequest,
  ): Promise<Pick<RecordedEdit, 'position' | 'isReadable'>> {
    const concepts = wanted.map(({ name, names, isOne }) => ({
      ...{ name: name.trim(), isOne },
      names: names.map((one) => one.trim()),
    }));
    refuseFaults('The concepts cannot be taken as they are', [...faultsOf(concepts), ...requestFaults(request)]);
    const what = 'Concepts of fields';
    const { verdict, ...made } = await recordDefinition(this.ports, principal, request, what, (head) => ({
      ...{ ...head, node: FIELD_CONCEPTS_ID, action: 'REPLACE', concepts },
    }));
    if (verdict !== null) throw await editedMeanwhile(this.ports, null);
    return made;
  }
}

function faultsOf(concepts: readonly FieldConcept[]): readonly InputFault[] {
  const first = new Map<string, number>();
  const faults = concepts.flatMap(({ name, names, isOne }, index): readonly InputFault[] => {
    const at = `/concepts/${String(index)}`;
    const taken = names.flatMap((one, place): readonly InputFault[] => {
      const key = canonicalName(one);
      const before = first.get(key);
      if (!isOne) return [];
      if (before === undefined) first.set(key, index);
      if (before === undefined || before === index) return [];
      const told = coded('IN_CONCEPT', `is of concept ${String(before + 1)} already`, { before: before + 1 });
      return [{ pointer: `${at}/names/${String(place)}`, ...told }];
    });
    const different = new Set(names.map(canonicalName)).size;
    return [
      ...textFault(`${at}/name`, name),
      ...names.flatMap((one, place) => textFault(`${at}/names/${String(place)}`, one)),
      ...taken,
      ...(different >= 2 && names.length <= MOST_CONCEPT_NAMES
        ? []
        : [
            {
              pointer: `${at}/names`,
              ...coded('COUNT_BETWEEN', `must have 2 to ${String(MOST_CONCEPT_NAMES)} different names`, {
                ...{ least: 2, most: MOST_CONCEPT_NAMES },
              }),
            },
          ]),
    ];
  });
  if (concepts.length <= MOST_CONCEPTS) return faults;
  const tooMany = coded('TOO_MANY', `must have at most ${String(MOST_CONCEPTS)} concepts`, { most: MOST_CONCEPTS });
  return [{ pointer: '/concepts', ...tooMany }, ...faults];
}
