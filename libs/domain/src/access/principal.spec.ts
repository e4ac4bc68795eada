import { expect, test } from 'vitest';
import type { NodeId } from '../identifiers.js';
import { NamespaceRule } from './namespace-rule.js';
import { Principal, type Grant } from './principal.js';
import { isRole, isScope, ROLES, SCOPES, SCOPES_OF_ROLE } from './scopes.js';

function holder(...grants: Grant[]): Principal {
  return new Principal({ id: 'token:a', kind: 'TOKEN', name: 'a', grants });
}

test('a scope holds in the namespaces of every grant that has it', () => {
  const principal = holder(
    { scopes: ['lineage:write', 'catalog:read'], namespaces: ['a*'] },
    { scopes: ['catalog:read'], namespaces: ['b*', '!bb*'] },
  );
  const reads = principal.where('catalog:read');
  expect(['a1', 'b1', 'bb', 'c'].map((namespace) => reads.allows(namespace))).toEqual([true, true, false, false]);
  expect(principal.where('lineage:write').allows('b1')).toBe(false);
  expect(principal.where('decision:read').allows('a1')).toBe(false);
  expect(principal.where('catalog:read')).toBe(reads);
});

test('somebody with a scope anywhere may use it; without a grant nobody may do anything', () => {
  const principal = holder({ scopes: ['catalog:read'], namespaces: ['a*'] });
  expect(SCOPES.filter((scope) => principal.may(scope))).toEqual(['catalog:read']);
  expect(SCOPES.filter((scope) => holder().may(scope))).toEqual([]);
  expect(holder().scopes()).toEqual([]);
});

test('administration and audit are had for the whole catalog or not at all', () => {
  const partly = holder({ scopes: SCOPES, namespaces: ['*'] });
  expect(partly.may('admin') || partly.may('audit:read')).toBe(false);
  expect(partly.may('catalog:edit')).toBe(true);
  const wholly = holder({ scopes: SCOPES, namespaces: ['a'] }, { scopes: ['admin'], namespaces: null });
  expect(wholly.may('admin')).toBe(true);
  expect(wholly.may('audit:read')).toBe(false);
});

test('what is had in a domain is had in no namespace, and is no scope of the whole catalog', () => {
  const domain = 'domain:claims' as NodeId;
  const principal = holder(
    { scopes: ['catalog:edit', 'admin'], namespaces: null, domain },
    { scopes: ['catalog:edit'], namespaces: ['a*'] },
  );
  expect([principal.may('catalog:edit'), principal.may('admin')]).toEqual([true, false]);
  expect(['a1', 'b1'].map((namespace) => principal.where('catalog:edit').allows(namespace))).toEqual([true, false]);
  expect(principal.lacks(['catalog:edit'])).toEqual(['catalog:edit']);
  expect(principal.inDomains('catalog:edit')).toEqual([{ domain, rule: NamespaceRule.ALL }]);
  expect(principal.inDomains('catalog:read')).toEqual([]);
  expect(principal.hasSameGrants(holder({ scopes: ['catalog:edit'], namespaces: null }))).toBe(false);
});

test('what somebody lacks is what they do not have for the whole catalog', () => {
  const principal = holder(
    { scopes: ['catalog:read'], namespaces: ['a*'] },
    { scopes: ['lineage:write'], namespaces: null },
  );
  expect(principal.lacks(['catalog:read', 'lineage:write', 'admin'])).toEqual(['catalog:read', 'admin']);
});

test('the same grants in another order are the same, and a namespace more is not', () => {
  const one: Grant = { scopes: ['catalog:read'], namespaces: ['a*'] };
  const two: Grant = { scopes: ['admin'], namespaces: null };
  expect(holder(one, two).hasSameGrants(holder(two, one))).toBe(true);
  expect(holder(one).hasSameGrants(holder(one, two))).toBe(false);
  expect(holder(one).hasSameGrants(holder({ ...one, namespaces: ['a*', 'b'] }))).toBe(false);
  expect(holder().hasSameGrants(holder())).toBe(true);
});

test('scopes are told in the order of their list, each once', () => {
  const grants = [...SCOPES].reverse().map((scope) => ({ scopes: [scope, scope], namespaces: null }));
  expect(holder(...grants).scopes()).toEqual(SCOPES);
});

test('a role is a set of scopes, and the admin has them all', () => {
  for (const role of ROLES) {
    expect(isRole(role)).toBe(true);
    expect(SCOPES_OF_ROLE[role].every(isScope)).toBe(true);
    expect(SCOPES_OF_ROLE[role].every((scope) => SCOPES_OF_ROLE.admin.includes(scope))).toBe(true);
  }
  expect(SCOPES_OF_ROLE.admin).toEqual(SCOPES);
  expect(isScope('admin ') || isRole('Admin') || isScope('constructor') || isRole('__proto__')).toBe(false);
});
