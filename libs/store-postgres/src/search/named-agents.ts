import { nodeKey, parseNodeId, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import type { ProjectionDatabase, Statement } from '../catalog/projection-database.js';
import { isNamed, type QueryTerm } from './query-terms.js';

/** As of terms of the glossary. */
const MOST_NAMED = 200;

// Of an agent with several ids documents know the canonical one.
const NAMES: Statement = {
  name: 'search_agents_and_products',
  sql: `
    SELECT coalesce(s.canonical_id, d.id) AS id, d.id AS named, d.body ->> 'name' AS name
    FROM @.definition d LEFT JOIN @.agent_alias s ON s.member_id = d.id
    WHERE d.kind IN ('AGENT', 'DATA_PRODUCT') AND d.recorded_to IS NULL AND d.valid_to IS NULL
    UNION ALL
    SELECT s.canonical_id, s.member_id, NULL FROM @.agent_alias s
    ORDER BY 1, 2`,
};

/**
 * Agents and data products of which the name that somebody entered, or an id, has all of these words: what they own, and
 * what is an output port of them, is found by that. Looked up with every search, so that naming one anew touches no document.
 */
export async function agentsAndProductsNamed(
  database: ProjectionDatabase,
  words: readonly QueryTerm[],
): Promise<readonly NodeKey[]> {
  const rows = await database.rows<{ id: NodeId; named: NodeId; name: string | null }>(NAMES, []);
  const found = rows.filter(({ named, name }) =>
    [name ?? '', parseNodeId(named)?.segments.at(-1) ?? ''].some((text) => isNamed(text, words)),
  );
  return [...new Set(found.map(({ id }) => id))].slice(0, MOST_NAMED).map(nodeKey);
}
