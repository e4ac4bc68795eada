import { isDataProductRow, isDomainRow, withParts, type DefinitionRow } from '@headwater/domain/governance/definition';
import { STRENGTH } from '@headwater/domain/governance/effective-owners';
import { InheritedOwners } from '@headwater/domain/governance/inherited-owners';
import type { HeldOwnershipRule } from '@headwater/domain/governance/ownership-rules';
import type pg from 'pg';
import { DEFINITION_COLUMNS } from '../catalog/columns.js';
import { likePattern } from '../catalog/namespace-sql.js';
import { writeRows, type TableWrite } from '../projection/row-writer.js';

const TABLE: TableWrite = {
  table: 'ownership_rule',
  columns: {
    number: 'int',
    namespaces: 'text',
    names: 'text',
    paths: 'text',
    tag: 'text',
    domain_ids: 'text[]',
    any_domain: 'boolean',
    owners: 'json',
  },
};

const INHERITED: TableWrite = {
  table: 'inherited_owner',
  columns: { number: 'int', place: 'text', distance: 'int', agent: 'text', role: 'text' },
};

/**
 * Writes the ownership rules and the owners of domains and data products as search goes by them, behind the definitions of
 * the same transaction. Returns whether they are other than before, so that documents may have to change.
 */
export async function writeOwnershipRules(client: pg.PoolClient, schema: string): Promise<boolean> {
  const { rows } = await client.query<DefinitionRow>(
    `SELECT ${DEFINITION_COLUMNS} FROM ${schema}.definition d WHERE d.recorded_to IS NULL AND d.valid_to IS NULL`,
  );
  const before = await digest(client, schema);
  await client.query(`DELETE FROM ${schema}.ownership_rule`);
  await client.query(`DELETE FROM ${schema}.inherited_owner`);
  await writeRows(client, schema, TABLE, rowsOf(rows));
  await writeRows(client, schema, INHERITED, inheritedOf(rows));
  return (await digest(client, schema)) !== before;
}

function inheritedOf(definitions: readonly DefinitionRow[]): readonly object[] {
  const [domains, products] = [definitions.filter(isDomainRow), definitions.filter(isDataProductRow)];
  const inherited = new InheritedOwners(domains, products);
  const places = [...domains, ...products].map(({ id }) => id).sort();
  const owners = places.flatMap((place) =>
    inherited.ownersIn(place).map(({ distance, owner: { agent, role } }) => ({ place, distance, agent, role })),
  );
  return owners.map((owner, number) => ({ number, ...owner }));
}

function rowsOf(definitions: readonly DefinitionRow[]): readonly object[] {
  const list = definitions.find((row) => row.kind === 'OWNERSHIP_RULES');
  const domains = definitions.filter(isDomainRow);
  const pattern = (glob: string | null): string | null => (glob === null ? null : likePattern(glob.normalize('NFC')));
  return (list?.body.rules ?? []).map(({ namespace, name, path, tag, domain, owners }: HeldOwnershipRule, index) => ({
    number: index + 1,
    namespaces: pattern(namespace),
    names: pattern(name),
    paths: pattern(path),
    tag,
    domainIds: domain === null ? [] : withParts([domain], domains),
    anyDomain: domain === null,
    owners,
  }));
}

async function digest(client: pg.PoolClient, schema: string): Promise<string | null> {
  const { rows } = await client.query<{ digest: string | null }>(
    `SELECT md5(concat(
      (SELECT string_agg(r::text, E'\\n' ORDER BY r.number) FROM ${schema}.ownership_rule r), E'\\n',
      (SELECT string_agg(i::text, E'\\n' ORDER BY i.number) FROM ${schema}.inherited_owner i)
    )) AS digest`,
  );
  return rows[0]?.digest ?? null;
}

/**
 * SQL of who answers for an asset, as `effectiveOwners` has it: of each role those that the strongest source names.
 * Expressions give the keys of all its names, the domain that it is in, and its tags with those of its fields.
 */
export function effectiveOwnersSql(memberKeys: string, domainId: string, tags: string): string {
  const holds = (row: string): string =>
    `${row}.node_key = ANY (${memberKeys}) AND ${row}.valid_to IS NULL AND ${row}.recorded_to IS NULL`;
  const same = (agent: string): string =>
    `coalesce((SELECT s.canonical_id FROM @.agent_alias s WHERE s.member_id = ${agent}), ${agent})`;
  const isTaken = (agent: string, role: string): string => `EXISTS (
          SELECT FROM @.fact p
          WHERE p.node_key = ANY (${memberKeys}) AND p.kind = 'NOT_OWNER' AND p.valid_to IS NULL
            AND p.recorded_to IS NULL AND ${same('p.value')} = ${same(agent)} AND (p.detail IS NULL OR p.detail = ${role})
        )`;
  const isNamed = (column: string, patterns: string): string =>
    `(r.${patterns} IS NULL OR ${column} LIKE r.${patterns})`;
  return `
    SELECT array_agg(DISTINCT e.agent ORDER BY e.agent) AS owner_ids FROM (
      SELECT c.agent, c.strength, min(c.strength) OVER (PARTITION BY c.role) AS strongest FROM (
        SELECT ${same('p.value')} AS agent, coalesce(p.detail, 'OWNER') AS role,
          CASE p.source WHEN 'EDIT' THEN ${String(STRENGTH.EDIT)} ELSE ${String(STRENGTH.FACET)} END AS strength
        FROM @.fact p
        WHERE p.node_key = ANY (${memberKeys}) AND p.kind = 'OWNER' AND p.valid_to IS NULL AND p.recorded_to IS NULL
        UNION ALL
        SELECT ${same(`o.value ->> 'agent'`)}, o.value ->> 'role', ${String(STRENGTH.RULE)}
        FROM (
          SELECT r.owners FROM (
            SELECT normalize(n.namespace, NFC) AS namespace, normalize(n.name, NFC) AS name
            FROM @.asset n WHERE n.key = ANY (${memberKeys}) OFFSET 0
          ) n JOIN @.ownership_rule r ON (r.any_domain OR ${domainId} = ANY (r.domain_ids))
            AND ${isNamed('n.namespace', 'namespaces')} AND ${isNamed('n.name', 'names')}
            AND ${isNamed(`n.namespace || '/' || n.name`, 'paths')}
            AND (r.tag IS NULL OR EXISTS (
              SELECT FROM unnest(${tags}) AS t(tag) WHERE t.tag = r.tag OR starts_with(t.tag, r.tag || '=')
            ))
          ORDER BY r.number DESC LIMIT 1
        ) r, json_array_elements(r.owners) AS o(value)
        WHERE NOT ${isTaken(`o.value ->> 'agent'`, `o.value ->> 'role'`)}
        UNION ALL
        SELECT ${same('i.agent')}, i.role, ${String(STRENGTH.DATA_PRODUCT)} + i.distance
        FROM (
          SELECT ${domainId} AS place
          UNION SELECT p.value FROM @.fact p
          WHERE p.node_key = ANY (${memberKeys}) AND p.kind = 'PRODUCT' AND p.valid_to IS NULL AND p.recorded_to IS NULL
        ) s JOIN @.inherited_owner i ON i.place = s.place
        WHERE NOT ${isTaken('i.agent', 'i.role')}
      ) c
      WHERE NOT EXISTS (
        SELECT FROM @.fact d
        WHERE ${holds('d')} AND d.kind = 'DECLINED' AND ${same('d.value')} = c.agent AND split_part(d.detail, E'\\n', 1) = c.role
          AND NOT EXISTS (
            SELECT FROM @.fact l
            WHERE ${holds('l')} AND ${same('l.value')} = c.agent AND l.position > d.position
              AND (l.kind = 'CONFIRMED' AND l.detail = c.role
                OR l.kind = 'OWNER' AND l.source = 'EDIT' AND coalesce(l.detail, 'OWNER') = c.role)
          )
      )
    ) e WHERE e.strength = e.strongest`;
}
