import { pageByName, sortedByName } from '@headwater/domain/governance/by-name';
import { isAgentRow, type AgentRow } from '@headwater/domain/governance/definition';
import { kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AgentListArgs } from '../arguments/agent-args.js';
import { toPageRequest } from '../arguments/page-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { displayNameOf, distinctAgents, isTold, loadProfile } from '../loaders/agents.js';
import { Operation } from '../operation.guard.js';
import {
  AgentName,
  AgentProfile,
  AgentsApart,
  EnteredAgentConnection,
  toApart,
  toEnteredAgent,
  toIdentity,
  type EnteredAgent,
} from '../types/agent-profile.js';
import { toConnection, type Connection } from '../types/connection.js';
import { Agent } from '../types/facts.js';

const READS = { scope: 'catalog:read', reads: ['CATALOG'] } as const;

@Resolver()
export class AgentQueryResolver {
  @Query(() => AgentProfile, {
    nullable: true,
    description: 'An agent by any of its ids, with all of them and why they are one; null where nothing names it.',
  })
  @Operation(READS)
  async agent(
    @Args('id', { type: () => ID, description: 'An id of it: `agent:<kind>:<name>`.' }) given: string,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<AgentProfile | null> {
    const id = respellNodeId(given);
    if (id === undefined || kindOf(id) !== 'AGENT') return null;
    return loadProfile(context, id, context.readTime(time));
  }

  @Query(() => EnteredAgentConnection, { description: 'People, teams and services that somebody entered, by name.' })
  @Operation(READS)
  async agents(
    @Args() args: AgentListArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<EnteredAgent>> {
    const page = toPageRequest(args);
    const all = (await context.loaders.enteredAgents.load('AGENT', context.readTime(args))) ?? [];
    const found = sortedByName(all.filter(fits(args.text ?? '')));
    return toConnection(pageByName('agents', found, page), page.after, (row) => toEnteredAgent(row, context));
  }
}

@Resolver(() => AgentProfile)
export class AgentProfileResolver {
  @ResolveField(() => [AgentName], {
    description:
      'Every id that it is known by, the canonical one first. An id that only hidden assets name is left out.',
  })
  async names(@Parent() of: AgentProfile, @Context('catalog') context: CatalogContext): Promise<AgentName[]> {
    const statements = await statementsOf(of, context);
    const shown = statements.filter(({ source }) => source !== 'SIGN_IN' || mayKnowSignIn(of, context));
    return of.ids.map((id) => ({ id, identities: shown.flatMap((one) => toIdentity(one, id, of.ids, context)) }));
  }

  @ResolveField(() => [AgentsApart], {
    description: 'Whom its ids were split from, and by whom. An id that only hidden assets name is left out.',
  })
  async apart(@Parent() of: AgentProfile, @Context('catalog') context: CatalogContext): Promise<AgentsApart[]> {
    const found = (await statementsOf(of, context)).flatMap((one) => toApart(one, of.ids, context) ?? []);
    const told = await Promise.all(found.map(({ from }) => isTold(context, from.id as NodeId, of.time)));
    return found.filter((_, index) => told[index]);
  }

  @ResolveField(() => [Agent], { description: 'Of a team who is in it then, by id.' })
  members(@Parent() { rows, time }: AgentProfile, @Context('catalog') context: CatalogContext): Promise<Agent[]> {
    return distinctAgents(
      context,
      rows.flatMap(({ body }) => body.members),
      time,
    );
  }

  @ResolveField(() => [Agent], { description: 'The teams that it is in then, by id.' })
  async teams(@Parent() { ids, time }: AgentProfile, @Context('catalog') context: CatalogContext): Promise<Agent[]> {
    const all = (await context.loaders.enteredAgents.load('AGENT', time)) ?? [];
    const teams = all.filter(({ body }) => body.members.some((member) => ids.includes(member)));
    return distinctAgents(
      context,
      teams.map(({ id }) => id),
      time,
    );
  }
}

@Resolver(() => Agent)
export class AgentDisplayNameResolver {
  @ResolveField(() => String, { description: 'What people call it now: as somebody entered it, else its name.' })
  displayName(@Parent() { id }: Agent, @Context('catalog') context: CatalogContext): Promise<string> {
    return displayNameOf(context, id as NodeId);
  }
}

async function statementsOf({ agent, time }: AgentProfile, { loaders }: CatalogContext) {
  return (await loaders.agentStatements.load(agent.id as NodeId, time.knownAt)) ?? [];
}

/** With what somebody signed in is told to themself and to whoever sees everything. */
function mayKnowSignIn({ ids }: AgentProfile, { seesAll, principal }: CatalogContext): boolean {
  return seesAll || ids.some((id) => principal?.agents.includes(id) === true);
}

function fits(text: string): (row: AgentRow) => boolean {
  const sought = text.trim().toLowerCase();
  return (row) =>
    isAgentRow(row) &&
    [row.body.name, decodeURIComponent(row.id), row.body.email ?? ''].some((one) => one.toLowerCase().includes(sought));
}
