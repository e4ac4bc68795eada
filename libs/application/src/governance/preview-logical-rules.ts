import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { logicalMembership } from '@headwater/domain/governance/logical-membership';
import { LogicalRuleSet, type LogicalRule } from '@headwater/domain/governance/logical-rules';
import type { NodeId } from '@headwater/domain/identifiers';
import { namesOf } from '@headwater/domain/reading/logical-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import { refuseFaults } from '../access/access-parts.js';
import { logicalRuleFaults } from './edit-logical-rules.js';

/** What a list of rules would make of one logical dataset. */
export interface PreviewedLogical {
  readonly logical: NodeId;
  /** False: nothing is defined with this key, so that the rules make nothing of the datasets that fit. */
  readonly isDefined: boolean;
  /** By id: who would be members by a rule, or by an edit that stays; of an undefined one what fits it. */
  readonly members: readonly NodeId[];
  /** Of these who are not now. */
  readonly joining: readonly NodeId[];
  /** Who are members now and would not be. */
  readonly leaving: readonly NodeId[];
}

type View = Pick<
  CatalogReader,
  'assets' | 'aliases' | 'facts' | 'definitionsOf' | 'logicalMemberships' | 'mayBeMembers' | 'mayFitLogical'
>;

/** A preview looks at no more. */
export const MOST_PREVIEWED = 20_000;

/**
 * What a list of rules would make of the datasets of now, by id of the logical dataset; what stays as it is, is there too.
 * Throws INVALID_INPUT with every fault of every rule, and where more than {@link MOST_PREVIEWED} datasets may fit.
 */
export async function previewLogicalRules(
  view: View,
  rules: readonly LogicalRule[],
  time: ReadTime,
): Promise<readonly PreviewedLogical[]> {
  refuseFaults('The rules cannot be taken as they are', logicalRuleFaults(rules));
  const logical = await view.definitionsOf('LOGICAL_DATASET', time);
  const candidates = await Promise.all([
    view.mayFitLogical(rules, time),
    view.mayBeMembers(
      logical.map(({ id }) => id),
      time,
    ),
  ]);
  const ids = [...new Set(candidates.flat().map(({ id }) => id))].sort();
  if (ids.length > MOST_PREVIEWED)
    throw new HeadwaterError('INVALID_INPUT', 'The rules may fit too many datasets for a preview: name more of them', {
      faults: [
        {
          pointer: '/rules',
          ...coded(
            'FINDS_TOO_MANY',
            `may fit ${String(ids.length)} datasets, and ${String(MOST_PREVIEWED)} are looked at`,
            { found: ids.length, most: MOST_PREVIEWED },
          ),
        },
      ],
    });
  const [assets, aliases, facts, before] = await Promise.all([
    view.assets(ids, time.knownAt),
    view.aliases(ids, time.knownAt),
    view.facts(ids, ['LOGICAL', 'NOT_LOGICAL'], time),
    view.logicalMemberships(ids, time),
  ]);
  const defined = new Map(logical.map((row) => [row.id, row]));
  const since = { since: time.at, enteredBy: '', position: 0 };
  const wanted = new LogicalRuleSet(rules.map((rule) => ({ ...rule, ...since })));
  const found = new Map<NodeId, { members: NodeId[]; joining: NodeId[]; leaving: NodeId[] }>();
  const of = (id: NodeId): { members: NodeId[]; joining: NodeId[]; leaving: NodeId[] } => {
    const known = found.get(id) ?? { members: [], joining: [], leaving: [] };
    found.set(id, known);
    return known;
  };
  for (const id of ids) {
    const asset = assets.get(id);
    if (asset === undefined) continue;
    const match = wanted.deciding(namesOf(asset, aliases.get(id) ?? []));
    const next = logicalMembership({ asset, facts: facts.get(id) ?? [], match }, defined, time.at);
    const last = before.get(id)?.logical.id;
    if (next !== undefined) of(next.logical.id).members.push(id);
    if (next !== undefined && next.logical.id !== last) of(next.logical.id).joining.push(id);
    if (last !== undefined && next?.logical.id !== last) of(last).leaving.push(id);
    if (next === undefined && match !== undefined && !defined.has(match.logical) && asset.deletedAt === null)
      of(match.logical).members.push(id);
  }
  return [...found]
    .map(([id, parts]) => ({ logical: id, isDefined: defined.has(id), ...parts }))
    .sort((a, b) => (a.logical < b.logical ? -1 : 1));
}
