import type { StatedKind } from '../facts.js';
import type { NodeId } from '../identifiers.js';
import type { FactEdit } from './asset-edit.js';

/**
 * What an edit says is so from then on, or is no more. DEFINITION: that there is a definition at all. RULES: another list
 * of ownership rules, of which the value tells how many there are; TAG_RULES, SUGGESTION_RULES: of rules for tags,
 * LOGICAL_RULES: of rules that group datasets, and FIELD_CONCEPTS: of names of fields that mean the same, in the same way.
 * SAME_AGENT: that another id is the same agent.
 */
export interface EditedPart {
  readonly action: FactEdit['action'];
  readonly part:
    | StatedKind
    | 'NAME'
    | 'TYPE'
    | 'MANY'
    | 'KINDS'
    | 'VALUES'
    | 'UNIT'
    | 'MIN'
    | 'MAX'
    | 'REQUIRED'
    | 'PARENT'
    | 'SYNONYMS'
    | 'RELATED'
    | 'STATUS'
    | 'SUCCESSOR'
    | 'LAYER'
    | 'EXTERNAL'
    | 'OWNERS'
    | 'DEFINITION'
    | 'RULES'
    | 'TAG_RULES'
    | 'SUGGESTION_RULES'
    | 'FIELD_CONCEPTS'
    | 'E_MAIL'
    | 'SUBJECT'
    | 'MEMBERS'
    | 'SAME_AGENT'
    | 'LOGICAL_RULES';
  readonly on: NodeId;
  /** As in a FactRow, or the member of a definition; null where it is taken away, whatever it was. */
  readonly value: string | null;
  /** Of an OWNER the role; of an ACCEPTED_FINDING its kind, the value being the job; of a PROPERTY the values; of a WITHDRAW null is any. */
  readonly detail: string | null;
}
