import type { AliasCatalogRow, FactRow } from '../catalog.js';
import type { StoredEvent } from '../events.js';
import { agentComponents } from '../governance/agents/agent-components.js';
import {
  addressOf,
  identitiesByName,
  identitiesOf,
  valueKeyOf,
  type AgentIdentity,
  type AgentSource,
  type AgentStatement,
} from '../governance/agents/agent-identity.js';
import { pairOf, type AgentPair, type AgentsEdit } from '../governance/agents/agents-edit.js';
import type { DefinitionRow } from '../governance/definition.js';
import { agentId as agentIdOf, hash128, kindOf, type NodeId } from '../identifiers.js';
import { keyOf, type Batch } from './batch.js';
import type { ReadStored } from './changes.js';

/** How far the output of a batch was when an event began. */
export interface OutputMark {
  readonly facts: number;
  readonly definitions: number;
}

type Stated = AgentIdentity & { readonly source: AgentSource };

/** Rows to open and to close. */
interface Changes {
  readonly opened: Stated[];
  readonly closed: AgentStatement[];
}

export function markOf({ out }: Batch): OutputMark {
  return { facts: out.openedFacts.length, definitions: out.openedDefinitions.length };
}

/**
 * Keeps which ids are one agent, behind all else of an event (rule 30): every agent that it names as an owner or a member is known from
 * then on by its name, a defined one by its address and subject, and edits say who is one with whom and who is not.
 */
export async function applyAgents(
  batch: Batch,
  stored: StoredEvent,
  mark: OutputMark,
  { statements, definition, agents: edit }: Pick<ReadStored, 'statements' | 'definition' | 'agents'>,
): Promise<void> {
  const changes: Changes = { opened: [], closed: [] };
  // Of events what they say, not what became of it: that depends on what came before.
  const sent = (statements?.timelines ?? []).flatMap(({ facts }) => facts);
  await stateNames(batch, statements === null ? batch.out.openedFacts.slice(mark.facts) : sent, mark, changes);
  if (definition !== null && kindOf(definition.node) === 'AGENT')
    await stateDefinition(batch, definition.node, changes);
  if (edit !== null) await stateEdit(batch, stored, edit, changes);
  if (changes.opened.length + changes.closed.length === 0) return;
  const { position, recordedAt } = stored;
  const head = edit ?? definition;
  const opened = changes.opened.map((one): AgentStatement => {
    const { agentId, basis, value, source } = one;
    return {
      ...{ rowId: hash128(`AGENT|${agentId}|${basis}|${source}|${String(position)}|${value}`), ...one },
      ...{ agentKey: keyOf(agentId), valueKey: valueKeyOf(one) },
      enteredBy: source === 'NAME' ? null : (head?.by.name ?? null),
      reason: source === 'NAME' ? null : (head?.reason ?? null),
      position,
      recordedFrom: recordedAt,
      recordedTo: null,
    };
  });
  for (const row of opened) batch.agents.open(row);
  const changed = [...opened, ...changes.closed].flatMap(({ agentKey, valueKey }) => [agentKey, valueKey]);
  const around = await batch.agents.around(changed);
  for (const row of changes.closed) {
    batch.agents.close(row);
    batch.out.closedAgentStatements.push({ rowId: row.rowId, recordedTo: recordedAt });
  }
  batch.out.openedAgentStatements.push(...opened);
  const gone = new Set(changes.closed.map(({ rowId }) => rowId));
  await writeAliases(
    batch,
    stored,
    idsOf(around),
    around.filter(({ rowId }) => !gone.has(rowId)),
  );
}

async function stateNames(
  batch: Batch,
  facts: readonly Pick<FactRow, 'kind' | 'value'>[],
  mark: OutputMark,
  { opened }: Changes,
): Promise<void> {
  const { openedDefinitions } = batch.out;
  const named = new Set<NodeId>();
  for (const { kind, value } of facts) if (kind === 'OWNER') named.add(value as NodeId);
  for (const row of openedDefinitions.slice(mark.definitions)) for (const id of agentsIn(row)) named.add(id);
  const fresh = [...named].filter((id) => !batch.knownAgents.has(id)).sort();
  const identities = fresh.flatMap(identitiesByName);
  for (const id of fresh) batch.knownAgents.add(id);
  if (identities.length === 0) return;
  const rows = await batch.agents.around(identities.flatMap((one) => [keyOf(one.agentId), valueKeyOf(one)]));
  const held = new Set(rows.filter(({ source }) => source === 'NAME').map(textOf));
  opened.push(
    ...identities.filter((one) => !held.has(textOf(one))).map((one) => ({ ...one, source: 'NAME' as const })),
  );
}

async function stateDefinition(batch: Batch, id: NodeId, { opened, closed }: Changes): Promise<void> {
  const row = batch.definitions.get(id);
  const wanted = row?.kind === 'AGENT' ? identitiesOf(id, row.body) : [];
  const rows = await batch.agents.around([keyOf(id), ...wanted.map(valueKeyOf)]);
  const held = rows.filter(({ agentId, source }) => agentId === id && source === 'DEFINITION');
  const [before, after] = [new Set(held.map(textOf)), new Set(wanted.map(textOf))];
  closed.push(...held.filter((one) => !after.has(textOf(one))));
  opened.push(
    ...wanted.filter((one) => !before.has(textOf(one))).map((one) => ({ ...one, source: 'DEFINITION' as const })),
  );
}

async function stateEdit(batch: Batch, stored: StoredEvent, edit: AgentsEdit, changes: Changes): Promise<void> {
  const { node } = edit;
  const { position, receivedAt: effectiveAt } = stored;
  batch.out.references.push({ position, subjectKey: keyOf(node), effectiveAt });
  if (edit.action === 'SIGN_IN') {
    const wanted = [...identitiesByName(node), ...identitiesOf(node, edit)];
    if (edit.email !== null) wanted.push(...identitiesByNameOfAddress(edit.email));
    const rows = await batch.agents.around(wanted.flatMap((one) => [keyOf(one.agentId), valueKeyOf(one)]));
    const held = new Set(rows.filter(({ source }) => source === 'SIGN_IN').map(textOf));
    const missing = new Map(wanted.filter((one) => !held.has(textOf(one))).map((one) => [textOf(one), one]));
    changes.opened.push(...[...missing.values()].map((one) => ({ ...one, source: 'SIGN_IN' as const })));
    return;
  }
  const kept = edit.action === 'SPLIT' ? edit.kept : [];
  const rows = await batch.agents.around([...new Set([node, ...edit.pairs.flat(), ...kept.flat()])].map(keyOf));
  const heldAs = (basis: 'EDIT' | 'APART', [a, b]: AgentPair): AgentStatement | undefined =>
    rows.find((row) => row.basis === basis && row.agentId === a && row.value === b);
  const [gone, come] = edit.action === 'MERGE' ? (['APART', 'EDIT'] as const) : (['EDIT', 'APART'] as const);
  const joined = edit.action === 'MERGE' ? [pairOf(node, edit.other)] : edit.pairs;
  if (edit.action === 'MERGE') batch.out.references.push({ position, subjectKey: keyOf(edit.other), effectiveAt });
  const ended = [...edit.pairs, ...joined].map((pair) => heldAs(gone, pair)).filter((row) => row !== undefined);
  changes.closed.push(...new Set(ended));
  for (const [a, b] of new Map(joined.map((pair) => [pair.join(' '), pair])).values())
    if (heldAs(come, [a, b]) === undefined) changes.opened.push({ agentId: a, basis: come, value: b, source: 'EDIT' });
  for (const [a, b] of kept)
    if (heldAs('EDIT', [a, b]) === undefined)
      changes.opened.push({ agentId: a, basis: 'EDIT', value: b, source: 'SPLIT' });
}

/** Who signed in is also who is called by the verified address. */
function identitiesByNameOfAddress(address: string): readonly AgentIdentity[] {
  return identitiesByName(agentIdOf('user', addressOf(address)));
}

/** The rows of what an id stands for, as {@link agentComponents} has it now. */
async function writeAliases(
  batch: Batch,
  { position, recordedAt }: StoredEvent,
  ids: readonly NodeId[],
  statements: readonly AgentStatement[],
): Promise<void> {
  const canonicalOf = agentComponents(statements);
  const { openedAliases, closedAliases } = batch.out;
  const closed = new Set(closedAliases.map(({ rowId }) => rowId));
  const isOurs = new Set(ids);
  const rows = [
    ...(await batch.source.openAliases(ids)),
    ...openedAliases.filter(({ memberId }) => isOurs.has(memberId)),
  ];
  const held = new Map(rows.filter(({ rowId }) => !closed.has(rowId)).map((row) => [row.memberId, row]));
  for (const id of ids) {
    const canonical = canonicalOf.get(id) ?? id;
    const row = held.get(id);
    if ((row?.canonicalId ?? id) === canonical) continue;
    if (row !== undefined) closedAliases.push({ rowId: row.rowId, recordedTo: recordedAt });
    if (canonical !== id) openedAliases.push(aliasOf(id, canonical, position, recordedAt));
    batch.out.areAgentsOther = true;
  }
}

function aliasOf(memberId: NodeId, canonicalId: NodeId, position: number, recordedFrom: number): AliasCatalogRow {
  return {
    rowId: hash128(`ALIAS|${memberId}|${canonicalId}|AGENT|${String(position)}`),
    ...{ memberKey: keyOf(memberId), memberId, canonicalKey: keyOf(canonicalId), canonicalId, cause: 'AGENT' },
    recordedFrom,
    recordedTo: null,
  };
}

function idsOf(statements: readonly AgentIdentity[]): readonly NodeId[] {
  const ids = statements.flatMap(({ agentId, basis, value }) =>
    basis === 'EDIT' || basis === 'APART' ? [agentId, value as NodeId] : [agentId],
  );
  return [...new Set(ids)].sort();
}

/** Agents that a definition names, itself among them where it is one. */
function agentsIn(row: DefinitionRow): readonly NodeId[] {
  switch (row.kind) {
    case 'AGENT':
      return [row.id, ...row.body.members];
    case 'DOMAIN':
    case 'DATA_PRODUCT':
      return row.body.owners.map(({ agent }) => agent);
    case 'OWNERSHIP_RULES':
      return row.body.rules.flatMap(({ owners }) => owners.map(({ agent }) => agent));
    default:
      return [];
  }
}

function textOf({ agentId, basis, value }: AgentIdentity): string {
  return `${agentId} ${basis} ${value}`;
}
