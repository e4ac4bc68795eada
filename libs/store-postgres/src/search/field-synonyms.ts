import { ConceptNames, type FieldConcept } from '@headwater/domain/collection/field-concepts';
import type { ProjectionDatabase, Statement } from '../catalog/projection-database.js';
import { MAX_WORD } from './marks.js';
import { splitWords } from './words.js';

const CONCEPTS: Statement = {
  name: 'search_field_concepts',
  sql: `
    SELECT d.body -> 'rules' AS concepts FROM @.definition d
    WHERE d.kind = 'FIELD_CONCEPTS' AND d.recorded_to IS NULL AND d.valid_to IS NULL`,
};

/** The other names of fields that mean what a text names, as whole names are kept. No document knows of them. */
export async function synonymsOf(database: ProjectionDatabase, text: string): Promise<readonly string[]> {
  const [row] = await database.rows<{ concepts: readonly FieldConcept[] }>(CONCEPTS, []);
  if (row === undefined) return [];
  const names = new ConceptNames(row.concepts).othersOf(text.trim());
  const whole = names.map((name) =>
    [
      ...splitWords(name)
        .map(({ word }) => word)
        .join(''),
    ]
      .slice(0, MAX_WORD)
      .join(''),
  );
  return [...new Set(whole)].filter((name) => name !== '');
}
