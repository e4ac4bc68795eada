import { datasetId } from '../../identifiers.js';
import { fieldShape } from './field-shape.js';
import type { SuggestTags } from './suggest-tags.js';

/** A field as people labelled it. */
export interface LabelledField {
  readonly schema: string;
  readonly dataset: string;
  readonly field: string;
  readonly type: string;
  /** The tag that it deserves; null for none. */
  readonly tag: string | null;
}

/** How often suggestions were right, of one tag or of all. */
export interface SuggestionQuality {
  /** Suggested, and deserved. */
  readonly right: number;
  /** Suggested, and not deserved. */
  readonly wrong: number;
  /** Deserved, and not suggested. */
  readonly missed: number;
  /** right / (right + wrong), 0 to 1; null where nothing was suggested. */
  readonly precision: number | null;
  /** right / (right + missed), 0 to 1; null where nothing is to be found. */
  readonly recall: number | null;
}

export interface MeasuredSuggestions {
  readonly total: SuggestionQuality;
  readonly byTag: ReadonlyMap<string, SuggestionQuality>;
  /** Where label and suggestion differ: `suggested` or the label is null. */
  readonly mistakes: readonly (LabelledField & { readonly suggested: string | null })[];
}

/** Compares what is suggested for labelled fields with their labels; each suggested tag of a field counts by itself. */
export function measureSuggestions(fields: readonly LabelledField[], suggest: SuggestTags): MeasuredSuggestions {
  const counts = new Map<string, { right: number; wrong: number; missed: number }>();
  const mistakes: (LabelledField & { readonly suggested: string | null })[] = [];
  const count = (tag: string, what: 'right' | 'wrong' | 'missed'): void => {
    const of = counts.get(tag) ?? { right: 0, wrong: 0, missed: 0 };
    counts.set(tag, of);
    of[what]++;
  };
  for (const one of fields) {
    const shape = fieldShape({ datasetId: datasetId(one.schema, one.dataset), path: [one.field], type: one.type });
    const tags = suggest(shape).map(({ tag }) => tag);
    for (const tag of tags) {
      count(tag, tag === one.tag ? 'right' : 'wrong');
      if (tag !== one.tag) mistakes.push({ ...one, suggested: tag });
    }
    if (one.tag !== null && !tags.includes(one.tag)) {
      count(one.tag, 'missed');
      mistakes.push({ ...one, suggested: null });
    }
  }
  const sum = { right: 0, wrong: 0, missed: 0 };
  for (const { right, wrong, missed } of counts.values()) {
    sum.right += right;
    sum.wrong += wrong;
    sum.missed += missed;
  }
  const byTag = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tag, of]) => [tag, qualityOf(of)] as const);
  return { total: qualityOf(sum), byTag: new Map(byTag), mistakes };
}

function qualityOf(counts: Pick<SuggestionQuality, 'right' | 'wrong' | 'missed'>): SuggestionQuality {
  const { right, wrong, missed } = counts;
  return {
    ...counts,
    precision: right + wrong === 0 ? null : right / (right + wrong),
    recall: right + missed === 0 ? null : right / (right + missed),
  };
}

/** Reads labelled fields: `# schema`, `@dataset`, then lines of `field type label`, `-` for no label. Throws on any other line. */
export function readLabelledFields(text: string): readonly LabelledField[] {
  let [schema, dataset] = ['', ''];
  const fields: LabelledField[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    if (line.startsWith('#')) schema = line.slice(1).trim();
    else if (line.startsWith('@')) dataset = line.slice(1).trim();
    else {
      const [field, type, label, ...rest] = line.split(' ');
      if (field === undefined || type === undefined || label === undefined || rest.length > 0 || dataset === '')
        throw new Error(`no labelled field: ${line}`);
      fields.push({ schema, dataset, field, type, tag: label === '-' ? null : label });
    }
  }
  return fields;
}
