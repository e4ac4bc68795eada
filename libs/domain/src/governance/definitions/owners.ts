import { roleNamed } from '../owner-roles.js';
import { arrayAt, nameAt, recordsAt, stringAt, type Body } from '../../projection/body-reader.js';
import { kindOf, type NodeId } from '../../identifiers.js';
import type { HeldOwner } from '../definition.js';
import type { Held } from '../held.js';
import type { RuleOwner } from '../ownership-rules.js';
import type { Member } from './members.js';
import type { NamedChange } from './named-definition.js';

/** Who answers for what is defined. */
export const OWNERS: Member<readonly RuleOwner[]> = {
  part: 'OWNERS',
  read: (given) => readOwners(given),
  absent: [],
  tell: (owners) => (owners.length === 0 ? null : owners.map(({ agent, role }) => `${agent} as ${role}`).join(', ')),
};

/** Each agent and role once, in the order of the ids. */
export function distinctOwners(owners: readonly RuleOwner[]): readonly RuleOwner[] {
  const distinct = new Map(owners.map((owner) => [`${owner.agent}\n${owner.role}`, owner]));
  return [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, owner]) => owner);
}

/** The same change with {@link distinctOwners}, where it says who they are. */
export function withDistinctOwners<Of extends { readonly owners: readonly RuleOwner[] }>(
  change: NamedChange<Of>,
): NamedChange<Of> {
  if (change.action === 'REMOVE' || change.body.owners === undefined) return change;
  const owners = distinctOwners(change.body.owners);
  return { ...change, body: { ...change.body, owners } } as NamedChange<Of>;
}

/** Owners that stay keep since when they answer, and by whose word. */
export function heldOwners(
  owners: readonly RuleOwner[],
  before: readonly HeldOwner[],
  now: Held,
): readonly HeldOwner[] {
  return owners.map(
    ({ agent, role }) =>
      before.find((owner) => owner.agent === agent && owner.role === role) ?? { agent, role, ...now },
  );
}

/** The owners that a body names; undefined where one of them is none. Total. */
export function readOwners(body: Body): readonly RuleOwner[] | undefined {
  const owners = recordsAt(body, 'owners').map(readOwner);
  const readable = owners.filter((owner) => owner !== undefined);
  return readable.length < arrayAt(body, 'owners').length ? undefined : readable;
}

function readOwner(owner: Body): RuleOwner | undefined {
  const agent = stringAt(owner, 'agent');
  const role = nameAt(owner, 'role');
  return agent === null || kindOf(agent) !== 'AGENT' || role === null
    ? undefined
    : { agent: agent as NodeId, role: roleNamed(role) };
}
