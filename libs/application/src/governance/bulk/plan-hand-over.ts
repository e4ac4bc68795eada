import type { Principal } from '@headwater/domain/access/principal';
import type { AssetRow, FactRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { DEFAULT_ROLE, sourceOf, type ClaimedOwner } from '@headwater/domain/governance/effective-owners';
import type { OwnershipRule, OwnershipRules } from '@headwater/domain/governance/ownership-rules';
import type { NodeId } from '@headwater/domain/identifiers';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import { refuseFaults } from '../../access/access-parts.js';
import { agentFault } from '../check-change.js';
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

export interface HandOverPlan extends EditPlan {
  readonly rules: readonly ChangedRule[];
  /** The list with the changed rules, and the edit that states the list as it is; null where no rule is to change. */
  readonly nextRules: { readonly rules: readonly OwnershipRule[]; readonly position: number } | null;
  /** Rules that name who hands over and that the caller may not change: they are of the whole catalog. */
  readonly forbiddenRules: number;
}

type View = Pick<CatalogReader, 'assets' | 'owned' | 'effectiveOwners' | 'definitionsOf'>;

/** Assets of which owners are read at once. */
const PORTION = 500;

/**
 * What is to be done so that everything one agent answers for is another's, in the same roles: facts of edits and of
 * producers asset by asset, rules in the list of rules. Who answers beside them still does; what counts for nothing, since
 * something stronger names others, is taken away alone. Throws INVALID_INPUT with faults.
 */
export async function planHandOver(
  view: View,
  principal: Principal,
  wanted: WantedHandOver,
  time: ReadTime,
): Promise<HandOverPlan> {
  const { from, to } = wanted;
  refuseFaults('This cannot be handed over', [
    ...agentFault('/from', from),
    ...agentFault('/to', to),
    ...(from === to ? [{ pointer: '/to', detail: 'must be somebody else' }] : []),
  ]);
  const [held, [list]] = await Promise.all([view.owned(from, time), view.definitionsOf('OWNERSHIP_RULES', time)]);
  const byAsset = await ofAssets(view, held);
  const mayEdit = principal.where('catalog:edit');
  const editable = byAsset.filter(({ row }) => mayEdit.allows(row.namespace));
  const rules = changedRules(list?.body ?? { rules: [] }, wanted);
  const mayChangeRules = principal.lacks(['catalog:read', 'catalog:edit']).length === 0;
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
  // Who may not read the rules is not told whom they name either.
  const isToldOf = principal.where('catalog:read').isAll;
  if (list === undefined || rules.length === 0 || !mayChangeRules)
    return { ...plan, rules: [], nextRules: null, forbiddenRules: isToldOf ? rules.length : 0 };
  const changed = new Map(rules.map(({ number, after }) => [number, after]));
  const nextRules = {
    rules: list.body.rules.map((rule, index) => changed.get(index + 1) ?? rule),
    position: list.position,
  };
  return { ...plan, version: `${plan.version}.${String(list.position)}`, rules, nextRules, forbiddenRules: 0 };
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
  { from, to }: WantedHandOver,
  mayChangeRules: boolean,
): readonly FactEdit[] {
  const given = new Map<string, FactEdit>();
  const taken = new Map<string, FactEdit>();
  const nodes = [...new Set([asset, ...facts.map(({ nodeId }) => nodeId)])].sort();
  for (const role of [...new Set(facts.map(({ detail }) => detail ?? DEFAULT_ROLE))].sort()) {
    const inRole = effective.filter((claim) => claim.role === role);
    const own = inRole.find(({ agent }) => agent === from);
    // What is taken away here no rule names any more: it stays where the rule does.
    if (own !== undefined && sourceOf(own) === 'RULE' && !mayChangeRules) continue;
    for (const agent of own === undefined || sourceOf(own) === 'RULE' ? [] : heirs(inRole, own, to))
      given.set(`${role} ${agent}`, { action: 'STATE', node: asset, kind: 'OWNER', value: agent, detail: role });
    for (const node of nodes)
      taken.set(`${role} ${node}`, { action: 'WITHDRAW', node, kind: 'OWNER', value: from, detail: role });
  }
  return [...given.values(), ...taken.values()];
}

/** Who is to be entered in the place of one owner: where others answer by a producer's word, they would be overruled. */
function heirs(inRole: readonly ClaimedOwner[], own: ClaimedOwner, to: NodeId): readonly NodeId[] {
  const others = inRole.filter(({ agent }) => agent !== own.agent).map(({ agent }) => agent);
  if (sourceOf(own) === 'EDIT') return others.includes(to) ? [] : [to];
  return [...new Set([to, ...others])].sort();
}

function changedRules({ rules }: OwnershipRules, { from, to }: WantedHandOver): readonly ChangedRule[] {
  return rules.flatMap(({ since: _since, enteredBy: _enteredBy, position: _position, ...before }, index) => {
    if (!before.owners.some(({ agent }) => agent === from)) return [];
    const owners = before.owners.map(({ agent, role }) => ({ agent: agent === from ? to : agent, role }));
    const once = [...new Map(owners.map((owner) => [JSON.stringify([owner.agent, owner.role]), owner])).values()];
    return [{ number: index + 1, before, after: { ...before, owners: once } }];
  });
}
