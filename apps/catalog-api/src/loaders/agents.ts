import type { AgentStatement } from '@headwater/domain/governance/agents/agent-identity';
import { isAgentRow, type AgentRow } from '@headwater/domain/governance/definition';
import { parseNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { CatalogContext } from '../catalog-context.js';
import { toEnteredAgent, type AgentProfile } from '../types/agent-profile.js';
import { toAgent, type Agent } from '../types/facts.js';

/** Every id of the agent that an id is of, the canonical one first. */
export async function namesOfAgent(
  { loaders }: CatalogContext,
  id: NodeId,
  time: ReadTime,
): Promise<readonly NodeId[]> {
  return (await loaders.agentNames.load(id, time.knownAt)) ?? [id];
}

/** The agent by its canonical id as known then. */
export async function canonicalAgent(context: CatalogContext, id: NodeId, time: ReadTime): Promise<Agent | undefined> {
  const [canonical = id] = await namesOfAgent(context, id, time);
  return toAgent(canonical);
}

/** The canonical ids of these, in one reading. */
export async function sameAgents(
  context: CatalogContext,
  ids: readonly NodeId[],
  time: ReadTime,
): Promise<(id: NodeId) => NodeId> {
  const names = await Promise.all(
    ids.map(async (id) => [id, (await namesOfAgent(context, id, time))[0] ?? id] as const),
  );
  const found = new Map(names);
  return (id) => found.get(id) ?? id;
}

/** Agents of many ids, each once. */
export async function distinctAgents(
  context: CatalogContext,
  ids: readonly NodeId[],
  time: ReadTime,
): Promise<Agent[]> {
  const agents = await Promise.all(ids.map((id) => canonicalAgent(context, id, time)));
  const found = new Map(agents.flatMap((agent) => (agent === undefined ? [] : [[agent.id, agent] as const])));
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What people call an agent now: as it was entered under this id, else under another of its ids, else its name in the id. */
export async function displayNameOf(context: CatalogContext, id: NodeId): Promise<string> {
  const time = context.readTime({});
  const all = await namesOfAgent(context, id, time);
  const found = await Promise.all(all.map((one) => context.loaders.definitions.load(one, time)));
  return enteredName(found.filter(isAgentRow), id) ?? nameOf(id);
}

function enteredName(rows: readonly AgentRow[], id: NodeId): string | undefined {
  return (rows.find((row) => row.id === id) ?? rows[0])?.body.name;
}

/** An agent that something names as far as the caller may know; null for every other. */
export async function loadProfile(context: CatalogContext, id: NodeId, time: ReadTime): Promise<AgentProfile | null> {
  const { loaders, principal } = context;
  const all = await namesOfAgent(context, id, time);
  const [canonical = id] = all;
  const [definitions, statements, owns] = await Promise.all([
    Promise.all(all.map((one) => loaders.definitions.load(one, time))),
    loaders.agentStatements.load(canonical, time.knownAt),
    loaders.agents.load(id),
  ]);
  const rows = definitions.filter(isAgentRow);
  const told = toldIds(context, all, rows, statements ?? []);
  const isKnown = told.length > 0 || owns === true || principal?.agents.includes(id) === true;
  const agent = toAgent(canonical);
  if (!isKnown || agent === undefined) return null;
  const ids = all.filter((one) => one === canonical || one === id || told.includes(one));
  return {
    ...{ agent, displayName: enteredName(rows, id) ?? nameOf(canonical), ids, rows, time },
    entered: rows.map((row) => toEnteredAgent(row, context)),
  };
}

/** Whether the caller may be told an id that another agent was split from: one that only something hidden may name is not. */
export async function isTold(context: CatalogContext, id: NodeId, time: ReadTime): Promise<boolean> {
  if (context.seesAll) return true;
  const { loaders } = context;
  const all = await namesOfAgent(context, id, time);
  const [definitions, statements] = await Promise.all([
    Promise.all(all.map((one) => loaders.definitions.load(one, time))),
    loaders.agentStatements.load(id, time.knownAt),
  ]);
  const told = toldIds(context, all, definitions.filter(isAgentRow), statements ?? []);
  if (told.includes(id)) return true;
  return id === all[0] && (told.length > 0 || (await loaders.agents.load(id)) === true);
}

/** An id that only something hidden may name is told to nobody who does not see everything. */
function toldIds(
  { seesAll, principal }: CatalogContext,
  all: readonly NodeId[],
  rows: readonly AgentRow[],
  statements: readonly AgentStatement[],
): readonly NodeId[] {
  const named = new Set(
    statements.flatMap(({ agentId, basis, value }) => (basis === 'EDIT' ? [agentId, value] : [agentId])),
  );
  if (seesAll) return all.length > 1 || named.size > 0 || rows.length > 0 ? all : [];
  const edited = new Set(
    statements.flatMap(({ agentId, basis, source, value }) =>
      basis === 'EDIT' && source !== 'SPLIT' ? [agentId, value] : [],
    ),
  );
  const entered = new Set<string>(rows.map((row) => row.id));
  return all.filter((one) => entered.has(one) || edited.has(one) || principal?.agents.includes(one) === true);
}

function nameOf(id: NodeId): string {
  return parseNodeId(id)?.segments[1] ?? id;
}
