import type { AnyVariables, Client, CombinedError, TypedDocumentNode } from '@urql/core';
import {
  CHANGE_DOMAIN,
  CHANGE_PRODUCT,
  CHANGE_TERM,
  CREATE_DOMAIN,
  CREATE_PRODUCT,
  CREATE_TERM,
  REMOVE_DOMAIN,
  REMOVE_PRODUCT,
  REMOVE_TERM,
  type DefineDone,
} from './define-query.js';
import { MEMBERS, type DefinitionKind, type Draft, type Member, type ProductStatus, type TermStatus } from './draft.js';

/** What is wanted of a definition: a new one, other members, or none any more. */
export type Wish =
  | { readonly do: 'create'; readonly draft: Draft }
  | { readonly do: 'change'; readonly id: string; readonly draft: Draft; readonly members: readonly Member[] }
  | { readonly do: 'remove'; readonly id: string };

export interface SentWish {
  readonly kind: DefinitionKind;
  readonly wish: Wish;
  readonly reason: string;
  readonly key: string;
  /** The `editVersion` that was looked at; null of a new one. */
  readonly version: string | null;
}

export type DefineAnswer = { readonly done: DefineDone } | { readonly error: CombinedError };

/** The members of an input, so named and written as the API takes them; those not asked for are left out. */
function inputOf(draft: Draft, members: readonly Member[]) {
  const all = {
    name: draft.name.trim(),
    description: draft.description.trim() === '' ? null : draft.description,
    parent: draft.parent?.id ?? null,
    domain: draft.domain?.id ?? null,
    synonyms: [...draft.synonyms],
    related: draft.related.map(({ id }) => id),
    successor: draft.successor?.id ?? null,
    layer: draft.layer,
    isExternal: draft.isExternal,
    owners: draft.owners.map(({ agent, role }) => ({ agent: agent.id, role })),
  };
  return Object.fromEntries(Object.entries(all).filter(([member]) => members.includes(member as Member)));
}

/** Sends a wish; the same key makes it the same edit when it is sent again. */
export async function sendDefine(
  client: Client,
  { kind, wish, reason, key, version }: SentWish,
): Promise<DefineAnswer> {
  const ask = async <V extends AnyVariables>(
    document: TypedDocumentNode<{ done: DefineDone }, V>,
    variables: V,
  ): Promise<DefineAnswer> => {
    const { data, error } = await client.mutation(document, variables).toPromise();
    if (data) return data;
    if (error === undefined) throw new Error('the answer to an edit is empty');
    return { error };
  };
  const rest = { reason: reason === '' ? null : reason, idempotencyKey: key };
  if (wish.do === 'create') {
    const input = { ...rest, ...inputOf(wish.draft, MEMBERS[kind]), name: wish.draft.name.trim() };
    switch (kind) {
      case 'term':
        return ask(CREATE_TERM, { input: { ...input, status: wish.draft.status as TermStatus } });
      case 'domain':
        return ask(CREATE_DOMAIN, { input });
      case 'product':
        return ask(CREATE_PRODUCT, { input: { ...input, status: wish.draft.status as ProductStatus } });
    }
  }
  const head = { ...rest, expectedVersion: version };
  if (wish.do === 'remove') {
    switch (kind) {
      case 'term':
        return ask(REMOVE_TERM, { input: { ...head, term: wish.id } });
      case 'domain':
        return ask(REMOVE_DOMAIN, { input: { ...head, domain: wish.id } });
      case 'product':
        return ask(REMOVE_PRODUCT, { input: { ...head, product: wish.id } });
    }
  }
  const input = { ...head, ...inputOf(wish.draft, wish.members) };
  const hasStatus = wish.members.includes('status');
  switch (kind) {
    case 'term':
      return ask(CHANGE_TERM, {
        input: { ...input, ...(hasStatus ? { status: wish.draft.status as TermStatus } : {}), term: wish.id },
      });
    case 'domain': {
      return ask(CHANGE_DOMAIN, { input: { ...input, domain: wish.id } });
    }
    case 'product':
      return ask(CHANGE_PRODUCT, {
        input: { ...input, ...(hasStatus ? { status: wish.draft.status as ProductStatus } : {}), product: wish.id },
      });
  }
}
