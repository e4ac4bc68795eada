import type { Principal } from '@headwater/domain/access/principal';
import { EVERY_TAG, MOST_TAG_RULES, TAG_RULES_ID, type TagRule } from '@headwater/domain/classification/tag-rules';
import { coded, type InputFault } from '@headwater/domain/errors';
import { refuseFaults, textFault } from '../access/access-parts.js';
import { recordDefinition } from './record-definition.js';
import { editedMeanwhile, requestFaults, type EditPorts, type EditRequest, type RecordedEdit } from './record-edit.js';

const MOST_SUBTYPES = 50;

/** Puts a list of rules how tags go along in place of the one before, as an event of the log. They are of the whole catalog. */
export class EditTagRules {
  constructor(private readonly ports: EditPorts) {}

  /**
   * Throws INVALID_INPUT with every fault of every rule, FORBIDDEN for who may see or edit a part of the catalog only,
   * CONFLICT (EDITED_MEANWHILE): nothing is changed then.
   */
  async execute(
    principal: Principal,
    wanted: readonly TagRule[],
    request: EditRequest,
  ): Promise<Pick<RecordedEdit, 'position' | 'isReadable'>> {
    const tagRules = wanted.map((rule) => ({ ...rule, stopSubtypes: spelled(rule.stopSubtypes) }));
    refuseFaults('The rules cannot be taken as they are', [...faultsOf(tagRules), ...requestFaults(request)]);
    const { verdict, ...made } = await recordDefinition(this.ports, principal, request, 'Rules for tags', (head) => ({
      ...{ ...head, node: TAG_RULES_ID, action: 'REPLACE', tagRules },
    }));
    if (verdict !== null) throw await editedMeanwhile(this.ports, null);
    return made;
  }
}

/** OpenLineage writes subtypes in upper case; the order of a list says nothing. */
function spelled(subtypes: readonly string[]): readonly string[] {
  return [...new Set(subtypes.map((one) => one.trim().toUpperCase()))].sort();
}

function faultsOf(rules: readonly TagRule[]): readonly InputFault[] {
  const first = new Map<string, number>();
  const faults = rules.flatMap(({ tag, stopSubtypes }, index): readonly InputFault[] => {
    const at = `/rules/${String(index)}`;
    const before = first.get(tag);
    if (before === undefined) first.set(tag, index);
    return [
      ...(tag === EVERY_TAG ? [] : textFault(`${at}/tag`, tag)),
      ...(before === undefined
        ? []
        : [
            {
              pointer: `${at}/tag`,
              ...coded('TAG_HAS_RULE', `rule ${String(before + 1)} is for it too`, { before: before + 1 }),
            },
          ]),
      ...stopSubtypes.flatMap((one) => textFault(`${at}/stopSubtypes`, one)),
      ...(stopSubtypes.length <= MOST_SUBTYPES
        ? []
        : [
            {
              pointer: `${at}/stopSubtypes`,
              ...coded('TOO_MANY', `must name at most ${String(MOST_SUBTYPES)}`, { most: MOST_SUBTYPES }),
            },
          ]),
    ];
  });
  if (rules.length <= MOST_TAG_RULES) return faults;
  const most = MOST_TAG_RULES;
  return [{ pointer: '/rules', ...coded('TOO_MANY', `must have at most ${String(most)} rules`, { most }) }, ...faults];
}
