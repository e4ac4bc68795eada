import type { Principal } from '@headwater/domain/access/principal';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded } from '@headwater/domain/errors';
import { pairsWithout } from '@headwater/domain/governance/agents/agent-components';
import { certainSortOf } from '@headwater/domain/governance/agents/agent-identity';
import {
  agentsEditBytes,
  pairOf,
  type AgentPair,
  type AgentsChange,
} from '@headwater/domain/governance/agents/agents-edit';
import type { NodeId } from '@headwater/domain/identifiers';
import { LATEST } from '@headwater/domain/reading/read-time';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults } from '../access/access-parts.js';
import { agentFault } from './check-change.js';
import { conflict, type MadeNamedEdit } from './edit-named.js';
import { knownAgents, noSuchAgent } from './known-agents.js';
import { requireWhole } from './record-definition.js';
import { headOf, recordOnce, requestFaults, type EditPorts, type EditRequest } from './record-edit.js';
import { makesTeamCycle } from './team-cycles.js';

type View = Pick<CatalogReader, 'agentNames' | 'agentStatements' | 'definitions' | 'definitionsOf' | 'owned'>;

/** Says which ids are one agent, as events of the log. It is of the whole catalog: who edits a part does not say so. */
export class MergeAgents {
  constructor(private readonly ports: EditPorts) {}

  /**
   * From then on both ids, and all that each is one with, are one agent. Throws INVALID_INPUT with faults, FORBIDDEN, NOT_FOUND
   * (NO_SUCH_AGENT) for an id that nothing names, CONFLICT (AGENTS_ARE_ONE; AGENTS_OF_OTHER_SORTS where one is a person, a team or a
   * service and the other is not; AGENT_CYCLE where a team would be within itself; KEY_USED): nothing is changed then.
   */
  async merge(
    principal: Principal,
    view: View,
    { agent, other }: { readonly agent: NodeId; readonly other: NodeId },
    request: EditRequest,
  ): Promise<MadeNamedEdit> {
    refuseFaults('The agents cannot be merged like this', [
      ...agentFault('/agent', agent),
      ...agentFault('/with', other),
      ...(agent === other ? [{ pointer: '/with', ...coded('THE_SAME', 'must be another agent') }] : []),
      ...requestFaults(request),
    ]);
    requireWhole(principal, 'Agents');
    return this.#record(principal, agent, request, ['merge', other], async () => {
      await this.#requireKnown(view, [agent, other]);
      const names = await view.agentNames([agent, other], LATEST);
      const [ours, theirs] = [names.get(agent) ?? [agent], names.get(other) ?? [other]];
      if (ours.includes(other)) throw conflict('AGENTS_ARE_ONE', 'They are one agent already.');
      refuseOtherSorts(ours, theirs);
      await this.#refuseCycle(view, agent, [...ours, ...theirs]);
      const apart = await view.agentStatements([...ours, ...theirs], LATEST);
      const crossing = apart.flatMap(({ basis, agentId, value }): readonly AgentPair[] => {
        const ends = [agentId, value as NodeId];
        const isCrossing = ends.some((id) => ours.includes(id)) && ends.some((id) => theirs.includes(id));
        return basis === 'APART' && isCrossing ? [pairOf(agentId, value as NodeId)] : [];
      });
      return { action: 'MERGE', other, pairs: crossing };
    });
  }

  /**
   * Takes one id out of the agent that it is of, whatever joined it: it stays apart from each other id until it is merged again, and
   * the others stay one, also where only this id joined them. Throws as {@link merge} does, and CONFLICT (AGENT_IS_ALONE).
   */
  async split(principal: Principal, view: View, agent: NodeId, request: EditRequest): Promise<MadeNamedEdit> {
    refuseFaults('The agent cannot be split like this', [...agentFault('/agent', agent), ...requestFaults(request)]);
    requireWhole(principal, 'Agents');
    return this.#record(principal, agent, request, ['split'], async () => {
      await this.#requireKnown(view, [agent]);
      const others = ((await view.agentNames([agent], LATEST)).get(agent) ?? []).filter((id) => id !== agent);
      if (others.length === 0) throw conflict('AGENT_IS_ALONE', 'It is one with no other id.');
      const pairs = others.map((id) => pairOf(agent, id));
      const kept = pairsWithout(agent, others, await view.agentStatements([agent, ...others], LATEST));
      return { action: 'SPLIT', pairs, kept };
    });
  }

  async #record(
    principal: Principal,
    node: NodeId,
    request: EditRequest,
    asked: readonly string[],
    change: () => Promise<AgentsChange>,
  ): Promise<MadeNamedEdit> {
    const { idempotencyKey, ...input } = request;
    const once = { key: idempotencyKey, asked: ['agents', node, ...asked, input] };
    const head = headOf(this.ports, principal, request);
    const { verdict: _verdict, ...made } = await recordOnce(this.ports, principal, once, async () =>
      agentsEditBytes({ ...head, node, ...(await change()) }),
    );
    return { id: node, ...made };
  }

  /** Throws CONFLICT (AGENT_CYCLE). */
  async #refuseCycle(view: View, team: NodeId, merged: readonly NodeId[]): Promise<void> {
    if (!(await makesTeamCycle(view, { team, merged }, nowBy(this.ports.clock)))) return;
    throw conflict(
      'AGENT_CYCLE',
      'One of them is a member of the other, or of a team of it. Take it out of the team first.',
    );
  }

  async #requireKnown(view: View, ids: readonly NodeId[]): Promise<void> {
    const known = await knownAgents(view, ids, nowBy(this.ports.clock));
    const unknown = ids.find((id) => !known.has(id));
    if (unknown === undefined) return;
    throw noSuchAgent(`the agent ${unknown}`);
  }
}

/** Throws CONFLICT (AGENTS_OF_OTHER_SORTS). */
function refuseOtherSorts(ours: readonly NodeId[], theirs: readonly NodeId[]): void {
  const [sort, other] = [ours, theirs].map((ids) => ids.map(certainSortOf).find((one) => one !== null));
  if (sort === undefined || other === undefined || sort === other) return;
  const [a, b] = [sort, other].map((one) => `a ${one.toLowerCase()}`);
  throw conflict(
    'AGENTS_OF_OTHER_SORTS',
    `They cannot be one: the first is ${String(a)}, the other ${String(b)}. Make a person a member of a team instead, or hand over what one of them answers for.`,
  );
}
