import type { AssetRow, FactRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded } from '@headwater/domain/errors';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { DEFAULT_ROLE, sourceOf, type ClaimedOwner } from '@headwater/domain/governance/effective-owners';
import type { AgentRow, DataProductRow, DomainRow, OwnershipRulesRow } from '@headwater/domain/governance/definition';
import { distinctOwners } from '@headwater/domain/governance/definitions/owners';
import type { OwnersWrite } from '@headwater/domain/governance/owners-batch';
import {
  OWNERSHIP_RULES_ID,
  type OwnershipRule,
  type OwnershipRules,
  type RuleOwner,
} from '@headwater/domain/governance/ownership-rules';
import type { NodeId } from '@headwater/domain/identifiers';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import { refuseFaults } from '../../access/access-parts.js';
import type { EditRights } from '../../access/edit-rights.js';
import { agentFault } from '../check-change.js';
import { knownAgents, noSuchAgent } from '../known-agents.js';
import { mayDefine } from '../record-definition.js';
import { planOf, type EditPlan } from './plan-edits.js';

/** Whose everything goes to whom. */
export interface WantedHandOver {
  readonly from: NodeId;
  readonly to: NodeId;
}

/** A rule that names who hands over, and the rule in its place. */
export interface ChangedRule {
  /** Its place in the list, from 1. */
  readonly number: number;
  readonly before: OwnershipRule;
  readonly after: OwnershipRule;
}

/** A domain or a data product that who hands over is an owner of, and its owners then. */
export interface ChangedOwners {
  readonly row: DomainRow | DataProductRow;
  readonly after: readonly RuleOwner[];
}

export interface HandOverPlan extends EditPlan {
  readonly rules: readonly ChangedRule[];
  readonly definitions: readonly ChangedOwners[];
  /** Teams that who hands over is taken out of: who takes over is put into none. */
  readonly teams: readonly AgentRow[];
  /** What makes all that definitions are to say so, as of those that were looked at. */
  readonly writes: readonly OwnersWrite[];
  /** Rules that name who hands over and that the caller may not change: they are of the whole catalog. */
  readonly forbiddenRules: number;
  /** The same of domains and data products, and of teams. */
  readonly forbiddenDefinitions: number;
  readonly forbiddenTeams: number;
}

type View = Pick<
  CatalogReader,
  'agentNames' | 'agentStatements' | 'assets' | 'definitions' | 'definitionsOf' | 'effectiveOwners' | 'owned'
>;

/** {@link WantedHandOver} by all ids of both. */
interface HandOver {
  /** Canonical first. */
  readonly from: readonly NodeId[];
  readonly to: NodeId;
  /** Canonical. */
  readonly heir: NodeId;
}

/** Assets of which owners are read at once. */
const PORTION = 500;

/**
 * What is to be done so that everything one agent answers for is another's, in the same roles: facts of edits and of
 * producers asset by asset, rules in the list of rules, domains and data products in their owners; teams lose them as a member.
 * Who answers beside them still does; what counts for nothing, since something stronger names others, is taken away alone. Throws INVALID_INPUT with faults,
 * NOT_FOUND (NO_SUCH_AGENT) where nothing that the caller sees names `from`.
 */
export async function planHandOver(
  view: View,
  rights: EditRights,
  asked: WantedHandOver,
  time: ReadTime,
): Promise<HandOverPlan> {
  const { from, to } = asked;
  const { principal } = rights;
  const names = await view.agentNames([from, to], time.knownAt);
  const wanted: HandOver = { from: names.get(from) ?? [from], to, heir: names.get(to)?.[0] ?? to };
  refuseFaults('This cannot be handed over', [
    ...agentFault('/from', from),
    ...agentFault('/to', to),
    ...(wanted.from.includes(to) ? [{ pointer: '/to', ...coded('THE_SAME', 'must be somebody else') }] : []),
  ]);
  const mayChangeRules = mayDefine(principal);
  const isSelf = wanted.from.some((id) => principal.agents.includes(id));
  const known = isSelf ? null : await knownAgents(view, wanted.from, time, mayChangeRules);
  if (known !== null && !wanted.from.some((id) => known.has(id))) throw noSuchAgent('who is to hand over');
  const [held, [list], domains, products, agents] = await Promise.all([
    view.owned(from, time),
    view.definitionsOf('OWNERSHIP_RULES', time),
    view.definitionsOf('DOMAIN', time),
    view.definitionsOf('DATA_PRODUCT', time),
    view.definitionsOf('AGENT', time),
  ]);
  const byAsset = await ofAssets(view, held);
  const mayEdit = await rights.over(byAsset.map(({ row }) => row));
  const editable = byAsset.filter(({ row }) => mayEdit.allows(row, []));
  const rules = changedRules(list?.body ?? { rules: [] }, wanted);
  const definitions = [...domains, ...products].flatMap((row) => changedOwners(row, wanted));
  const isIn = ({ body }: AgentRow): boolean => body.members.some((member) => wanted.from.includes(member));
  const teams = agents.filter(isIn).sort((a, b) => (a.id < b.id ? -1 : 1));
  const edits: EditPlan['edits'][number][] = [];
  for (let start = 0; start < editable.length; start += PORTION) {
    const portion = editable.slice(start, start + PORTION);
    const owners = await view.effectiveOwners(
      portion.map(({ row }) => row.id),
      time,
    );
    for (const { row, facts } of portion) {
      const effective = owners.get(row.id)?.owners ?? [];
      const changes = changesOf(row.id, facts, effective, wanted, mayChangeRules);
      if (changes.length > 0) edits.push({ row, asset: row.id, expected: row.editPosition, changes });
    }
  }
  const plan = planOf(edits, { unchanged: 0, forbidden: byAsset.length - editable.length });
  if (!mayChangeRules) {
    // Who may not read the rules is not told whom they name either.
    const forbiddenRules = principal.where('catalog:read').isAll ? rules.length : 0;
    return {
      ...plan,
      ...{ rules: [], definitions: [], teams: [], writes: [] },
      ...{ forbiddenRules, forbiddenDefinitions: definitions.length, forbiddenTeams: teams.length },
    };
  }
  const writes = [
    ...(list === undefined || rules.length === 0 ? [] : [rulesWrite(list, rules)]),
    ...definitions.map(({ row, after }): OwnersWrite => ({
      ...{ node: row.id, action: 'CHANGE', body: { owners: after }, expected: row.position },
    })),
    ...teams.map(({ id, body, position }): OwnersWrite => ({
      ...{ node: id, action: 'CHANGE', expected: position },
      body: { members: body.members.filter((member) => !wanted.from.includes(member)) },
    })),
  ];
  const version = [plan.version, ...writes.map(({ expected }) => String(expected))].join('.');
  const none = { forbiddenRules: 0, forbiddenDefinitions: 0, forbiddenTeams: 0 };
  return { ...plan, version, rules, definitions, teams, writes, ...none };
}

/** The list with the changed rules in their places. */
function rulesWrite(list: OwnershipRulesRow, rules: readonly ChangedRule[]): OwnersWrite {
  const changed = new Map(rules.map(({ number, after }) => [number, after]));
  const next = list.body.rules.map(
    ({ since: _since, enteredBy: _enteredBy, position: _position, ...rule }, index) => changed.get(index + 1) ?? rule,
  );
  return { node: OWNERSHIP_RULES_ID, action: 'REPLACE', rules: next, expected: list.position };
}

function changedOwners(row: DomainRow | DataProductRow, wanted: HandOver): readonly ChangedOwners[] {
  const { owners } = row.body;
  return owners.some(({ agent }) => wanted.from.includes(agent)) ? [{ row, after: handedOver(owners, wanted) }] : [];
}

/** The owners with another in the place of one. */
function handedOver(owners: readonly RuleOwner[], { from, to }: HandOver): readonly RuleOwner[] {
  return distinctOwners(owners.map(({ agent, role }) => ({ agent: from.includes(agent) ? to : agent, role })));
}

interface Held {
  readonly row: AssetRow;
  readonly facts: readonly FactRow[];
}

/** Facts by the asset that they are about, whichever of its names they were stated of. */
async function ofAssets(view: View, facts: readonly FactRow[]): Promise<readonly Held[]> {
  const rows = await view.assets([...new Set(facts.map(({ nodeId }) => nodeId))], LATEST);
  const held = new Map<NodeId, { readonly row: AssetRow; readonly facts: FactRow[] }>();
  for (const fact of facts) {
    const row = rows.get(fact.nodeId);
    if (row === undefined) continue;
    const of = held.get(row.id) ?? { row, facts: [] };
    of.facts.push(fact);
    held.set(row.id, of);
  }
  return [...held.values()];
}

/** `effective`: who answers for the asset now. */
function changesOf(
  asset: NodeId,
  facts: readonly FactRow[],
  effective: readonly ClaimedOwner[],
  { from, to, heir }: HandOver,
  mayChangeRules: boolean,
): readonly FactEdit[] {
  const given = new Map<string, FactEdit>();
  const taken = new Map<string, FactEdit>();
  const nodes = [...new Set([asset, ...facts.map(({ nodeId }) => nodeId)])].sort();
  for (const role of [...new Set(facts.map(({ detail }) => detail ?? DEFAULT_ROLE))].sort()) {
    const inRole = effective.filter((claim) => claim.role === role);
    const own = inRole.find(({ agent }) => agent === from[0]);
    const isDefined = own !== undefined && !('fact' in own.by);
    // What is taken away here no definition brings any more: it stays where the definition does.
    if (isDefined && !mayChangeRules) continue;
    for (const agent of own === undefined || isDefined ? [] : heirs(inRole, own, { to, heir }))
      given.set(`${role} ${agent}`, { action: 'STATE', node: asset, kind: 'OWNER', value: agent, detail: role });
    const named = new Set(facts.filter(({ detail }) => (detail ?? DEFAULT_ROLE) === role).map(({ value }) => value));
    for (const node of nodes)
      for (const value of [...named].sort())
        taken.set(`${role} ${node} ${value}`, { action: 'WITHDRAW', node, kind: 'OWNER', value, detail: role });
  }
  return [...given.values(), ...taken.values()];
}

/** Who is to be entered in the place of one owner: where others answer by a producer's word, they would be overruled. */
function heirs(
  inRole: readonly ClaimedOwner[],
  own: ClaimedOwner,
  { to, heir }: Pick<HandOver, 'to' | 'heir'>,
): readonly NodeId[] {
  const others = inRole.filter(({ agent }) => agent !== own.agent).map(({ agent }) => agent);
  if (sourceOf(own) === 'EDIT') return others.includes(heir) ? [] : [to];
  return [...new Set([to, ...others.filter((agent) => agent !== heir)])].sort();
}

function changedRules({ rules }: OwnershipRules, wanted: HandOver): readonly ChangedRule[] {
  return rules.flatMap(({ since: _since, enteredBy: _enteredBy, position: _position, ...before }, index) => {
    if (!before.owners.some(({ agent }) => wanted.from.includes(agent))) return [];
    return [{ number: index + 1, before, after: { ...before, owners: handedOverInOrder(before.owners, wanted) } }];
  });
}

/** The same in the order in which a rule names them. */
function handedOverInOrder(owners: readonly RuleOwner[], { from, to }: HandOver): readonly RuleOwner[] {
  const then = owners.map(({ agent, role }) => ({ agent: from.includes(agent) ? to : agent, role }));
  return [...new Map(then.map((owner) => [JSON.stringify([owner.agent, owner.role]), owner])).values()];
}
