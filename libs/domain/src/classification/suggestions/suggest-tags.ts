import { familyOf, type TypeFamily } from '../../collection/type-family.js';
import { toGlob } from '../../glob.js';
import type { FieldShape } from './field-shape.js';
import { ABOUT, type NameRule } from './name-rule.js';
import { NAME_RULES } from './name-rules.js';
import { fullWordsOf, wordsOf } from './name-words.js';
import type { SuggestionRule } from './suggestion-rules.js';

/** A tag that a field may deserve. */
export interface SuggestedTag {
  readonly tag: string;
  /** The built-in rule by its id, or `custom: ` and the pattern of the organization's own. */
  readonly rule: string;
  /** 1 to 100, how often the rule is right. */
  readonly confidence: number;
}

export type SuggestTags = (shape: Pick<FieldShape, 'name' | 'type' | 'context'>) => readonly SuggestedTag[];

/** Whoever writes a rule of their own knows their names. */
const CUSTOM_CONFIDENCE = 97;

/** Words of names whose values are made of others so that these cannot be read. */
const VEILS: ReadonlySet<string> = new Set([
  ...['hash', 'hashed', 'sha', 'md', 'hmac', 'masked', 'encrypted', 'tokenized', 'redacted', 'obfuscated', 'digest'],
  ...[
    'anonymized',
    'anonymised',
    'pseudonymized',
    'pseudonymised',
    'verschluesselt',
    'anonymisiert',
    'pseudonymisiert',
  ],
]);
/** Such values are about somebody all the same, and not what the rest of the name says. */
const VEILED = 0.5;

interface ReadyRule extends NameRule {
  /** Each phrase as ` first name ` and ` firstname `. */
  readonly written: readonly string[];
  readonly barred: ReadonlySet<string>;
}

const READY: readonly ReadyRule[] = NAME_RULES.map((rule) => ({
  ...rule,
  written: [...new Set(rule.phrases.flatMap((phrase) => [` ${phrase} `, ` ${phrase.replaceAll(' ', '')} `]))],
  barred: new Set(rule.unless ?? []),
}));

/** Tells of a field which tags its name and type suggest, each once by its surest rule, the surest first. */
export function suggestTags(custom: readonly SuggestionRule[]): SuggestTags {
  const own = custom.map((rule) => ({
    ...{ rule, name: toGlob(rule.name.normalize('NFC').toLowerCase()) },
    type: rule.type === null ? null : toGlob(rule.type.toLowerCase()),
  }));
  return (shape) => {
    const name = shape.name.normalize('NFC').toLowerCase();
    const fitting = own.filter(
      (one) => one.name.matches(name) && (one.type === null || one.type.matches(shape.type ?? '')),
    );
    if (fitting.some(({ rule }) => rule.tag === null)) return [];
    const found = new Map<string, SuggestedTag>();
    const add = (one: SuggestedTag): void => {
      if ((found.get(one.tag)?.confidence ?? 0) < one.confidence) found.set(one.tag, one);
    };
    for (const { rule } of fitting)
      if (rule.tag !== null) add({ tag: rule.tag, rule: `custom: ${rule.name}`, confidence: CUSTOM_CONFIDENCE });
    for (const { id, tag, confidence, written } of builtIn(shape)) {
      const isVeiled = veilIn(shape.name) && !written.some(veilIn);
      add({ tag, rule: id, confidence: isVeiled ? Math.round(confidence * VEILED) : confidence });
    }
    return [...found.values()].sort((a, b) => b.confidence - a.confidence || (a.tag < b.tag ? -1 : 1));
  };
}

function builtIn({ name, type, context }: Pick<FieldShape, 'name' | 'type' | 'context'>): readonly ReadyRule[] {
  const family = familyOf(type);
  if (family === 'BOOLEAN') return [];
  const plain = wordsOf(name);
  const full = fullWordsOf(name);
  if ([...plain, ...full].some((word) => ABOUT.has(word)) || startsWithCount(plain)) return [];
  const texts = [` ${plain.join(' ')} `, ` ${full.join(' ')} `];
  const words = new Set([...plain, ...full]);
  const isWhole = (rule: ReadyRule): boolean => rule.written.includes(` ${significant(full)} `);
  return READY.filter(
    (rule) =>
      fitsType(rule, type, family) &&
      (rule.within === undefined || (context !== null && rule.within.includes(context))) &&
      (rule.outside === undefined || context === null || !rule.outside.includes(context)) &&
      rule.written.some((phrase) => texts.some((text) => text.includes(phrase))) &&
      (rule.isWhole !== true || isWhole(rule)) &&
      ![...words].some((word) => rule.barred.has(word)),
  );
}

function veilIn(name: string): boolean {
  return wordsOf(name).some((word) => VEILS.has(word));
}

/** `num_emails` tells how many. */
function startsWithCount([first]: readonly string[]): boolean {
  return first === 'num' || first === 'no' || first === 'nbr' || first === 'n';
}

/** TPC and its like begin each name with a letter of the table: `c_name`. */
function significant(words: readonly string[]): string {
  const telling = words.filter((word) => word.length > 1 && !/^\d+$/.test(word));
  return telling.join(' ');
}

function fitsType({ types = ['TEXT'] }: NameRule, type: string | null, family: TypeFamily | null): boolean {
  // Arrays, structs and types of no known family may hold anything.
  return type === null || family === null || types.includes(family);
}
