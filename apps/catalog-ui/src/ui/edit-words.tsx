import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { partsOf } from '../lib/node-id.js';
import { useOwnerRoles } from './owner-roles.js';

interface Edited {
  readonly action: 'STATE' | 'WITHDRAW';
  readonly part:
    | 'OWNER'
    | 'TAG'
    | 'DESCRIPTION'
    | 'DOMAIN'
    | 'TERM'
    | 'NAME'
    | 'PARENT'
    | 'SYNONYMS'
    | 'RELATED'
    | 'STATUS'
    | 'SUCCESSOR'
    | 'LAYER'
    | 'EXTERNAL'
    | 'PRODUCT'
    | 'DELETION'
    | 'ACCEPTED_FINDING'
    | 'OWNERS'
    | 'CONFIRMED'
    | 'DECLINED'
    | 'DEFINITION'
    | 'RULES'
    | 'TAG_RULES'
    | 'NOT_SUGGESTED'
    | 'SUGGESTION_RULES'
    | 'FIELD_CONCEPTS'
    | 'E_MAIL'
    | 'SUBJECT'
    | 'MEMBERS'
    | 'SAME_AGENT'
    | 'LOGICAL'
    | 'LOGICAL_RULES'
    | 'PROPERTY'
    | 'TYPE'
    | 'MANY'
    | 'KINDS'
    | 'VALUES'
    | 'UNIT'
    | 'MIN'
    | 'MAX'
    | 'REQUIRED';
  readonly value: string | null;
  readonly detail: string | null;
}

/** Parts whose value is one id. */
const IDS: ReadonlySet<Edited['part']> = new Set([
  ...(['OWNER', 'CONFIRMED', 'DECLINED'] as const),
  ...(['DOMAIN', 'TERM', 'PRODUCT', 'LOGICAL', 'PROPERTY', 'PARENT', 'SUCCESSOR', 'ACCEPTED_FINDING'] as const),
]);

/** Parts whose detail is a role. */
const ROLES: ReadonlySet<Edited['part']> = new Set(['OWNER', 'CONFIRMED', 'DECLINED'] as const);

/** One of several owners, as the API tells them: `agent:team:claims as OWNER`. */
const OWNER_AS = /(agent:[^\s,]+) as ([^,]+)/g;

/** What an edit says, in words, with who made it where that is to be said; nothing of an event of another kind. */
export function EditWords({ edits, by = null }: { readonly edits: readonly Edited[]; readonly by?: string | null }) {
  const { t } = useTranslation();
  const roles = useOwnerRoles();
  if (edits.length === 0) return null;
  const valueOf = (part: Edited['part'], value: string): string =>
    part === 'OWNERS'
      ? value.replace(OWNER_AS, (_, agent: string, role: string) => `${nameOf('OWNER', agent)}: ${roles.nameOf(role)}`)
      : nameOf(part, value);
  const wordsOf = ({ action, part, value, detail }: Edited): string => {
    if (part === 'DELETION') return t(action === 'STATE' ? 'edit.deleted' : 'edit.restored');
    const more = ROLES.has(part) && detail !== null ? roles.nameOf(detail) : detail;
    const said = part === 'DESCRIPTION' || value === null ? [] : [valueOf(part, value), more];
    const name = t(`edit.part.${part}`);
    const what = said.length === 0 ? name : `${name} (${said.filter(Boolean).join(', ')})`;
    return action === 'STATE' ? t('edit.stated', { what }) : t('edit.withdrawn', { what });
  };
  const words = [...new Set(edits.map(wordsOf))].join(', ');
  return (
    <Text component="span" size="sm" className="hw-name">
      {by === null ? words : t('edit.by', { words, by })}
    </Text>
  );
}

function nameOf(part: Edited['part'], value: string): string {
  if (!IDS.has(part)) return value;
  const { namespace, name } = partsOf(value);
  return name || namespace;
}
