import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentId, type NodeId } from '../../identifiers.js';
import { agentComponents, pairsWithout } from './agent-components.js';
import { identitiesByName, identitiesOf, type AgentIdentity } from './agent-identity.js';
import { pairOf } from './agents-edit.js';

const [ANA, BEN, CAT] = ['ana', 'ben', 'cat'].map((name) => agentId('user', name)) as [NodeId, NodeId, NodeId];
const said = (basis: 'EDIT' | 'APART', a: NodeId, b: NodeId): AgentIdentity => {
  const [agentIdOf, value] = pairOf(a, b);
  return { agentId: agentIdOf, basis, value };
};
const known = (email: string | null, subject: string | null, ...ids: NodeId[]): readonly AgentIdentity[] =>
  ids.flatMap((id) => identitiesOf(id, { email, subject }));

test('the same address in any case and with spaces around it is one agent under the smallest id', () => {
  const [a, b, c] = [agentId('owner', 'Jo@X.org'), agentId('user', 'jo@x.ORG'), agentId('user', 'jo')];
  const found = agentComponents([...[a, b, c].flatMap(identitiesByName), ...known(' JO@x.org ', null, c)]);
  expect([...found]).toEqual(expect.arrayContaining([a, b, c].map((id) => [id, a])));
});

test('a subject is the name of an agent of kind user, and keeps its case', () => {
  const [named, other] = [agentId('user', '00U1'), agentId('user', '00u1')];
  const found = agentComponents([...[named, other].flatMap(identitiesByName), ...known(null, '00U1', ANA)]);
  expect([found.get(named), found.get(other), found.get(ANA)]).toEqual([named, other, named]);
});

test('a team with the address of a person stays itself, and so it does with who is merged with the person', () => {
  const team = agentId('team', 'data');
  const address = known('data@x.org', null, team, ANA);
  expect(agentComponents(address).get(ANA)).toBe(ANA);
  expect(agentComponents([...address, said('EDIT', ANA, team)]).get(ANA)).toBe(ANA);
  const owner = agentId('owner', 'data');
  const merged = [...address, said('EDIT', ANA, owner), said('EDIT', owner, team)];
  expect([ANA, owner, team].map((one) => agentComponents(merged).get(one))).toEqual([ANA, owner, owner]);
});

test('who is apart stays apart whatever joins both to a third, and the surer basis decides where that one is', () => {
  const statements = [...known('x@x.org', null, ANA, BEN, CAT), said('APART', ANA, BEN)];
  const weak = agentComponents(statements);
  expect([ANA, BEN, CAT].map((one) => weak.get(one))).toEqual([ANA, BEN, ANA]);
  const surer = [...statements, ...known(null, 's', BEN, CAT)];
  expect(agentComponents(surer).get(CAT)).toBe(BEN);
  expect(agentComponents([...surer, said('EDIT', ANA, CAT)]).get(CAT)).toBe(ANA);
});

test('what one id joined is kept by as many pairs as it takes', () => {
  const [dan, eve] = [agentId('user', 'dan'), agentId('user', 'eve')];
  const joined = [said('EDIT', ANA, BEN), said('EDIT', BEN, CAT), said('EDIT', CAT, dan), said('EDIT', BEN, eve)];
  const kept = pairsWithout(BEN, [ANA, CAT, dan, eve], joined);
  expect(kept).toEqual([pairOf(ANA, CAT), pairOf(ANA, eve)]);
  expect(pairsWithout(ANA, [BEN, CAT, dan, eve], joined)).toEqual([]);
});

const id = fc.constantFrom(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => agentId('user', name)));
const statement = fc.oneof(
  fc.record({ agentId: id, basis: fc.constantFrom('E_MAIL', 'SUBJECT'), value: fc.constantFrom('p', 'q', 'r') }),
  fc
    .tuple(fc.constantFrom('EDIT', 'APART'), id, id)
    .filter(([, a, b]) => a !== b)
    .map(([basis, a, b]) => said(basis as 'EDIT', a, b)),
) as fc.Arbitrary<AgentIdentity>;

test('any order and repetition of the statements gives the same agents, none of them with two that are apart', () => {
  let kept = 0;
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 20 }), fc.array(fc.nat(1000)), (statements, keys) => {
      const found = agentComponents(statements);
      const shuffled = [...statements, ...statements.slice(0, 3)]
        .map((one, index) => ({ one, key: keys[index] ?? index }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one);
      expect(new Map(agentComponents(shuffled))).toEqual(new Map([...found]));
      for (const { agentId: a, basis, value } of statements) {
        if (basis !== 'APART') continue;
        kept += 1;
        expect(found.get(a)).not.toBe(found.get(value as NodeId));
      }
      for (const [member, canonical] of found) expect(canonical <= member).toBe(true);
    }),
    { numRuns: 500 },
  );
  expect(kept).toBeGreaterThan(100);
});
