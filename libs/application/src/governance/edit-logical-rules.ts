import type { Principal } from '@headwater/domain/access/principal';
import { coded, type InputFault } from '@headwater/domain/errors';
import {
  CAPTURED,
  isLogicalKey,
  LOGICAL_RULES_ID,
  MOST_LOGICAL_RULES,
  type LogicalRule,
} from '@headwater/domain/governance/logical-rules';
import { isPlainText, refuseFaults } from '../access/access-parts.js';
import { recordDefinition } from './record-definition.js';
import { editedMeanwhile, requestFaults, type EditPorts, type EditRequest, type RecordedEdit } from './record-edit.js';

const MAX_PATTERN = 512;

/** Puts a list of rules that group datasets in place of the one before, as an event of the log. They are of the whole catalog. */
export class EditLogicalRules {
  constructor(private readonly ports: EditPorts) {}

  /**
   * Throws INVALID_INPUT with every fault of every rule, FORBIDDEN for who may see or edit a part of the catalog only,
   * CONFLICT (EDITED_MEANWHILE): nothing is changed then.
   */
  async execute(
    principal: Principal,
    logicalRules: readonly LogicalRule[],
    request: EditRequest,
  ): Promise<Pick<RecordedEdit, 'position' | 'isReadable'>> {
    refuseFaults('The rules cannot be taken as they are', [
      ...logicalRuleFaults(logicalRules),
      ...requestFaults(request),
    ]);
    const what = 'Rules for logical datasets';
    const { verdict, ...made } = await recordDefinition(this.ports, principal, request, what, (head) => ({
      ...{ ...head, node: LOGICAL_RULES_ID, action: 'REPLACE', logicalRules },
    }));
    if (verdict !== null) throw await editedMeanwhile(this.ports, null);
    return made;
  }
}

/** Every fault of every rule, at `/rules`. */
export function logicalRuleFaults(rules: readonly LogicalRule[]): readonly InputFault[] {
  const most = MOST_LOGICAL_RULES;
  if (rules.length > most)
    return [{ pointer: '/rules', ...coded('TOO_MANY', `must have at most ${String(most)} rules`, { most }) }];
  return rules.flatMap(({ namespace, name, key }, index) => {
    const at = `/rules/${String(index)}`;
    const parts = name.split(CAPTURED).length - 1;
    const used = key.split(CAPTURED).length - 1;
    const isKey = used <= 1 && isLogicalKey(key.replace(CAPTURED, 'x').toLowerCase());
    return [
      ...(namespace === null ? [] : patternFault(`${at}/namespace`, namespace)),
      ...patternFault(`${at}/name`, name),
      ...(parts <= 1 ? [] : [{ pointer: `${at}/name`, ...ONCE }]),
      ...(isKey ? [] : [{ pointer: `${at}/key`, ...NO_KEY }]),
      ...(used <= parts ? [] : [{ pointer: `${at}/key`, ...NOT_CAPTURED }]),
    ];
  });
}

const [ONCE, NO_KEY, NOT_CAPTURED] = [
  coded('CAPTURED_ONCE', `must have ${CAPTURED} once at most`, { captured: CAPTURED }),
  coded(
    'NO_KEY_OF_RULE',
    `must be a key of letters, digits, dots, dashes and underscores, with ${CAPTURED} once at most`,
    { captured: CAPTURED },
  ),
  coded('NOT_CAPTURED', `has ${CAPTURED}, which the name does not capture`, { captured: CAPTURED }),
] as const;

function patternFault(pointer: string, pattern: string): readonly InputFault[] {
  const isFine = pattern.length > 0 && pattern.length <= MAX_PATTERN && isPlainText(pattern);
  return isFine
    ? []
    : [
        {
          pointer,
          ...coded('TEXT_LENGTH', `must have 1 to ${String(MAX_PATTERN)} characters and no control characters`, {
            most: MAX_PATTERN,
          }),
        },
      ];
}
