import { readFileSync } from 'node:fs';
import {
  readLabelledFields,
  type LabelledField,
} from '@headwater/domain/classification/suggestions/suggestion-quality';

/** The labelled fields that rules are written with, or those that they are only measured by. */
export function labelledFields(part: 'development' | 'held-out' | 'synonyms'): readonly LabelledField[] {
  const file = new URL(`../fixtures/classification/${part}.txt`, import.meta.url);
  return readLabelledFields(readFileSync(file, 'utf8'));
}
