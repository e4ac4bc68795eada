import { pointerToken, type FindingList } from './findings.js';

// C0, DEL and C1 without tab, line feed and carriage return, which SQL and documentation are full of.
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
// Raw C0 characters are no JSON, so in the source text only escapes of them, of surrogates, and raw DEL and C1 matter.
const SUSPICIOUS = /\\(?:u(?:00[01]|007[fF]|00[89]|[dD][89a-fA-F])|[bf])|[\u007f-\u009f]/;

/** Whether a namespace, name or id may not hold this text: any control character or a lone surrogate (rule 3). */
export function hasForbiddenCharacters(text: string): boolean {
  return CONTROL.test(text) || !text.isWellFormed();
}

/** Whether the JSON text may hold characters that {@link cleanValue} replaces; false lets the caller skip the walk. */
export function mayNeedCleaning(jsonText: string): boolean {
  return SUSPICIOUS.test(jsonText);
}

/** The text with control characters (tab and line ends apart) and lone surrogates shown as U+FFFD. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(UNWANTED, '\uFFFD');
}

/**
 * The value with control characters (tab and line ends apart) and lone surrogates shown as U+FFFD, in keys too; each
 * place is a finding. Returns the same object where nothing is to replace.
 */
export function cleanValue(value: unknown, pointer: string, findings: FindingList): unknown {
  if (typeof value === 'string') {
    const clean = cleanText(value);
    if (clean !== value) findings.add('CHARACTERS_REPLACED', pointer);
    return clean;
  }
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => cleanValue(item, `${pointer}/${String(index)}`, findings));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  let replaced = 0;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    const name = cleanText(key);
    const inner = `${pointer}/${pointerToken(key)}`;
    if (name !== key) findings.add('CHARACTERS_REPLACED', inner);
    const clean = cleanValue(item, inner, findings);
    if (name !== key || clean !== item) replaced++;
    return [name, clean];
  });
  // fromEntries defines properties instead of assigning them, so a key such as __proto__ stays an ordinary key.
  return replaced > 0 ? Object.fromEntries(entries) : value;
}
