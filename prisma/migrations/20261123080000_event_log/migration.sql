-- Typo-tolerant search; both extensions are trusted, so the owner of a database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Partitioned by hand: Prisma knows no partitions and sees an ordinary table here.
CREATE TABLE "event_log" (
    "position" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "digest" BYTEA NOT NULL,
    "body" BYTEA NOT NULL,
    "part_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "event_log_pkey" PRIMARY KEY ("position","received_at"),
    CONSTRAINT "event_log_kind_check" CHECK ("kind" ~ '^[A-Z][A-Z_]{0,31}$'),
    CONSTRAINT "event_log_digest_check" CHECK (octet_length("digest") = 32)
) PARTITION BY RANGE ("received_at");

-- LZ4 is many times faster than the default; a server built without it keeps the default.
DO $compression$ BEGIN
  ALTER TABLE "event_log" ALTER COLUMN "body" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
  NULL;
END $compression$;

CREATE TABLE "event_part" (
    "position" BIGINT NOT NULL,
    "part" INTEGER NOT NULL,
    "body_offset" INTEGER NOT NULL,
    "placeholder_length" INTEGER NOT NULL,
    "key_id" UUID NOT NULL,
    "ciphertext" BYTEA NOT NULL,

    CONSTRAINT "event_part_pkey" PRIMARY KEY ("position","part")
);

CREATE INDEX "event_part_key_id_idx" ON "event_part"("key_id");

CREATE TABLE "event_digest" (
    "digest" BYTEA NOT NULL,
    "position" BIGINT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "event_digest_pkey" PRIMARY KEY ("digest")
);

CREATE TABLE "log_meta" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "log_id" TEXT NOT NULL,
    "digest_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "log_meta_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "log_meta_one_row_check" CHECK ("id" = 1)
);

CREATE TABLE "log_counter" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "next_position" BIGINT NOT NULL DEFAULT 1,
    "last_recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone,

    CONSTRAINT "log_counter_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "log_counter_one_row_check" CHECK ("id" = 1)
);

INSERT INTO "log_counter" DEFAULT VALUES;

CREATE TABLE "generation" (
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "template_version" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "switched_at" TIMESTAMPTZ(6),

    CONSTRAINT "generation_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "generation_state_check" CHECK ("state" IN ('BUILDING', 'CURRENT', 'RETIRED'))
);

-- Makes the partition of one month (UTC) where it is absent. ATTACH rather than PARTITION OF: readers and the writer
-- of other months go on.
CREATE FUNCTION ensure_event_log_partition(p_month DATE) RETURNS VOID
LANGUAGE plpgsql SET search_path = public, pg_temp AS $ensure$
DECLARE
  v_month DATE := date_trunc('month', p_month)::date;
  v_name TEXT := 'event_log_' || to_char(v_month, 'YYYY_MM');
BEGIN
  IF to_regclass(v_name) IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(4853003);
  IF to_regclass(v_name) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE event_log INCLUDING ALL)', v_name);
  EXECUTE format(
    'ALTER TABLE event_log ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
    v_name, v_month::text || ' 00:00:00+00', (v_month + interval '1 month')::date::text || ' 00:00:00+00');
END $ensure$;

-- One durable group of the log. Answers one row an event in the order given. The lock is held to the end of the
-- transaction, so positions are dense, in commit order, and never seen out of order; statements behind it see all that
-- earlier groups committed. Only events whose digest is new take a position.
-- The planner settings keep every look-up on an index while the tables are too young for statistics.
CREATE FUNCTION append_events(p_kinds TEXT[], p_received BIGINT[], p_digests BYTEA[], p_bodies BYTEA[])
RETURNS TABLE ("position" BIGINT, "duplicate" BOOLEAN)
LANGUAGE plpgsql
SET search_path = public, pg_temp
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET work_mem = '64MB'
AS $append$
#variable_conflict use_column
DECLARE
  v_next BIGINT;
  v_recorded TIMESTAMPTZ;
  v_positions BIGINT[];
  v_fresh BOOLEAN[];
  v_added BIGINT;
BEGIN
  -- "Accepted" means durable, whatever the server's default is; stricter settings than "on" stay.
  IF current_setting('synchronous_commit') = 'off' THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  PERFORM pg_advisory_xact_lock(4853002);
  SELECT c.next_position, greatest(clock_timestamp(), c.last_recorded_at) INTO v_next, v_recorded
  FROM log_counter c WHERE c.id = 1;

  WITH given AS (
    SELECT i.ordinality, i.digest, d.position AS known,
      d.position IS NULL AND row_number() OVER (PARTITION BY i.digest ORDER BY i.ordinality) = 1 AS fresh
    FROM unnest(p_digests) WITH ORDINALITY AS i(digest, ordinality)
    LEFT JOIN LATERAL (SELECT e.position FROM event_digest e WHERE e.digest = i.digest) d ON true
  ), numbered AS (
    SELECT g.*, v_next - 1 + count(*) FILTER (WHERE g.fresh) OVER (ORDER BY g.ordinality) AS latest FROM given g
  ), placed AS (
    SELECT n.ordinality, n.fresh,
      coalesce(n.known, first_value(n.latest) OVER (PARTITION BY n.digest ORDER BY n.ordinality)) AS place
    FROM numbered n
  )
  SELECT array_agg(p.place ORDER BY p.ordinality), array_agg(p.fresh ORDER BY p.ordinality), count(*) FILTER (WHERE p.fresh)
  INTO v_positions, v_fresh, v_added FROM placed p;

  IF v_added > 0 THEN
    INSERT INTO event_digest (digest, position, received_at)
    SELECT u.digest, u.place, timestamptz 'epoch' + u.received * interval '1 microsecond'
    FROM unnest(p_digests, p_received, v_positions, v_fresh) AS u(digest, received, place, fresh) WHERE u.fresh;

    INSERT INTO event_log (position, kind, received_at, recorded_at, digest, body)
    SELECT u.place, u.kind, timestamptz 'epoch' + u.received * interval '1 microsecond', v_recorded, u.digest, u.body
    FROM unnest(p_kinds, p_received, p_digests, p_bodies, v_positions, v_fresh)
      AS u(kind, received, digest, body, place, fresh) WHERE u.fresh;

    UPDATE log_counter SET next_position = v_next + v_added, last_recorded_at = v_recorded WHERE id = 1;
    PERFORM pg_notify('headwater_log', (v_next + v_added - 1)::text);
  END IF;

  RETURN QUERY SELECT u.place, NOT u.fresh FROM unnest(v_positions, v_fresh) AS u(place, fresh);
END $append$;
