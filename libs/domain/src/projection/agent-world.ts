import type { AgentStatement } from '../governance/agents/agent-identity.js';
import type { NodeId, NodeKey } from '../identifiers.js';
import type { ProjectionSource } from './projection-source.js';

/** Statements about ids of agents that hold now, as far as a batch has needed them. */
export class AgentWorld {
  readonly #source: Pick<ProjectionSource, 'agentStatements'>;
  readonly #byKey = new Map<NodeKey, Map<string, AgentStatement>>();
  readonly #loaded = new Set<NodeKey>();
  readonly #closed = new Set<string>();

  constructor(source: Pick<ProjectionSource, 'agentStatements'>) {
    this.#source = source;
  }

  /** All that has to do with one of the keys, of agents or of values, directly or by what has to do with it. */
  async around(keys: readonly NodeKey[]): Promise<readonly AgentStatement[]> {
    for (;;) {
      const { reached, found } = this.#reach(keys);
      const missing = [...reached].filter((key) => !this.#loaded.has(key));
      if (missing.length === 0) return found;
      for (const row of await this.#source.agentStatements(missing)) {
        if (!this.#closed.has(row.rowId)) this.open(row);
        this.#loaded.add(row.agentKey).add(row.valueKey);
      }
      for (const key of missing) this.#loaded.add(key);
    }
  }

  open(row: AgentStatement): void {
    for (const key of [row.agentKey, row.valueKey]) {
      const rows = this.#byKey.get(key) ?? new Map<string, AgentStatement>();
      this.#byKey.set(key, rows.set(row.rowId, row));
    }
  }

  close(row: AgentStatement): void {
    this.#closed.add(row.rowId);
    for (const key of [row.agentKey, row.valueKey]) this.#byKey.get(key)?.delete(row.rowId);
  }

  #reach(keys: readonly NodeKey[]): { readonly reached: ReadonlySet<NodeKey>; readonly found: AgentStatement[] } {
    const reached = new Set(keys);
    const found = new Map<string, AgentStatement>();
    for (const key of reached)
      for (const row of this.#byKey.get(key)?.values() ?? []) {
        found.set(row.rowId, row);
        // A set gives what is added to it while it is gone through.
        reached.add(row.agentKey).add(row.valueKey);
      }
    return { reached, found: [...found.values()] };
  }
}

/** Ids of agents that an id was found to name before; what only tells what is known already costs no reading. */
export type KnownAgents = Set<NodeId>;
