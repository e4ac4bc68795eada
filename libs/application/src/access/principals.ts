import type { BindingRow, SessionUser, TokenRow } from '@headwater/domain/access/access-store';
import { Principal, type Grant } from '@headwater/domain/access/principal';
import { agentId, type NodeId } from '@headwater/domain/identifiers';
import { SCOPES, SCOPES_OF_ROLE, type Scope } from '@headwater/domain/access/scopes';

/** What writes, and so is bound by the namespaces that a token may write. */
const WRITING: ReadonlySet<Scope> = new Set<Scope>(['lineage:write', 'catalog:edit', 'decision:write']);

/** Anybody on this machine, where authentication is off. */
export const LOCAL_PRINCIPAL = new Principal({
  id: 'local:anyone',
  kind: 'LOCAL',
  name: 'anyone on this machine',
  grants: [{ scopes: SCOPES, namespaces: null }],
});

/** Whoever may run the command line with the database's settings has everything in hand. */
export const CLI_PRINCIPAL = new Principal({
  id: 'local:cli',
  kind: 'LOCAL',
  name: 'the command line',
  grants: [{ scopes: SCOPES, namespaces: null }],
});

/** The process itself, which makes the first token. */
export const START_PRINCIPAL = new Principal({
  id: 'local:start',
  kind: 'LOCAL',
  name: 'the start of the server',
  grants: [{ scopes: SCOPES, namespaces: null }],
});

/** A token writes in its namespaces, reads in its namespaces, and has what is bound to `token:<id>` besides. */
export function principalOfToken(token: TokenRow, bindings: readonly BindingRow[]): Principal {
  const writing = token.scopes.filter((scope) => WRITING.has(scope));
  const reading = token.scopes.filter((scope) => !WRITING.has(scope));
  return new Principal({
    id: `token:${token.id}`,
    kind: 'TOKEN',
    name: token.name,
    grants: [
      ...(writing.length > 0 ? [{ scopes: writing, namespaces: token.writes }] : []),
      ...(reading.length > 0 ? [{ scopes: reading, namespaces: token.reads }] : []),
      ...bindings.flatMap(grantsOf),
    ],
  });
}

/** Subjects under which roles may be bound to somebody who signed in. */
export function subjectsOfUser({ id, email, groups }: Pick<SessionUser, 'id' | 'email' | 'groups'>): readonly string[] {
  const names = groups.map((group) => `group:${group}`);
  return email === null ? [id, ...names] : [id, `email:${email.toLowerCase()}`, ...names];
}

export function principalOfUser(user: SessionUser, bindings: readonly BindingRow[]): Principal {
  const own = user.roles.map((role): Grant => ({ scopes: SCOPES_OF_ROLE[role], namespaces: null }));
  const grants = [...own, ...bindings.flatMap(grantsOf)];
  return new Principal({ id: user.id, kind: 'USER', name: user.name, grants, agents: agentsOf(user) });
}

/** A role that is bound by a domain reads wherever its namespaces are, and writes in the domain alone. */
function grantsOf({ role, namespaces, domain }: BindingRow): readonly Grant[] {
  const scopes = SCOPES_OF_ROLE[role];
  if (domain === null) return [{ scopes, namespaces }];
  return [
    { scopes: scopes.filter((scope) => !WRITING.has(scope)), namespaces },
    { scopes: scopes.filter((scope) => WRITING.has(scope)), namespaces, domain },
  ];
}

/** The subject of `user:<issuer>#<subject>`, as the provider of identities gave it. */
export function subjectOfUser(id: string): string {
  return id.slice(id.lastIndexOf('#') + 1);
}

/** A person is the agent of its subject and of its verified address; a name is what anybody may call themselves. */
function agentsOf({ id, email }: SessionUser): readonly NodeId[] {
  const subject = subjectOfUser(id);
  const names = [subject, ...(email === null ? [] : [email, email.toLowerCase()])];
  return [...new Set(names.filter((name) => name !== '').map((name) => agentId('user', name)))];
}
