import type { AliasCatalogRow, AssetRow, FactRow } from '../catalog.js';
import type { FactKind } from '../facts.js';
import { logicalMembership, type LogicalMembership } from '../governance/logical-membership.js';
import { LogicalRuleSet, type LogicalRule } from '../governance/logical-rules.js';
import { parseNodeId, type NodeId } from '../identifiers.js';
import type { NamedAsset } from './ownership-reader.js';
import type { ReadTime } from './read-time.js';
import type { DefinitionReader, FactReader } from './schema-reader.js';

export interface LogicalReader {
  /** The logical dataset that each of many datasets is in at `time`; one in none, or an unknown one, is absent. */
  logicalMemberships(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, LogicalMembership>>;
  /**
   * Datasets that there were at `time` by canonical id, and that may be members of one of these logical datasets then: all
   * that are, and others. In no order.
   */
  mayBeMembers(logical: readonly NodeId[], time: ReadTime): Promise<readonly NamedAsset[]>;
  /** Datasets of now that rules may fit by one of their names: all that they do, and others. In no order. */
  mayFitLogical(rules: readonly LogicalRule[], time: ReadTime): Promise<readonly NamedAsset[]>;
  /** Facts of a kind with one of these values that hold at `time`, in the order of node ids. */
  factsNaming(kind: FactKind, values: readonly NodeId[], time: ReadTime): Promise<readonly FactRow[]>;
}

interface LogicalParts extends FactReader, DefinitionReader {
  assets(ids: readonly NodeId[], knownAt: ReadTime['knownAt']): Promise<ReadonlyMap<NodeId, AssetRow>>;
  aliases(
    ids: readonly NodeId[],
    knownAt: ReadTime['knownAt'],
  ): Promise<ReadonlyMap<NodeId, readonly AliasCatalogRow[]>>;
}

/** Memberships by the facts, definitions and rules that held then, in as many statements for many datasets as for one. */
export async function readLogicalMemberships(
  reader: LogicalParts,
  ids: readonly NodeId[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId, LogicalMembership>> {
  if (ids.length === 0) return new Map();
  const [assets, aliases, facts, logical, [list]] = await Promise.all([
    reader.assets(ids, time.knownAt),
    reader.aliases(ids, time.knownAt),
    reader.facts(ids, ['LOGICAL', 'NOT_LOGICAL'], time),
    reader.definitionsOf('LOGICAL_DATASET', time),
    reader.definitionsOf('LOGICAL_RULES', time),
  ]);
  const rules = new LogicalRuleSet(list?.body.rules ?? []);
  const defined = new Map(logical.map((row) => [row.id, row]));
  return new Map(
    [...assets].flatMap(([id, asset]) => {
      const match = rules.deciding(namesOf(asset, aliases.get(id) ?? []));
      const found = logicalMembership({ asset, facts: facts.get(id) ?? [], match }, defined, time.at);
      return found === undefined ? [] : [[id, found] as const];
    }),
  );
}

/** Every name of an asset, the canonical one first. */
export function namesOf(
  asset: Pick<AssetRow, 'namespace' | 'name'>,
  aliases: readonly AliasCatalogRow[],
): readonly { readonly namespace: string; readonly name: string }[] {
  return [asset, ...aliases.map(({ memberId }) => nameOf(memberId))];
}

function nameOf(id: NodeId): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = ''] = parseNodeId(id)?.segments ?? [];
  return { namespace, name };
}
