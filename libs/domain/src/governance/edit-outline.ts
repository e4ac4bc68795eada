import type { StatedKind } from '../facts.js';
import type { NodeId } from '../identifiers.js';
import { readAssetEdit, type FactEdit } from './asset-edit.js';
import { readDefinitionEdit, type DefinitionEdit } from './definition-edit.js';

/**
 * What an edit says is so from then on, or is no more. DEFINITION: that there is a definition at all. RULES: another list
 * of ownership rules, of which the value tells how many there are; TAG_RULES: of rules for tags, in the same way.
 */
export interface EditedPart {
  readonly action: FactEdit['action'];
  readonly part: StatedKind | 'NAME' | 'PARENT' | 'DEFINITION' | 'RULES' | 'TAG_RULES';
  readonly on: NodeId;
  /** As in a FactRow, or the member of a definition; null where it is taken away, whatever it was. */
  readonly value: string | null;
  /** Of an OWNER the role; of a WITHDRAW null is any. */
  readonly detail: string | null;
}

/** What an edit says of itself: enough for a line of a list. */
export interface EditOutline {
  readonly by: string;
  readonly reason: string | null;
  /** The asset or the definition. */
  readonly subject: NodeId;
  readonly parts: readonly EditedPart[];
}

/** Undefined for an edit of settings, and for every other event. Total. */
export function editOutline(bytes: Uint8Array): EditOutline | undefined {
  const edit = readAssetEdit(bytes);
  if (edit !== undefined) {
    const parts = edit.changes.map(({ action, kind, node, value, detail }) => ({
      ...{ action, part: kind, on: node, detail },
      value: value === '' ? null : value,
    }));
    return { by: edit.by.name, reason: edit.reason, subject: edit.asset, parts };
  }
  const definition = readDefinitionEdit(bytes);
  if (definition === undefined) return undefined;
  const { by, reason, node } = definition;
  return { by: by.name, reason, subject: node, parts: partsOf(definition) };
}

const MEMBERS = { name: 'NAME', description: 'DESCRIPTION', parent: 'PARENT' } as const;

function partsOf(edit: DefinitionEdit): readonly EditedPart[] {
  const { node: on, action } = edit;
  if (action === 'REPLACE') {
    const [part, rules] =
      'tagRules' in edit ? (['TAG_RULES', edit.tagRules] as const) : (['RULES', edit.rules] as const);
    return [{ action: 'STATE', part, on, value: String(rules.length), detail: null }];
  }
  if (action === 'REMOVE') return [{ action: 'WITHDRAW', part: 'DEFINITION', on, value: null, detail: null }];
  const made: EditedPart[] =
    action === 'CREATE' ? [{ action: 'STATE', part: 'DEFINITION', on, value: null, detail: null }] : [];
  const { body } = edit;
  const members = (['name', 'description', 'parent'] as const).flatMap((member): readonly EditedPart[] => {
    const value = body[member];
    if (value === undefined || (value === null && action === 'CREATE')) return [];
    return [{ action: value === null ? 'WITHDRAW' : 'STATE', part: MEMBERS[member], on, value, detail: null }];
  });
  return [...made, ...members];
}
