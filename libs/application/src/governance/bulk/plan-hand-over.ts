import type { Principal } from '@headwater/domain/access/principal';
import type { AssetRow, FactRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { DEFAULT_ROLE } from '@headwater/domain/governance/effective-owners';
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

type View = Pick<CatalogReader, 'assets' | 'owned' | 'facts' | 'definitionsOf'>;

/**
 * What is to be done so that everything one agent answers for is another's, in the same roles: facts of edits and of
 * producers one by one, rules in the list of rules. What counts for nobody now because something stronger overrules it is
 * handed over too. Throws INVALID_INPUT with faults.
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
  const held = await view.owned(from, time);
  const byAsset = await ofAssets(view, held);
  const mayEdit = principal.where('catalog:edit');
  const editable = byAsset.filter(({ row }) => mayEdit.allows(row.namespace));
  const theirs = await view.facts(
    editable.map(({ row }) => row.id),
    ['OWNER'],
    time,
  );
  const edits = editable.map(({ row, facts }) => ({
    row,
    asset: row.id,
    expected: row.editPosition,
    changes: changesOf(row.id, facts, theirs.get(row.id) ?? [], wanted),
  }));
  const plan = planOf(edits, { unchanged: 0, forbidden: byAsset.length - editable.length });
  const [list] = await view.definitionsOf('OWNERSHIP_RULES', time);
  const rules = changedRules(list?.body ?? { rules: [] }, wanted);
  const isForbidden = principal.lacks(['catalog:read', 'catalog:edit']).length > 0;
  if (list === undefined || rules.length === 0 || isForbidden)
    return { ...plan, rules: [], nextRules: null, forbiddenRules: rules.length };
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

function changesOf(
  asset: NodeId,
  facts: readonly FactRow[],
  all: readonly FactRow[],
  { from, to }: WantedHandOver,
): readonly FactEdit[] {
  const roles = [...new Set(facts.map(({ detail }) => detail ?? DEFAULT_ROLE))].sort();
  const isEntered = (role: string): boolean =>
    all.some((fact) => fact.source === 'EDIT' && fact.value === to && (fact.detail ?? DEFAULT_ROLE) === role);
  const given = roles
    .filter((role) => !isEntered(role))
    .map((role): FactEdit => ({ action: 'STATE', node: asset, kind: 'OWNER', value: to, detail: role }));
  const nodes = [...new Set([asset, ...facts.map(({ nodeId }) => nodeId)])].sort();
  const taken = nodes.map((node): FactEdit => ({ action: 'WITHDRAW', node, kind: 'OWNER', value: from, detail: null }));
  return [...given, ...taken];
}

function changedRules({ rules }: OwnershipRules, { from, to }: WantedHandOver): readonly ChangedRule[] {
  return rules.flatMap(({ since: _since, enteredBy: _enteredBy, position: _position, ...before }, index) => {
    if (!before.owners.some(({ agent }) => agent === from)) return [];
    const owners = before.owners.map(({ agent, role }) => ({ agent: agent === from ? to : agent, role }));
    const once = [...new Map(owners.map((owner) => [JSON.stringify([owner.agent, owner.role]), owner])).values()];
    return [{ number: index + 1, before, after: { ...before, owners: once } }];
  });
}
