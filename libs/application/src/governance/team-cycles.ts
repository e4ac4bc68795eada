import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { isTeamWithinItself } from '@headwater/domain/governance/agents/team-members';
import type { NodeId } from '@headwater/domain/identifiers';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';

export type TeamsView = Pick<CatalogReader, 'agentNames' | 'definitionsOf'>;

/** What is to become other: ids that are one from then on, or the members of a team. */
export interface TeamsChange {
  readonly team: NodeId;
  readonly merged?: readonly NodeId[];
  readonly members?: readonly NodeId[];
}

/** Whether a team would be within itself then, by whichever of their ids the teams between have one another. */
export async function makesTeamCycle(
  view: TeamsView,
  { team, merged = [], members }: TeamsChange,
  time: ReadTime,
): Promise<boolean> {
  const entered = await view.definitionsOf('AGENT', time);
  const others = members === undefined ? entered : entered.filter(({ id }) => id !== team);
  const teams = [...others, ...(members === undefined ? [] : [{ id: team, body: { members } }])];
  const ids = [...new Set([team, ...teams.flatMap(({ id, body }) => [id, ...body.members])])];
  const names = await view.agentNames(ids, LATEST);
  const isMerged = new Set(merged);
  const same = (id: NodeId): NodeId => (isMerged.has(id) ? team : (names.get(id)?.[0] ?? id));
  return isTeamWithinItself(team, teams, same);
}
