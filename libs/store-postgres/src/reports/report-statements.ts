const FILES = `coalesce((
    SELECT json_agg(json_build_object('name', f.name, 'format', f.format, 'mediaType', f.media_type, 'bytes', f.bytes,
      'sha256', f.sha256) ORDER BY f.n)
    FROM report_file f WHERE f.report_id = r.id AND r.state = 'DONE'), '[]') AS files`;

const COLUMNS = `r.id, r.subject, r.formats, r.request, r.actor, r.actor_name AS "actorName", r.standing,
  r.requested_at AS "requestedAt", r.known_at AS "knownAt", r.state, r.progress, r.failure, r.digest,
  r.ended_at AS "endedAt", r.expires_at AS "expiresAt", ${FILES}`;

// What is told as of its request is told as of the moment at which the log has that: everything before is in the log by then.
/** $1 id, $2 subject, $3 formats, $4 actor, $5 their name, $6 standing, $7 when, $8 knownAt or null, $9 the position of its line of audit, $10 the digest of the request. */
export const CREATE = `
  INSERT INTO report (id, subject, formats, request, actor, actor_name, standing, requested_at, known_at, position, state, progress,
    leased_until, attempts)
  SELECT $1, $2::json, $3, $10, $4, $5, $6::jsonb, $7::bigint, least($8::bigint, line.at),
    coalesce((SELECT e.position FROM event_log e WHERE e.position < $9 AND e.kind <> 'ACCESS' ORDER BY e.position DESC LIMIT 1), 0),
    'WAITING', 0, 0, 0
  FROM (SELECT (extract(epoch FROM l.recorded_at) * 1000000)::bigint - 1 AS at FROM event_log l WHERE l.position = $9) line`;

export const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('report ' || $1, 0))`;

export const REPORT = `SELECT ${COLUMNS} FROM report r WHERE r.id = $1`;

export const REPORTS = `
  SELECT ${COLUMNS} FROM report r
  WHERE (r.requested_at < $1 OR r.requested_at = $1 AND r.id COLLATE "C" < $2) AND ($3::text IS NULL OR r.actor = $3)
  ORDER BY r.requested_at DESC, r.id COLLATE "C" DESC LIMIT $4`;

/** $1 holder, $2 now, $3 until. */
export const CLAIM = `
  UPDATE report r SET state = 'RUNNING', holder = $1, leased_until = $3, attempts = r.attempts + 1
  WHERE r.id = (
    SELECT o.id FROM report o WHERE o.state IN ('WAITING', 'RUNNING') AND o.leased_until <= $2
    ORDER BY o.requested_at, o.id COLLATE "C" LIMIT 1 FOR UPDATE SKIP LOCKED
  )
  RETURNING ${COLUMNS}, r.position, r.attempts, r.work`;

export const HOLD = `UPDATE report SET leased_until = $3 WHERE id = $1 AND holder = $2`;

export const RELEASE = `UPDATE report SET holder = NULL, state = 'WAITING', leased_until = $3 WHERE id = $1 AND holder = $2`;

/** Whoever holds it keeps others from writing until the commit. */
export const HELD = `SELECT FROM report WHERE id = $1 AND holder = $2 FOR UPDATE`;

export const FORGET_ROWS = `DELETE FROM report_row WHERE report_id = $1`;
export const FORGET_FILES = `DELETE FROM report_file WHERE report_id = $1`;
export const FORGET_CHUNKS = `DELETE FROM report_chunk WHERE report_id = $1 AND ($2::int IS NULL OR file = $2)`;

export const RESTART = `UPDATE report SET work = NULL, progress = 0 WHERE id = $1`;

/** $1 id, $2 rows as JSON, $3 the number of the first. */
export const ADD_ROWS = `
  INSERT INTO report_row (report_id, section, sort, n, cells)
  SELECT $1, (row.body ->> 'section')::int, decode(row.body ->> 'sort', 'hex'), $3::bigint + row.number - 1, row.body -> 'cells'
  FROM json_array_elements($2::json) WITH ORDINALITY AS row(body, number)`;

export const WORK = `UPDATE report SET work = $2::json, progress = $3, attempts = 0 WHERE id = $1`;

/** $1 id, $2 section, $3 and $4 the place behind which to go on, $5 how many. */
export const ROWS = `
  SELECT encode(sort, 'hex') AS sort, n, cells FROM report_row
  WHERE report_id = $1 AND section = $2 AND (sort, n) > (decode($3, 'hex'), $4::bigint) ORDER BY sort, n LIMIT $5`;

export const ADD_CHUNK = `INSERT INTO report_chunk (report_id, file, n, bytes) VALUES ($1, $2, $3, $4)`;

/** $1 id, $2 files as JSON. */
export const ADD_FILES = `
  INSERT INTO report_file (report_id, n, name, format, media_type, bytes, sha256)
  SELECT $1, file.number - 1, file.body ->> 'name', file.body ->> 'format', file.body ->> 'mediaType',
    (file.body ->> 'bytes')::bigint, file.body ->> 'sha256'
  FROM json_array_elements($2::json) WITH ORDINALITY AS file(body, number)`;

export const FINISH = `
  UPDATE report SET state = 'DONE', progress = 1, digest = $2, ended_at = $3, expires_at = $4, holder = NULL, work = NULL
  WHERE id = $1`;

export const FAIL = `
  UPDATE report SET state = 'FAILED', failure = $3, ended_at = $4, expires_at = $5, holder = NULL
  WHERE id = $1 AND holder = $2`;

export const RETRY = `
  UPDATE report SET state = 'WAITING', failure = NULL, ended_at = NULL, expires_at = NULL, leased_until = 0, attempts = 0
  WHERE id = $1 AND state = 'FAILED' RETURNING id`;

export const CHUNK = `
  SELECT c.bytes FROM report_chunk c JOIN report r ON r.id = c.report_id AND r.state = 'DONE'
  WHERE c.report_id = $1 AND c.file = $2 AND c.n = $3`;

export const REMOVE = `DELETE FROM report WHERE id = $1 RETURNING id`;

/** Rows and bytes whose report is gone go with the next sweep, too. */
export const SWEEP = `DELETE FROM report WHERE expires_at <= $1`;
export const SWEEP_PARTS = ['report_row', 'report_file', 'report_chunk'].map(
  (table) => `DELETE FROM ${table} p WHERE NOT EXISTS (SELECT FROM report r WHERE r.id = p.report_id)`,
);
