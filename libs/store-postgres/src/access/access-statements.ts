/** Columns under the names that the domain has for them. */
export const TOKEN_COLUMNS = `id, name, owner, scopes, writes, reads, created_at AS "createdAt", created_by AS "createdBy",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

export const BINDING_COLUMNS = `id, subject, role, namespaces, domain_id AS "domain", created_at AS "createdAt",
  created_by AS "createdBy"`;

const SESSION_COLUMNS = `hash, principal AS "user", created_at AS "createdAt", seen_at AS "seenAt", expires_at AS "expiresAt"`;

// Refused requests with a token that expired or was revoked lately are told why; older ones are as good as unknown.
export const STATE_TOKENS = `SELECT ${TOKEN_COLUMNS}, hash FROM access_token
  WHERE (revoked_at IS NULL OR revoked_at > $1) AND (expires_at IS NULL OR expires_at > $1)`;

export const STATE_BINDINGS = `SELECT ${BINDING_COLUMNS} FROM role_binding`;

export const ADD_TOKEN = `INSERT INTO access_token
  (id, hash, name, owner, scopes, writes, reads, created_at, created_by, expires_at, revoked_at, last_used_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, NULL)`;

// What expires sooner stays so.
export const EXPIRE_TOKEN = `UPDATE access_token SET expires_at = least(coalesce(expires_at, $2), $2)
  WHERE id = $1 AND revoked_at IS NULL`;

export const REVOKE_TOKEN = 'UPDATE access_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL';

export const ADD_BINDING = `INSERT INTO role_binding (id, subject, role, namespaces, domain_id, created_at, created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

export const REMOVE_BINDING = 'DELETE FROM role_binding WHERE id = $1';

export const ADD_SESSION = `INSERT INTO session (hash, principal, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5)`;

export const REMOVE_SESSIONS = 'DELETE FROM session WHERE hash = ANY ($1::text[])';

export const USE_LINK = `DELETE FROM sign_in_link WHERE hash = $1 AND expires_at > $2`;

export const ADD_EVENT = `INSERT INTO access_event (position, id, at, type, actor, address, detail)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`;

export const READ_SESSION = `SELECT ${SESSION_COLUMNS} FROM session WHERE hash = $1`;

export const SESSIONS_OF = `SELECT hash FROM session WHERE principal ->> 'id' = $1`;

export const TOUCH_SESSIONS = `UPDATE session s SET seen_at = greatest(s.seen_at, u.at)
  FROM unnest($1::text[], $2::bigint[]) AS u(hash, at) WHERE s.hash = u.hash`;

export const TOUCH_TOKENS = `UPDATE access_token t SET last_used_at = greatest(coalesce(t.last_used_at, 0), u.at)
  FROM unnest($1::text[], $2::bigint[]) AS u(id, at) WHERE t.id = u.id`;

export const ANSWER_ONCE = `INSERT INTO access_answer (actor, key, request, answer, at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING`;

export const READ_ANSWER = 'SELECT actor, key, request, answer, at FROM access_answer WHERE actor = $1 AND key = $2';

export const SWEEP_ANSWERS = 'DELETE FROM access_answer WHERE at < $1';

export const ADD_LINK = 'INSERT INTO sign_in_link (hash, expires_at) VALUES ($1, $2)';

export const SWEEP_SESSIONS = 'DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2';
export const SWEEP_LINKS = 'DELETE FROM sign_in_link WHERE expires_at <= $1';

export const LIST_TOKENS = `SELECT ${TOKEN_COLUMNS} FROM access_token
  WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT $3`;

export const LIST_BINDINGS = `SELECT ${BINDING_COLUMNS} FROM role_binding
  WHERE (created_at, id) < ($1, $2::uuid) ORDER BY created_at DESC, id DESC LIMIT $3`;

export const LIST_EVENTS = `SELECT position, id, at, actor, address, detail FROM access_event
  WHERE position < $1 AND ($2::text[] IS NULL OR type = ANY ($2::text[])) AND ($3::text IS NULL OR actor = $3)
    AND ($4::text IS NULL OR address = $4) AND ($5::bigint IS NULL OR at >= $5) AND ($6::bigint IS NULL OR at < $6)
    AND ($8::bigint IS NULL OR position <= $8)
  ORDER BY position DESC LIMIT $7`;

// The server's strong random numbers, hashed: a UUID of version 4 has six fixed bits.
const NEW_SECRET = `INSERT INTO installation_secret AS s (name, value, created_at)
  VALUES ($1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), $2)`;

export const MAKE_SECRET = `${NEW_SECRET} ON CONFLICT DO NOTHING`;

export const ROTATE_SECRET = `${NEW_SECRET} ON CONFLICT (name) DO UPDATE
  SET previous = s.value, previous_until = $3, value = excluded.value, created_at = excluded.created_at`;

export const READ_SECRET = `SELECT value, CASE WHEN previous_until > $2 THEN previous END AS previous
  FROM installation_secret WHERE name = $1`;

export const SWEEP_SECRETS = `UPDATE installation_secret SET previous = NULL, previous_until = NULL
  WHERE previous_until <= $1`;
