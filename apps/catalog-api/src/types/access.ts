import type { BindingRow, TokenRow } from '@headwater/domain/access/access-store';
import type { NamespaceGlobs, NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { Principal, PrincipalKind } from '@headwater/domain/access/principal';
import type { Role, Scope } from '@headwater/domain/access/scopes';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { PrincipalKindEnum, RoleEnum, ScopeEnum } from './access-enums.js';
import { connectionTypes } from './connection.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'A domain in which a scope holds.' })
export class ViewerDomain {
  @Field(() => ID, { description: 'The id of the domain.' })
  id!: string;

  @Field(() => [[String]], {
    nullable: true,
    description:
      'Sets of namespace globs: it holds for what is in the domain and in a namespace that matches one. Null: for all of it.',
  })
  namespaces!: readonly NamespaceGlobs[] | null;
}

@ObjectType({ description: 'A scope of the caller, and where it holds.' })
export class ViewerScope {
  @Field(() => ScopeEnum, { description: 'The scope.' })
  scope!: Scope;

  @Field(() => [[String]], {
    nullable: true,
    description:
      'Sets of namespace globs, of which a namespace must match one; `!` in a set takes away. Null: the whole catalog.',
  })
  namespaces!: readonly NamespaceGlobs[] | null;

  @Field(() => [ViewerDomain], {
    description: 'The domains in which it holds besides, all parts of theirs among them, by id; as of now.',
  })
  domains!: readonly ViewerDomain[];
}

@ObjectType({ description: 'Who asks, and what they may do.' })
export class Viewer {
  @Field(() => ID, { description: 'How the audit names the caller: `token:…`, `user:…` or `local:…`.' })
  id!: string;

  @Field(() => PrincipalKindEnum, { description: 'How the caller proved who it is.' })
  kind!: PrincipalKind;

  @Field({ description: 'The name of the token, or of the person as the provider gives it.' })
  name!: string;

  @Field(() => [ViewerScope], { description: 'The scopes that the caller has.' })
  scopes!: readonly ViewerScope[];

  @Field(() => [ID], {
    description:
      'The agents that the caller is beyond doubt, by subject and verified address, under all their ids: what these answer for it may confirm and decline.',
  })
  agents!: readonly string[];
}

@ObjectType({ description: 'An API token: everything but its secret, which is kept nowhere.' })
export class Token {
  @Field(() => ID, { description: 'The middle part of its text `hw_<id>_<secret>`; it may be shown.' })
  id!: string;

  @Field({ description: 'What it is for.' })
  name!: string;

  @Field({ description: 'Who answers for it.' })
  owner!: string;

  @Field(() => [ScopeEnum], { description: 'What it may do.' })
  scopes!: readonly Scope[];

  @Field(() => [String], { nullable: true, description: 'Globs of the namespaces that it may write; null: all.' })
  writes!: NamespaceGlobs | null;

  @Field(() => [String], { nullable: true, description: 'Globs of the namespaces that it sees; null: all.' })
  reads!: NamespaceGlobs | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Micros;

  @Field(() => ID, { description: 'Who made it.' })
  createdBy!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it stops being good; null: never.' })
  expiresAt!: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked; null: it was not.' })
  revokedAt!: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was used last, within a minute; null: never.' })
  lastUsedAt!: Micros | null;
}

@ObjectType({ description: 'A role for everybody whom its subject names.' })
export class RoleBinding {
  @Field(() => ID, { description: 'Identifies it.' })
  id!: string;

  @Field({ description: '`user:<issuer>#<subject>`, `email:<address>`, `group:<name>` or `token:<id>`.' })
  subject!: string;

  @Field(() => RoleEnum, { description: 'The role.' })
  role!: Role;

  @Field(() => [String], {
    nullable: true,
    description: 'Globs of the namespaces that it holds for; null: the whole catalog.',
  })
  namespaces!: NamespaceGlobs | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the domain in which alone it edits, with its parts; null: wherever its namespaces are.',
  })
  domainId!: string | null;

  @Field(() => DateTime, { description: 'When it was bound.' })
  createdAt!: Micros;

  @Field(() => ID, { description: 'Who bound it.' })
  createdBy!: string;
}

export const TokenConnection = connectionTypes(() => Token, 'Token');
export const RoleBindingConnection = connectionTypes(() => RoleBinding, 'RoleBinding');

/** `agents`: every id of those that it is; `edits`: the domains in which it edits. */
export function toViewer(
  principal: Principal,
  agents: readonly string[],
  edits: ReadonlyMap<NodeId, NamespaceRule>,
): Viewer {
  const { id, kind, name } = principal;
  const inDomains = [...edits]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([domain, { sets }]) => ({ id: domain, namespaces: sets }));
  const scopes = principal.scopes().map((scope) => ({
    ...{ scope, namespaces: principal.where(scope).sets },
    domains: scope === 'catalog:edit' ? inDomains : [],
  }));
  return { id, kind, name, scopes, agents };
}

/** Field by field, so that nothing else of a row ever comes along. */
export function toToken(row: TokenRow): Token {
  const { id, name, owner, scopes, writes, reads, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt } = row;
  return { id, name, owner, scopes, writes, reads, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt };
}

export function toRoleBinding(row: BindingRow): RoleBinding {
  const { id, subject, role, namespaces, createdAt, createdBy } = row;
  // An answer that was kept before roles were bound by a domain says nothing of one.
  const { domain }: Partial<BindingRow> = row;
  return { id, subject, role, namespaces, domainId: domain ?? null, createdAt, createdBy };
}
