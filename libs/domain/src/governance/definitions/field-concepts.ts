import { FIELD_CONCEPTS_ID, type FieldConcept } from '../../collection/field-concepts.js';
import { arrayAt, asRecord, nameAt } from '../../projection/body-reader.js';
import { ruleList, type RuleListEdit } from './rule-list.js';

export type FieldConceptsEdit = RuleListEdit<typeof FIELD_CONCEPTS_ID, 'concepts', FieldConcept>;

/** Which names of fields mean the same. */
export const FIELD_CONCEPTS = ruleList({
  node: FIELD_CONCEPTS_ID,
  ...({ kind: 'FIELD_CONCEPTS', member: 'concepts', part: 'FIELD_CONCEPTS' } as const),
  readRule: readConcept,
  ruleOf: ({ name, names, isOne }) => ({ name, names, isOne }),
  misfit: () => null,
});

function readConcept(value: unknown): FieldConcept | undefined {
  const concept = asRecord(value);
  const name = concept === undefined ? null : nameAt(concept, 'name');
  if (concept === undefined || name === null) return undefined;
  const names = arrayAt(concept, 'names').filter((one) => typeof one === 'string');
  return { name, names, isOne: concept['isOne'] !== false };
}
