import type { AgentStatement } from '@headwater/domain/governance/agents/agent-identity';
import { nodeKey, type NodeId } from '@headwater/domain/identifiers';
import type { AgentReader } from '@headwater/domain/reading/agent-reader';
import type { Micros } from '@headwater/domain/time';
import { AGENT_STATEMENT_COLUMNS } from './columns.js';
import { componentsOf } from './components.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const STATEMENTS: Statement = {
  name: 'catalog_agent_statements',
  sql: `
    SELECT ${AGENT_STATEMENT_COLUMNS} FROM @.agent_statement s
    WHERE (s.agent_key = ANY ($1::uuid[]) OR s.value_key = ANY ($1::uuid[]))
      AND s.recorded_from <= $2 AND (s.recorded_to IS NULL OR s.recorded_to > $2)
    ORDER BY s.position, s.row_id`,
};

/** Which ids are one agent, and what says so. */
export class PostgresAgentReader implements AgentReader {
  constructor(private readonly database: ProjectionDatabase) {}

  async agentNames(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, readonly NodeId[]>> {
    const components = await componentsOf(this.database, ids, knownAt);
    return new Map(
      ids.map((id, index) => {
        const [canonical = id, ...others] = components[index]?.members ?? [id];
        // PostgreSQL sorts by its own collation.
        return [id, [canonical, ...others.sort()]];
      }),
    );
  }

  async agentStatements(ids: readonly NodeId[], knownAt: Micros): Promise<readonly AgentStatement[]> {
    if (ids.length === 0) return [];
    return this.database.rows<AgentStatement>(STATEMENTS, [ids.map(nodeKey), knownAt]);
  }
}
