import type { NodeId } from '../../identifiers.js';
import { arrayAt, stringAt } from '../../projection/body-reader.js';
import { contentHash } from '../../projection/canonical-json.js';
import type { Held } from '../held.js';
import type { EditHead } from '../edit-head.js';
import type { EditedPart } from '../edited-part.js';
import {
  conflictOf,
  type DefinitionModule,
  type DefinitionWorld,
  type EditProblem,
  type MadeDefinition,
} from './definition-module.js';

/** The whole list in place of the one before. */
export type RuleListEdit<Node extends NodeId, Member extends string, Rule> = EditHead & {
  readonly node: Node;
  readonly action: 'REPLACE';
} & { readonly [M in Member]: readonly Rule[] };

interface RuleListKind<Node extends NodeId, Member extends string, Rule> {
  readonly node: Node;
  readonly kind: 'OWNERSHIP_RULES' | 'TAG_RULES' | 'SUGGESTION_RULES' | 'FIELD_CONCEPTS' | 'LOGICAL_RULES';
  /** Where in the edit the rules are. */
  readonly member: Member;
  readonly part: EditedPart['part'];
  /** Undefined for what is no rule. Total. */
  readRule(value: unknown): Rule | undefined;
  /** The members of a rule, without since when it is so. */
  ruleOf(held: Rule): Rule;
  misfit(rules: readonly Rule[], world: DefinitionWorld): EditProblem | null;
}

/** A list of rules that there is one of, set as a whole. */
export function ruleList<Node extends NodeId, Member extends string, Rule extends object>(
  of: RuleListKind<Node, Member, Rule>,
): DefinitionModule<RuleListEdit<Node, Member, Rule>> {
  const { node, kind, member, part } = of;
  const contentOf = (rule: Rule): string => contentHash(of.ruleOf(rule));
  return {
    isOf: (id) => id === node,

    read({ body, head }) {
      const given = arrayAt(body, member);
      const rules = given.map((one) => of.readRule(one)).filter((rule) => rule !== undefined);
      if (stringAt(body, 'action') !== 'REPLACE' || rules.length < given.length) return undefined;
      return { ...head, node, action: 'REPLACE', [member]: rules } as unknown as RuleListEdit<Node, Member, Rule>;
    },

    make(edit, held, { receivedAt: since, position }, world) {
      const conflict = conflictOf(edit, held?.position ?? 0) ?? of.misfit(edit[member], world);
      if (conflict !== null) return Promise.resolve(conflict);
      // Rules that stay as they are keep since when they are so, and by whom.
      const before = held?.kind === kind ? (held.body.rules as readonly object[] as readonly (Rule & Held)[]) : [];
      const known = new Map(before.map((rule) => [contentOf(rule), rule]));
      const rules = edit[member].map(
        (rule): Rule & Held => known.get(contentOf(rule)) ?? { ...rule, since, enteredBy: edit.by.name, position },
      );
      return Promise.resolve({ kind, body: { rules } } as unknown as MadeDefinition);
    },

    outline: (edit) => [{ action: 'STATE', part, on: node, value: String(edit[member].length), detail: null }],
  };
}
