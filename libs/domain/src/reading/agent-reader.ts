import type { AgentStatement } from '../governance/agents/agent-identity.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';

/** Which ids are one agent, as known at a moment. */
export interface AgentReader {
  /** Every id of the agent that an id is of, the canonical one first, then in the order of code units; of an id that is alone only itself. */
  agentNames(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, readonly NodeId[]>>;
  /** What is stated of any of these ids, APART on either side, in the order of the log. */
  agentStatements(ids: readonly NodeId[], knownAt: Micros): Promise<readonly AgentStatement[]>;
}
