import type { AliasCatalogRow, AssetRow, FactRow } from '../catalog.js';
import { effectiveOwners, type EffectiveOwners } from '../governance/effective-owners.js';
import { InheritedOwners } from '../governance/inherited-owners.js';
import {
  OwnershipRuleSet,
  type OwnershipRule,
  type RuleMatch,
  type RuleSubject,
} from '../governance/ownership-rules.js';
import { kindOf, parseNodeId, type NodeId } from '../identifiers.js';
import type { AgentReader } from './agent-reader.js';
import type { ReadTime } from './read-time.js';
import type { DefinitionReader, FactReader } from './schema-reader.js';

/** An asset by its canonical id, and what people call it under that; '' where nobody did. */
export interface NamedAsset {
  readonly id: NodeId;
  readonly displayName: string;
}

/** Who answers for an asset by the rules of a moment, and who would by others in their place. */
export interface OwnersUnder {
  readonly now: EffectiveOwners;
  readonly then: EffectiveOwners;
  /** The place of the rule among the others that would decide, from 1; null: none. */
  readonly number: number | null;
}

export interface OwnershipReader {
  /** Who answers for datasets and jobs at `time`; an unknown one is absent. */
  effectiveOwners(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, EffectiveOwners>>;
  /**
   * Assets that there were at `time`, and for which the agent may answer then: all for which it does, and others that
   * something of then names it for. In no order.
   */
  mayAnswerFor(agent: NodeId, time: ReadTime): Promise<readonly NamedAsset[]>;
  /** Assets that there were at `time`: all that one of the rules fits then, and others that it may fit. In no order. */
  mayFit(rules: readonly OwnershipRule[], time: ReadTime): Promise<readonly NamedAsset[]>;
  /** Who would answer for datasets and jobs with `rules` in place of those of `time`; an unknown one is absent. */
  ownersUnder(
    rules: readonly OwnershipRule[],
    ids: readonly NodeId[],
    time: ReadTime,
  ): Promise<ReadonlyMap<NodeId, OwnersUnder>>;
}

interface OwnershipParts extends FactReader, DefinitionReader, Pick<AgentReader, 'agentNames'> {
  assets(ids: readonly NodeId[], knownAt: ReadTime['knownAt']): Promise<ReadonlyMap<NodeId, AssetRow>>;
  aliases(
    ids: readonly NodeId[],
    knownAt: ReadTime['knownAt'],
  ): Promise<ReadonlyMap<NodeId, readonly AliasCatalogRow[]>>;
}

const ABOUT_AGENTS: ReadonlySet<FactRow['kind']> = new Set(['OWNER', 'NOT_OWNER', 'CONFIRMED', 'DECLINED']);

/** Owners of facts, of edits, of the rules, domains and data products that held then, in as many statements for many assets as for one. */
export async function readEffectiveOwners(
  reader: OwnershipParts,
  ids: readonly NodeId[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId, EffectiveOwners>> {
  const list = reader.definitionsOf('OWNERSHIP_RULES', time).then(([row]) => row?.body ?? { rules: [] });
  const [found, held] = await Promise.all([
    readClaims(
      reader,
      ids,
      time,
      list.then(({ rules }) => rules),
    ),
    list,
  ]);
  const rules = new OwnershipRuleSet(held);
  return new Map([...found].map(([id, { subject, owners }]) => [id, owners(rules.deciding(subject))] as const));
}

/** As {@link readEffectiveOwners}, and beside it as it would be under other rules. */
export async function readOwnersUnder(
  reader: OwnershipParts,
  others: readonly OwnershipRule[],
  ids: readonly NodeId[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId, OwnersUnder>> {
  const list = reader.definitionsOf('OWNERSHIP_RULES', time).then(([row]) => row?.body ?? { rules: [] });
  const [found, held] = await Promise.all([
    readClaims(
      reader,
      ids,
      time,
      list.then(({ rules }) => [...rules, ...others]),
    ),
    list,
  ]);
  const now = new OwnershipRuleSet(held);
  const entered = { since: time.at, enteredBy: '', position: 0 };
  const then = new OwnershipRuleSet({ rules: others.map((rule) => ({ ...rule, ...entered })) });
  return new Map(
    [...found].map(([id, { subject, owners }]) => {
      const match = then.deciding(subject);
      const under = { now: owners(now.deciding(subject)), then: owners(match), number: match?.number ?? null };
      return [id, under] as const;
    }),
  );
}

/** What rules look at of an asset, and who answers for it by what one of them says. */
interface AssetClaims {
  readonly subject: RuleSubject;
  readonly owners: (rule: RuleMatch | undefined) => EffectiveOwners;
}

async function readClaims(
  reader: OwnershipParts,
  ids: readonly NodeId[],
  time: ReadTime,
  rulesOfThen: Promise<readonly OwnershipRule[]>,
): Promise<ReadonlyMap<NodeId, AssetClaims>> {
  if (ids.length === 0) return new Map();
  const fieldTags = rulesOfThen.then((rules) => {
    const tags = [...new Set(rules.flatMap(({ tag }) => tag ?? []))];
    const datasets = ids.filter((id) => kindOf(id) === 'DATASET');
    return tags.length === 0 || datasets.length === 0
      ? new Map<NodeId, readonly FactRow[]>()
      : reader.fieldTags(datasets, tags, time);
  });
  const [assets, aliases, facts, domains, products, rules, ofFields] = await Promise.all([
    reader.assets(ids, time.knownAt),
    reader.aliases(ids, time.knownAt),
    reader.facts(ids, ['OWNER', 'NOT_OWNER', 'CONFIRMED', 'DECLINED', 'TAG', 'DOMAIN', 'PRODUCT'], time),
    reader.definitionsOf('DOMAIN', time),
    reader.definitionsOf('DATA_PRODUCT', time),
    rulesOfThen,
    fieldTags,
  ]);
  const inherited = new InheritedOwners(domains, products);
  const domainsOf = ({ value, validFrom }: FactRow): RuleSubject['domains'] =>
    inherited.above(value as NodeId).map(({ row, since }) => ({ id: row.id, since: Math.max(since, validFrom) }));
  const subjectOf = (
    asset: AssetRow,
    of: readonly FactRow[],
    fields: readonly FactRow[],
    names: readonly AliasCatalogRow[],
  ): RuleSubject => {
    const tags = [...of.filter(({ kind }) => kind === 'TAG'), ...fields];
    const domain = of.find(({ kind }) => kind === 'DOMAIN');
    return {
      names: [asset, ...names.map(({ memberId }) => nameOf(memberId))],
      tags: tags.map(({ value, validFrom: since }) => ({ value, since })),
      domains: domain === undefined ? [] : domainsOf(domain),
    };
  };
  const named = [
    ...[...facts.values()].flat().flatMap(({ kind, value }) => (ABOUT_AGENTS.has(kind) ? [value as NodeId] : [])),
    ...[...domains, ...products].flatMap(({ body }) => body.owners.map(({ agent }) => agent)),
    ...rules.flatMap(({ owners }) => owners.map(({ agent }) => agent)),
  ];
  const names = await reader.agentNames([...new Set(named)], time.knownAt);
  const canonicalOf = new Map<NodeId, NodeId>();
  for (const [canonical, ...others] of names.values())
    if (canonical !== undefined) for (const other of others) canonicalOf.set(other, canonical);
  const same = (agent: NodeId): NodeId => canonicalOf.get(agent) ?? agent;
  return new Map(
    [...assets].map(([id, asset]) => {
      const of = facts.get(id) ?? [];
      return [
        id,
        {
          subject: subjectOf(asset, of, ofFields.get(id) ?? [], aliases.get(id) ?? []),
          owners: (rule) => effectiveOwners(of, rule, inherited.of(of), same),
        },
      ] as const;
    }),
  );
}

function nameOf(id: NodeId): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = ''] = parseNodeId(id)?.segments ?? [];
  return { namespace, name };
}
