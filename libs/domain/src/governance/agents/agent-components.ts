import type { NodeId } from '../../identifiers.js';
import { compareText } from '../../projection/stamp.js';
import { certainSortOf, valueKeyOf, type AgentBasis, type AgentIdentity, type AgentSort } from './agent-identity.js';
import { pairOf, type AgentPair } from './agents-edit.js';

/** What a person says counts before subjects, and these before addresses, which people share and hand on. */
const ORDER: readonly AgentBasis[] = ['EDIT', 'SUBJECT', 'E_MAIL'];

/**
 * Which ids are one agent: of every id in the statements the canonical one, the smallest of those that are one. Depends on the set of the
 * statements, not on their order. No two that are stated to be APART are one, whatever else would join them, nor two of which the
 * ids tell that one is a person, a team or a service and the other is not.
 */
export function agentComponents(statements: readonly AgentIdentity[]): ReadonlyMap<NodeId, NodeId> {
  const groups = new Components(statements);
  for (const basis of ORDER) {
    for (const members of meetingBy(basis, statements)) {
      const joined: NodeId[] = [];
      for (const member of members) {
        const other = joined.find((one) => groups.mayJoin(one, member));
        if (other === undefined) joined.push(member);
        else groups.join(other, member);
      }
    }
  }
  return groups.canonical();
}

/**
 * Pairs that keep `ids` one, in the place of what joins them by way of `without` alone; none where they are one without it. All of
 * `statements` about them are needed.
 */
export function pairsWithout(
  without: NodeId,
  ids: readonly NodeId[],
  statements: readonly AgentIdentity[],
): readonly AgentPair[] {
  const left = agentComponents(statements.filter(({ agentId, value }) => agentId !== without && value !== without));
  const [first, ...others] = [...new Set(ids.map((id) => left.get(id) ?? id))].sort(compareText);
  return first === undefined ? [] : others.map((other) => pairOf(first, other));
}

/** Lists of agents that one statement of each joins, sorted. */
function meetingBy(basis: AgentBasis, statements: readonly AgentIdentity[]): readonly (readonly NodeId[])[] {
  const lists = new Map<string, Set<NodeId>>();
  for (const statement of statements) {
    if (statement.basis !== basis) continue;
    const { agentId, value } = statement;
    const key = basis === 'EDIT' ? `${agentId} ${value}` : valueKeyOf(statement);
    const list = lists.get(key) ?? new Set();
    lists.set(key, list.add(agentId));
    if (basis === 'EDIT') list.add(value as NodeId);
  }
  return [...lists.values()]
    .map((members) => [...members].sort(compareText))
    .sort((a, b) => compareText(a.join(' '), b.join(' ')));
}

/** Ids that are one so far, and of each whom none of them may be. */
class Components {
  readonly #members = new Map<NodeId, Set<NodeId>>();
  readonly #apart = new Map<NodeId, Set<NodeId>>();
  readonly #sorts = new Map<Set<NodeId>, AgentSort | null>();

  constructor(statements: readonly AgentIdentity[]) {
    for (const { agentId, basis, value } of statements) {
      this.#add(agentId);
      if (basis !== 'EDIT' && basis !== 'APART') continue;
      const other = value as NodeId;
      this.#add(other);
      if (basis === 'EDIT') continue;
      this.#apart.get(agentId)?.add(other);
      this.#apart.get(other)?.add(agentId);
    }
  }

  mayJoin(a: NodeId, b: NodeId): boolean {
    const [ofA, ofB] = [this.#members.get(a) ?? new Set<NodeId>(), this.#members.get(b) ?? new Set<NodeId>()];
    if (ofA === ofB) return true;
    const [sortA, sortB] = [this.#sorts.get(ofA) ?? null, this.#sorts.get(ofB) ?? null];
    if (sortA !== null && sortB !== null && sortA !== sortB) return false;
    const [small, large] = ofA.size < ofB.size ? [ofA, ofB] : [ofB, ofA];
    for (const member of small) for (const other of this.#apart.get(member) ?? []) if (large.has(other)) return false;
    return true;
  }

  join(a: NodeId, b: NodeId): void {
    const [ofA, ofB] = [this.#members.get(a), this.#members.get(b)];
    if (ofA === undefined || ofB === undefined || ofA === ofB) return;
    const [small, large] = ofA.size < ofB.size ? [ofA, ofB] : [ofB, ofA];
    this.#sorts.set(large, this.#sorts.get(large) ?? this.#sorts.get(small) ?? null);
    for (const member of small) {
      large.add(member);
      this.#members.set(member, large);
    }
  }

  canonical(): ReadonlyMap<NodeId, NodeId> {
    const found = new Map<NodeId, NodeId>();
    for (const [id, members] of this.#members) {
      if (found.has(id)) continue;
      const smallest = [...members].sort(compareText)[0] ?? id;
      for (const member of members) found.set(member, smallest);
    }
    return found;
  }

  #add(id: NodeId): void {
    if (this.#members.has(id)) return;
    const alone = new Set([id]);
    this.#members.set(id, alone);
    this.#sorts.set(alone, certainSortOf(id));
    this.#apart.set(id, new Set());
  }
}
