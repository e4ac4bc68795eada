/** One name however it is written: case, underscores and hyphens tell nothing apart, nor do accents composed otherwise. */
export function canonicalName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.-]+/g, '');
}
