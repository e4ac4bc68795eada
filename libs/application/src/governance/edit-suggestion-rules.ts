import type { Principal } from '@headwater/domain/access/principal';
import {
  MOST_SUGGESTION_RULES,
  SUGGESTION_RULES_ID,
  type SuggestionRule,
} from '@headwater/domain/classification/suggestions/suggestion-rules';
import { coded, type InputFault } from '@headwater/domain/errors';
import { refuseFaults, textFault } from '../access/access-parts.js';
import { recordDefinition } from './record-definition.js';
import { editedMeanwhile, requestFaults, type EditPorts, type EditRequest, type RecordedEdit } from './record-edit.js';

/** Puts a list of rules that suggest tags in place of the one before, as an event of the log. They are of the whole catalog. */
export class EditSuggestionRules {
  constructor(private readonly ports: EditPorts) {}

  /**
   * Throws INVALID_INPUT with every fault of every rule, FORBIDDEN for who may see or edit a part of the catalog only,
   * CONFLICT (EDITED_MEANWHILE): nothing is changed then.
   */
  async execute(
    principal: Principal,
    wanted: readonly SuggestionRule[],
    request: EditRequest,
  ): Promise<Pick<RecordedEdit, 'position' | 'isReadable'>> {
    const suggestionRules = wanted.map(({ name, type, tag }) => ({
      name: name.trim(),
      type,
      tag: tag?.trim() ?? null,
    }));
    refuseFaults('The rules cannot be taken as they are', [...faultsOf(suggestionRules), ...requestFaults(request)]);
    const what = 'Rules that suggest tags';
    const { verdict, ...made } = await recordDefinition(this.ports, principal, request, what, (head) => ({
      ...{ ...head, node: SUGGESTION_RULES_ID, action: 'REPLACE', suggestionRules },
    }));
    if (verdict !== null) throw await editedMeanwhile(this.ports, null);
    return made;
  }
}

function faultsOf(rules: readonly SuggestionRule[]): readonly InputFault[] {
  const first = new Map<string, number>();
  const faults = rules.flatMap(({ name, type, tag }, index): readonly InputFault[] => {
    const at = `/rules/${String(index)}`;
    const same = JSON.stringify([name.toLowerCase(), type?.toLowerCase() ?? null, tag]);
    const before = first.get(same);
    if (before === undefined) first.set(same, index);
    return [
      ...textFault(`${at}/name`, name),
      ...(type === null ? [] : textFault(`${at}/type`, type)),
      ...(tag === null ? [] : textFault(`${at}/tag`, tag)),
      ...(before === undefined
        ? []
        : [{ pointer: at, ...coded('SAME_RULE', `rule ${String(before + 1)} is the same`, { before: before + 1 }) }]),
    ];
  });
  if (rules.length <= MOST_SUGGESTION_RULES) return faults;
  const most = MOST_SUGGESTION_RULES;
  return [{ pointer: '/rules', ...coded('TOO_MANY', `must have at most ${String(most)} rules`, { most }) }, ...faults];
}
