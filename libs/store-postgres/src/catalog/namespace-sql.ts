import { splitGlobs, type NamespaceRule } from '@headwater/domain/access/namespace-rule';

/** A rule as the jsonb that {@link allowsNamespace} takes; null where it allows everything. */
export function ruleParameter(rule: NamespaceRule | undefined): string | null {
  if (rule === undefined || rule.sets === null) return null;
  const sets = rule.sets.map((globs) => {
    const { given, taken } = splitGlobs(globs);
    return { given: given.filter(isStorable).map(likePattern), taken: taken.filter(isStorable).map(likePattern) };
  });
  return JSON.stringify(sets);
}

/** SQL: whether the rule in a parameter allows the namespace that an expression gives, as `NamespaceRule.allows` does. */
export function allowsNamespace(parameter: string, expression: string): string {
  const matches = (globs: string): string =>
    `normalize(${expression}, NFC) LIKE ANY (ARRAY(SELECT jsonb_array_elements_text(allowed.globs -> '${globs}')))`;
  return `(${parameter}::jsonb IS NULL OR EXISTS (
      SELECT FROM jsonb_array_elements(${parameter}::jsonb) AS allowed(globs)
      WHERE ${matches('given')} AND NOT ${matches('taken')}))`;
}

/** A glob as a pattern of LIKE. */
export function likePattern(glob: string): string {
  return glob
    .replaceAll(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
}

/** PostgreSQL's text cannot hold these, so that no namespace matches such a glob. */
function isStorable(glob: string): boolean {
  return !glob.includes('\0') && glob.isWellFormed();
}
