import type { NodeId } from '../../identifiers.js';
import type { AgentRow } from '../definition.js';

type Team = Pick<AgentRow, 'id'> & { readonly body: Pick<AgentRow['body'], 'members'> };

/** Whether a team has itself among its members or theirs, where `same` gives of every id of an agent the one that it is known by. */
export function isTeamWithinItself(team: NodeId, teams: readonly Team[], same: (id: NodeId) => NodeId): boolean {
  const membersOf = new Map<NodeId, NodeId[]>();
  for (const { id, body } of teams) {
    const members = membersOf.get(same(id)) ?? [];
    members.push(...body.members.map(same));
    membersOf.set(same(id), members);
  }
  const start = same(team);
  // A set gives what is added to it while it is gone through.
  const reached = new Set(membersOf.get(start) ?? []);
  for (const id of reached) for (const member of membersOf.get(id) ?? []) reached.add(member);
  return reached.has(start);
}
