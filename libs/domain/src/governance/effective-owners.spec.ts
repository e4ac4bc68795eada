import type { FactRow } from '../catalog.js';
import { agentId, datasetId, nodeKey, type NodeId } from '../identifiers.js';
import { expect, test } from 'vitest';
import { effectiveOwners, sourceOf, type ClaimedOwner } from './effective-owners.js';
import type { RuleMatch } from './ownership-rules.js';

const A = datasetId('db', 'a');
const [ANA, BEN, CAT] = [agentId('user', 'ana'), agentId('user', 'ben'), agentId('user', 'cat')];
const fact = (
  source: 'EDIT' | 'FACET',
  value = ANA,
  detail: string | null = null,
  kind: FactRow['kind'] = 'OWNER',
): FactRow => ({
  ...{ kind, value, detail, source, validFrom: 1, validTo: null, recordedFrom: 1, recordedTo: null },
  ...{ rowId: '', nodeKey: nodeKey(A), nodeId: A, producer: null, position: 1 },
});
const byRule = (...owners: [agent: NodeId, role: string][]): RuleMatch => ({
  rule: {
    ...{ namespace: null, name: null, path: null, tag: null, domain: null, since: 5, enteredBy: 'Ana', position: 9 },
    owners: owners.map(([agent, role]) => ({ agent, role })),
  },
  number: 1,
  since: 5,
});
const told = (claims: readonly ClaimedOwner[]): readonly string[] =>
  claims.map((claim) => `${sourceOf(claim)} ${claim.agent.split(':')[2] ?? ''} ${claim.role}`);
const of = (facts: readonly FactRow[], rule?: RuleMatch) => {
  const { owners, overruled } = effectiveOwners(facts, rule);
  return [told(owners), told(overruled)];
};

test('edits win over the rule, the rule over facets, in each role by itself', () => {
  const facts = [fact('EDIT', ANA, 'STEWARD'), fact('FACET', BEN), fact('FACET', BEN, 'STEWARD')];
  expect(of(facts, byRule([CAT, 'OWNER'], [CAT, 'STEWARD']))).toEqual([
    ['EDIT ana STEWARD', 'RULE cat OWNER'],
    ['RULE cat STEWARD', 'FACET ben OWNER', 'FACET ben STEWARD'],
  ]);
});

test('without a rule facets say who answers, all of them', () => {
  expect(of([fact('FACET', ANA), fact('FACET', BEN), fact('FACET', BEN, 'OWNER')])).toEqual([
    ['FACET ana OWNER', 'FACET ben OWNER'],
    [],
  ]);
});

test('a rule names nobody whom an edit took away', () => {
  const rule = byRule([ANA, 'OWNER'], [ANA, 'STEWARD'], [BEN, 'OWNER']);
  expect(of([fact('EDIT', ANA, 'OWNER', 'NOT_OWNER')], rule)).toEqual([['RULE ana STEWARD', 'RULE ben OWNER'], []]);
  expect(of([fact('EDIT', ANA, null, 'NOT_OWNER')], rule)).toEqual([['RULE ben OWNER'], []]);
});

test('a rule without owners leaves it to facets', () => {
  expect(of([fact('FACET', BEN)], byRule())).toEqual([['FACET ben OWNER'], []]);
});
