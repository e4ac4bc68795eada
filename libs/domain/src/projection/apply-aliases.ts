import type { NodeId } from '../identifiers.js';
import { hash128 } from '../identifiers.js';
import type { AliasStatement } from './changes.js';
import type { Batch, CurrentEvent } from './batch.js';
import { keyOf } from './batch.js';
import { compareText } from './stamp.js';

/** Rule 25: symlinks are undirected statements; a component is one node under its smallest member's id. */
export async function applyAliases(batch: Batch, current: CurrentEvent): Promise<void> {
  const { statements } = current;
  const said: AliasStatement[] = [
    ...statements.symlinks
      .map(({ a, b }) => (compareText(a, b) < 0 ? { a, b } : { a: b, b: a }))
      .map((pair) => ({ ...pair, cause: 'SYMLINK' as const })),
    ...statements.aliases.map(({ member, canonical }) => ({ a: member, b: canonical, cause: 'RULE' as const })),
  ];
  const fresh = said.filter((statement) => !batch.aliases.has(aliasKey(statement)));
  if (fresh.length === 0) return;
  const ids = [...new Set(fresh.flatMap(({ a, b }) => [a, b]))];
  const stored = await batch.source.aliasStatements(ids);
  const ours = batch.out.aliasStatements;
  const known = new Set([...stored, ...ours].map(aliasKey));
  const added = fresh.filter((statement) => !known.has(aliasKey(statement)));
  for (const statement of said) batch.aliases.add(aliasKey(statement));
  if (added.length === 0) return;
  batch.out.aliasStatements.push(...added);
  // Components of this batch's own statements may join stored ones that none of `ids` lies in.
  const reachable = await batch.source.aliasStatements([...new Set([...ids, ...ours.flatMap(({ a, b }) => [a, b])])]);
  const components = componentsOf([...stored, ...reachable, ...ours], ids);
  await write(batch, current, components);
}

export function aliasKey({ a, b, cause }: AliasStatement): string {
  return `${cause}|${a}|${b}`;
}

/** Canonical id of every other member. Names that a rule maps are never canonical. */
export function componentsOf(
  statements: readonly AliasStatement[],
  ids: readonly NodeId[],
): ReadonlyMap<NodeId, { canonical: NodeId; cause: AliasStatement['cause'] }> {
  const neighbors = new Map<NodeId, Set<NodeId>>();
  const mapped = new Set<NodeId>();
  const link = (from: NodeId, to: NodeId): void => {
    const set = neighbors.get(from) ?? new Set<NodeId>();
    set.add(to);
    neighbors.set(from, set);
  };
  for (const { a, b, cause } of statements) {
    link(a, b);
    link(b, a);
    if (cause === 'RULE') mapped.add(a);
  }
  const canonicalOf = new Map<NodeId, { canonical: NodeId; cause: AliasStatement['cause'] }>();
  const seen = new Set<NodeId>();
  for (const start of ids) {
    if (seen.has(start)) continue;
    const members: NodeId[] = [];
    const queue = [start];
    seen.add(start);
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      members.push(id);
      for (const next of neighbors.get(id) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    const candidates = members.filter((member) => !mapped.has(member)).sort(compareText);
    const canonical = candidates[0] ?? members.sort(compareText)[0];
    if (canonical === undefined) continue;
    for (const member of members) {
      if (member !== canonical) canonicalOf.set(member, { canonical, cause: mapped.has(member) ? 'RULE' : 'SYMLINK' });
    }
    if (members.length > 1) canonicalOf.delete(canonical);
  }
  return canonicalOf;
}

async function write(
  batch: Batch,
  current: CurrentEvent,
  desired: ReadonlyMap<NodeId, { readonly canonical: NodeId; readonly cause: AliasStatement['cause'] }>,
): Promise<void> {
  const members = new Set([...desired].flatMap(([member, { canonical }]) => [member, canonical]));
  const stored = await batch.source.openAliases([...members]);
  const closed = new Set(batch.out.closedAliases.map((closing) => closing.rowId));
  const open = [...stored, ...batch.out.openedAliases].filter(
    (row) => !closed.has(row.rowId) && members.has(row.memberId),
  );
  const held = new Map(open.map((row) => [row.memberId, row]));
  for (const row of held.values()) {
    const wanted = desired.get(row.memberId);
    if (wanted?.canonical === row.canonicalId && wanted.cause === row.cause) continue;
    batch.out.closedAliases.push({ rowId: row.rowId, recordedTo: current.recordedAt });
    current.graph.push({
      op: 'closeAlias',
      row: { rowId: row.rowId, member: row.memberId, canonical: row.canonicalId },
      recordedTo: current.recordedAt,
    });
  }
  for (const [member, { canonical, cause }] of desired) {
    if (held.get(member)?.canonicalId === canonical && held.get(member)?.cause === cause) continue;
    const rowId = hash128(`ALIAS|${member}|${canonical}|${cause}|${String(current.position)}`);
    batch.out.openedAliases.push({
      rowId,
      memberKey: keyOf(member),
      memberId: member,
      canonicalKey: keyOf(canonical),
      canonicalId: canonical,
      cause,
      recordedFrom: current.recordedAt,
      recordedTo: null,
    });
    current.graph.push({
      op: 'openAlias',
      row: { rowId, member, canonical, recordedFrom: current.recordedAt, recordedTo: null },
    });
    current.touched.add(keyOf(member)).add(keyOf(canonical));
  }
}
