import type { Definition } from './define-query.js';

export type DefinitionKind = 'term' | 'domain' | 'product';

/** Something chosen, by its id, and what it is called. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

export interface DraftOwner {
  readonly agent: Choice;
  readonly role: string;
}

/** A definition as it is typed; of the members a kind has those of {@link MEMBERS}. */
export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly parent: Choice | null;
  readonly domain: Choice | null;
  readonly status: Status;
  readonly synonyms: readonly string[];
  readonly related: readonly Choice[];
  readonly successor: Choice | null;
  readonly owners: readonly DraftOwner[];
  readonly layer: DomainLayer | null;
  readonly isExternal: boolean;
}
export type Member = keyof Draft;

export const TERM_STATUSES = ['DRAFT', 'APPROVED', 'DEPRECATED'] as const;
export const PRODUCT_STATUSES = ['PROPOSED', 'ACTIVE', 'DEPRECATED'] as const;
/** Lowest first. */
export const DOMAIN_LAYERS = ['INFRASTRUCTURE', 'BUSINESS', 'PRODUCT', 'PRESENTATION', 'EDGE'] as const;
export type DomainLayer = (typeof DOMAIN_LAYERS)[number];
export type TermStatus = (typeof TERM_STATUSES)[number];
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];
export type Status = TermStatus | ProductStatus;

/** What each kind has, in the order of its form. */
export const MEMBERS = {
  term: ['name', 'parent', 'synonyms', 'related', 'status', 'successor', 'description'],
  domain: ['name', 'parent', 'layer', 'isExternal', 'owners', 'description'],
  product: ['name', 'domain', 'status', 'owners', 'description'],
} as const satisfies Record<DefinitionKind, readonly Member[]>;

const EMPTY: Draft = {
  ...{ name: '', description: '', parent: null, domain: null, status: 'DRAFT' },
  ...{ synonyms: [], related: [], successor: null, owners: [], layer: null, isExternal: false },
};

/** What a new one begins with. */
export function emptyDraft(kind: DefinitionKind, given: Partial<Draft> = {}): Draft {
  return { ...EMPTY, status: kind === 'product' ? 'PROPOSED' : 'DRAFT', ...given };
}

export function draftOf(node: Definition): Draft {
  const { name } = node;
  const description = node.description ?? '';
  switch (node.__typename) {
    case 'GlossaryTerm': {
      const { parent, synonyms, related, successor, termStatus } = node;
      return { ...EMPTY, name, description, parent, synonyms, related, successor, status: termStatus };
    }
    case 'Domain':
      return {
        ...{ ...EMPTY, name, description, parent: node.parent, owners: node.owners },
        ...{ layer: node.layer, isExternal: node.isExternal },
      };
    case 'DataProduct':
      return { ...EMPTY, name, description, domain: node.domain, owners: node.owners, status: node.productStatus };
  }
}

/** The members of a draft that differ from what it began with. */
export function changedMembers(kind: DefinitionKind, before: Draft, after: Draft): readonly Member[] {
  return MEMBERS[kind].filter((member) => sameness(before[member]) !== sameness(after[member]));
}

/** What tells two values of a member apart: names of what is chosen do not. */
function sameness(value: Draft[Member]): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && 'id' in part ? part.id : part,
  );
}

/** The member whose field tells of a refusal that says no place; null where none does. */
export function memberOf(reason: string): Member | null {
  if (reason.endsWith('_EXISTS')) return 'name';
  if (reason.endsWith('_CYCLE') || reason.endsWith('_TOO_DEEP')) return 'parent';
  return reason === 'TERM_NOT_DEPRECATED' ? 'successor' : null;
}
