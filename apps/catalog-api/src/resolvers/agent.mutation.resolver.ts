import { EditAgent } from '@headwater/application/governance/edit-agent';
import type { MadeNamedEdit } from '@headwater/application/governance/edit-named';
import { MergeAgents } from '@headwater/application/governance/merge-agents';
import type { Principal } from '@headwater/domain/access/principal';
import type { NodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import {
  ChangeAgentInput,
  CreateAgentInput,
  MergeAgentsInput,
  RemoveAgentInput,
  SplitAgentInput,
} from '../arguments/agent-args.js';
import { editRequest } from '../arguments/domain-args.js';
import { idOf } from '../arguments/ids.js';
import type { CatalogContext } from '../catalog-context.js';
import { loadProfile } from '../loaders/agents.js';
import { Operation } from '../operation.guard.js';
import { EditAgentResult, type AgentRefusal, type EditedAgent } from '../types/agent-profile.js';
import { editedOrRefused } from './refusals.js';

const EDITS = { scope: 'catalog:edit' } as const;

/** Agents as people enter, merge and split them: each edit an event of the log. */
@Resolver()
export class AgentMutationResolver {
  constructor(
    private readonly edit: EditAgent,
    private readonly identities: MergeAgents,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Mutation(() => EditAgentResult, { description: 'Enters a person, a team or a service.' })
  @Operation(EDITS)
  createAgent(
    @Args('input', { description: 'Who it is.' }) input: CreateAgentInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAgent | AgentRefusal> {
    const { name, description = null, email, subject, members } = input;
    const body = {
      ...{ name: name.trim(), description, members: members.map(idOf) },
      ...{ email: email?.trim() ?? null, subject: subject?.trim() ?? null },
    };
    const id = idOf(input.agent);
    return this.#do(context, id, (by) => this.edit.enter(by, context.view.catalog, id, body, editRequest(input)));
  }

  @Mutation(() => EditAgentResult, { description: 'Changes what was entered of an agent.' })
  @Operation(EDITS)
  changeAgent(
    @Args('input', { description: 'Which, and what becomes other.' }) input: ChangeAgentInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAgent | AgentRefusal> {
    const { name, description, email, subject, members } = input;
    const body = {
      // A name cannot be taken away.
      ...(name !== undefined && { name: (name ?? '').trim() }),
      ...(description !== undefined && { description }),
      ...(email !== undefined && { email: email?.trim() ?? null }),
      ...(subject !== undefined && { subject: subject?.trim() ?? null }),
      ...(members !== undefined && { members: (members ?? []).map(idOf) }),
    };
    const id = idOf(input.agent);
    return this.#do(context, id, (by) => this.edit.changeIn(by, context.view.catalog, id, body, editRequest(input)));
  }

  @Mutation(() => EditAgentResult, {
    description:
      'Takes back what was entered of an agent that no team has; what names it stays, and what it was stays known.',
  })
  @Operation(EDITS)
  removeAgent(
    @Args('input', { description: 'Which.' }) input: RemoveAgentInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAgent | AgentRefusal> {
    const id = idOf(input.agent);
    return this.#do(context, id, (by) => this.edit.remove(by, id, editRequest(input)));
  }

  @Mutation(() => EditAgentResult, {
    description: 'Says that two ids are one agent, whatever kept them apart: what either answers for, the agent does.',
  })
  @Operation(EDITS)
  mergeAgents(
    @Args('input', { description: 'Which two, and why.' }) input: MergeAgentsInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAgent | AgentRefusal> {
    const [agent, other] = [idOf(input.agent), idOf(input.with)];
    const { catalog } = context.view;
    return this.#do(context, agent, (by) => this.identities.merge(by, catalog, { agent, other }, editRequest(input)));
  }

  @Mutation(() => EditAgentResult, {
    description:
      'Takes an id out of the agent that it is of, whether somebody merged it or its address or subject did: it stays apart from the other ids until it is merged again.',
  })
  @Operation(EDITS)
  splitAgent(
    @Args('input', { description: 'Which, and why.' }) input: SplitAgentInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAgent | AgentRefusal> {
    const agent = idOf(input.agent);
    const { catalog } = context.view;
    return this.#do(context, agent, (by) => this.identities.split(by, catalog, agent, editRequest(input)));
  }

  #do(
    context: CatalogContext,
    on: NodeId,
    edit: (by: Principal) => Promise<MadeNamedEdit>,
  ): Promise<EditedAgent | AgentRefusal> {
    const now = () => {
      // The loaders may remember it as it was.
      context.loaders.forgetAgents();
      return loadProfile(context, on, context.readTime({}));
    };
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { id, position, isReadable } = await edit(by);
        return { id, agent: isReadable ? await now() : null, position: context.position(position), isReadable };
      },
      now,
    );
  }
}
