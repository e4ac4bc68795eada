/** Roles that the product knows: what pages offer, and what other spellings of them are read as. */
export const KNOWN_ROLES = ['OWNER', 'TECHNICAL_OWNER', 'STEWARD'] as const;

const known = new Map<string, string>(KNOWN_ROLES.map((role) => [folded(role), role]));

/** The role that a text names: a known one whatever its case, spaces, hyphens and underscores are, else the text itself. */
export function roleNamed(text: string): string {
  return known.get(folded(text)) ?? text;
}

function folded(text: string): string {
  return text.replaceAll(/[\s_-]/gu, '').toUpperCase();
}
