import { stringAt } from '../projection/body-reader.js';
import { AGENTS, type AgentEdit } from './definitions/agent.js';
import { DATA_PRODUCTS, type DataProductEdit } from './definitions/data-product.js';
import type { DefinitionModule } from './definitions/definition-module.js';
import { DOMAINS, type DomainEdit } from './definitions/domain.js';
import { LOGICAL_DATASETS, type LogicalDatasetEdit } from './definitions/logical-dataset.js';
import { LOGICAL_RULES, type LogicalRulesEdit } from './definitions/logical-rules.js';
import { FIELD_CONCEPTS, type FieldConceptsEdit } from './definitions/field-concepts.js';
import { OWNERSHIP_RULES, type OwnershipRulesEdit } from './definitions/ownership-rules.js';
import { PROPERTIES, type PropertyEdit } from './definitions/property.js';
import { SUGGESTION_RULES, type SuggestionRulesEdit } from './definitions/suggestion-rules.js';
import { TAG_RULES, type TagRulesEdit } from './definitions/tag-rules.js';
import { TERMS, type TermEdit } from './definitions/term.js';
import { editBytes, readEdit } from './edit-head.js';

const EDIT = 'definition';

/** One edit of one definition, from its receipt on. */
export type DefinitionEdit =
  | AgentEdit
  | DomainEdit
  | TermEdit
  | DataProductEdit
  | LogicalDatasetEdit
  | PropertyEdit
  | OwnershipRulesEdit
  | TagRulesEdit
  | SuggestionRulesEdit
  | FieldConceptsEdit
  | LogicalRulesEdit;

/** Every kind of definition; an id is of one at most. */
const MODULES: readonly DefinitionModule<DefinitionEdit>[] = [
  DOMAINS,
  TERMS,
  DATA_PRODUCTS,
  PROPERTIES,
  LOGICAL_DATASETS,
  OWNERSHIP_RULES,
  TAG_RULES,
  SUGGESTION_RULES,
  FIELD_CONCEPTS,
  AGENTS,
  LOGICAL_RULES,
];

/** The kind that an id is of; undefined for an id of something else. */
export function moduleOf(node: string): DefinitionModule<DefinitionEdit> | undefined {
  return MODULES.find((module) => module.isOf(node));
}

/** The EDIT event of the log that says so. */
export function definitionEditBytes(edit: DefinitionEdit): Uint8Array {
  return editBytes(EDIT, edit);
}

/** The edit that an EDIT event holds; undefined where it is about something else. Total. */
export function readDefinitionEdit(bytes: Uint8Array): DefinitionEdit | undefined {
  const read = readEdit(bytes, EDIT);
  return read === undefined ? undefined : moduleOf(stringAt(read.body, 'node') ?? '')?.read(read);
}
