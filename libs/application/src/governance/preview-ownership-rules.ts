import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { EffectiveOwners } from '@headwater/domain/governance/effective-owners';
import { changedRules, type OwnershipRule, type RuleOwner } from '@headwater/domain/governance/ownership-rules';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Clock } from '@headwater/domain/ports';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults } from '../access/access-parts.js';
import { byName } from './by-name.js';
import { checkedRules, type WantedRules } from './edit-ownership-rules.js';

/** An asset for which others would answer. */
export interface ChangedOwner {
  readonly asset: NodeId;
  /** The place of the rule that would decide, from 1; null: none. */
  readonly number: number | null;
  /** Each agent once a role, by role and then agent. */
  readonly before: readonly RuleOwner[];
  readonly after: readonly RuleOwner[];
}

export interface RulesPreview {
  /** Rules that are new, other, or at another place among those that are. */
  readonly rules: readonly { readonly rule: OwnershipRule; readonly number: number; readonly decides: number }[];
  /** By name, without regard to case, and then by id. */
  readonly changed: readonly ChangedOwner[];
  /** How many would get an owner, having none. */
  readonly gained: number;
  /** How many would be left without one. */
  readonly lost: number;
}

type View = Pick<CatalogReader, 'definitionsOf' | 'mayFit' | 'ownersUnder'>;

/** Assets of which owners are read at once. */
const PORTION = 1_000;

/** Tells for which assets others would answer under other rules. It reads as many as a rule that changes may fit. */
export class PreviewOwnershipRules {
  constructor(private readonly clock: Clock) {}

  /** INVALID_INPUT with every fault of every rule or line. */
  async execute(view: View, wanted: WantedRules): Promise<RulesPreview> {
    const time = nowBy(this.clock);
    const { rules, faults } = await checkedRules(view, wanted, time);
    refuseFaults('The rules cannot be taken as they are', faults);
    const [list] = await view.definitionsOf('OWNERSHIP_RULES', time);
    const { before, after } = changedRules(list?.body.rules ?? [], rules);
    const places = byName(await view.mayFit([...before, ...after.map(({ rule }) => rule)], time));
    const decides = new Map<number | null, number>();
    const changed: ChangedOwner[] = [];
    let [gained, lost] = [0, 0];
    for (let start = 0; start < places.length; start += PORTION) {
      const ids = places.slice(start, start + PORTION).map(({ id }) => id);
      const owners = await view.ownersUnder(rules, ids, time);
      for (const id of ids) {
        const under = owners.get(id);
        if (under === undefined) continue;
        const { number } = under;
        decides.set(number, (decides.get(number) ?? 0) + 1);
        const change = { asset: id, number, before: toList(under.now), after: toList(under.then) };
        if (JSON.stringify(change.before) === JSON.stringify(change.after)) continue;
        changed.push(change);
        if (change.before.length === 0) gained++;
        if (change.after.length === 0) lost++;
      }
    }
    return { rules: after.map((one) => ({ ...one, decides: decides.get(one.number) ?? 0 })), changed, gained, lost };
  }
}

function toList({ owners }: EffectiveOwners): readonly RuleOwner[] {
  const once = new Map(owners.map(({ agent, role }) => [`${role}\n${agent}`, { agent, role }]));
  return [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, owner]) => owner);
}
