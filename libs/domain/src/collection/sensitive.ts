/** Keys of tags that say how sensitive something is, however they are written. */
const KEYS: ReadonlySet<string> = new Set([
  ...['classification', 'confidential', 'confidentiality', 'gdpr', 'pci', 'personal', 'phi', 'pii', 'restricted'],
  ...['secret', 'sensitive', 'sensitivity'],
]);
/** Values that say that something is not. */
const HARMLESS: ReadonlySet<string> = new Set(['false', 'internal', 'no', 'none', 'open', 'public']);

/** Whether a tag, `key` or `key=value`, marks something as sensitive. */
export function isSensitiveTag(tag: string): boolean {
  const [key = '', ...value] = tag.toLowerCase().split('=');
  return KEYS.has(key.trim()) && !HARMLESS.has(value.join('=').trim());
}
