import type { Statement } from './projection-database.js';

/** `bound`: the last moment that counts in effective time; `known`: the last position that does. */
const ASKED = `unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::bigint[], $8::bigint[],
      $9::bigint[], $10::bigint[])
      AS u(n, edge_key, job_key, producer, side, declarer_key, since, until, bound, known)`;

const NAMES_EDGE = `c.edge_key = u.edge_key AND (u.job_key IS NULL OR c.job_key = u.job_key)`;

const SIGHTS_EDGE = `x.job_key = c.job_key AND x.contribution = c.contribution
          AND (u.producer IS NULL OR x.producer = u.producer)
          AND EXISTS (SELECT FROM @.event_reference k WHERE k.subject_key = x.run_key AND k.position <= u.known)`;

/** A sighting is written down with the last event of its run, which was under way before. */
const UNDER_WAY = `${SIGHTS_EDGE} AND x.at > u.bound AND x."window" = ''
          AND EXISTS (SELECT FROM @.run m WHERE m.key = x.run_key AND m.first_at <= u.bound)`;

/** Runs that began before the moment and ended behind it are looked for among so many that ended next. */
const ENDED_NEXT = 100;

/**
 * For each assertion its latest sighting and how many completed cycles of the job came behind it that spoke of the side.
 * A cycle is the runs under one parent run. Counting ends at 1,000 runs: an edge that lapsed long ago needs no more.
 */
export const SIGHTINGS: Statement = {
  name: 'catalog_sightings',
  sql: `
    WITH asked AS MATERIALIZED (SELECT * FROM ${ASKED}),
    latest AS (
      SELECT DISTINCT ON (u.n) u.n, s.at, s.run_key, u.side, s.job_key, u.bound, u.known
      FROM asked u JOIN @.contribution_edge c ON ${NAMES_EDGE}
      CROSS JOIN LATERAL (
        (SELECT x.at, x.run_key, x.job_key FROM @.sighting x
          WHERE ${SIGHTS_EDGE} AND x.at <= u.bound
          ORDER BY x.at DESC LIMIT 1)
        UNION ALL
        (SELECT m.first_at, m.key, m.job_key FROM (
          SELECT x.run_key FROM @.sighting x WHERE ${UNDER_WAY} ORDER BY x.at LIMIT ${ENDED_NEXT}
        ) x JOIN @.run m ON m.key = x.run_key)
      ) s
      ORDER BY u.n, s.at DESC, s.run_key
    )
    SELECT l.n, l.at, r.id AS "runId", CASE WHEN l.side IS NULL THEN 0 ELSE (
      SELECT count(DISTINCT later.cycle) FROM (
        SELECT coalesce(m.parent_key, m.key) AS cycle FROM @.run m
        WHERE m.job_key = l.job_key AND m.first_at > l.at AND m.first_at <= l.bound AND m.state = 'COMPLETED'
          AND (m.parent_key IS NULL OR m.parent_key IS DISTINCT FROM r.parent_key)
          AND EXISTS (SELECT FROM @.mention x WHERE x.subject_key = m.key AND x.side = l.side)
          AND EXISTS (SELECT FROM @.event_reference k
            WHERE k.subject_key = m.key AND k.position <= l.known AND k.effective_at >= m.ended_at)
        LIMIT 1000
      ) later
    ) END AS missed
    FROM latest l LEFT JOIN @.run r ON r.key = l.run_key`,
};

/**
 * The events of the runs that showed the edge, latest sighting first; where there are none, what the job or dataset
 * declared while the assertion holds. $11 to $13 the place behind which to go on, $14 the limit.
 */
export const PROOFS: Statement = {
  name: 'catalog_proofs',
  sql: `
    WITH asked AS MATERIALIZED (SELECT * FROM ${ASKED}),
    seen AS (
      SELECT g.n, near.at, near.run_key AS subject, near.latest, g.known
      FROM (SELECT DISTINCT n, known FROM asked) g
      CROSS JOIN LATERAL (
        SELECT DISTINCT s.at, s.run_key, s.latest FROM asked u JOIN @.contribution_edge c ON ${NAMES_EDGE}
        CROSS JOIN LATERAL (
          (SELECT x.at, x.run_key, CASE x."window" WHEN '' THEN NULL ELSE u.bound END AS latest FROM @.sighting x
            WHERE ${SIGHTS_EDGE} AND x.at <= u.bound AND (x.at, x.run_key) <= ($11::bigint, $12::uuid)
            ORDER BY x.at DESC, x.run_key DESC LIMIT $14 + 1)
          UNION ALL
          (SELECT x.at, x.run_key, NULL FROM @.sighting x
            WHERE ${UNDER_WAY} AND (x.at, x.run_key) <= ($11::bigint, $12::uuid)
            ORDER BY x.at LIMIT ${ENDED_NEXT})
        ) s
        WHERE u.n = g.n ORDER BY s.at DESC, s.run_key DESC LIMIT $14 + 1
      ) near
    ),
    declared AS (
      SELECT u.n, x.effective_at AS at, x.subject_key AS subject, x.position
      FROM asked u JOIN @.event_reference x ON x.subject_key = u.declarer_key
        AND x.effective_at >= u.since AND x.effective_at < u.until AND x.effective_at <= u.bound AND x.position <= u.known
      WHERE NOT EXISTS (
        SELECT FROM @.contribution_edge c WHERE ${NAMES_EDGE}
          AND EXISTS (SELECT FROM @.sighting x WHERE ${SIGHTS_EDGE} AND x.at <= u.bound)
      )
    ),
    proof AS (
      SELECT s.n, s.at, s.subject, x.position FROM seen s JOIN @.event_reference x ON x.subject_key = s.subject
        AND x.position <= s.known AND (s.latest IS NULL OR x.effective_at <= s.latest)
      UNION
      SELECT n, at, subject, position FROM declared
    ),
    numbered AS (
      SELECT p.*, row_number() OVER (PARTITION BY p.n ORDER BY p.at DESC, p.subject DESC, p.position DESC) AS place
      FROM proof p WHERE (p.at, p.subject, p.position) < ($11::bigint, $12::uuid, $13::bigint)
    )
    SELECT p.n, p.at, encode(uuid_send(p.subject), 'hex') AS subject, e.position, e.kind,
      e.received_at AS "receivedAt", e.recorded_at AS "recordedAt",
      (SELECT min(x.effective_at) FROM @.event_reference x WHERE x.position = e.position) AS "effectiveAt"
    FROM numbered p JOIN LATERAL (SELECT * FROM event_log l WHERE l.position = p.position LIMIT 1) e ON true
    WHERE p.place <= $14 ORDER BY p.n, p.place`,
};
