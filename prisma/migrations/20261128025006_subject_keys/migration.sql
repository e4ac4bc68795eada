-- CreateTable
CREATE TABLE "subject_key" (
    "id" UUID NOT NULL,
    "blind_index" BYTEA,
    "wrapped_key" BYTEA,
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "subject_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "subject_key_blind_index_key" ON "subject_key"("blind_index");

DROP FUNCTION append_events(TEXT[], BIGINT[], BYTEA[], BYTEA[]);

-- One durable group of the log. Answers one row an event in the order given. The lock is held to the end of the
-- transaction, so positions are dense, in commit order, and never seen out of order; statements behind it see all that
-- earlier groups committed. Only events whose digest is new take a position.
-- The planner settings keep every look-up on an index while the tables are too young for statistics.
-- Parts of events that are new come with them: p_part_counts has a number for each event, and the other arrays a row for
-- each part, in the order of the events; p_part_events are their places in the order given, from 1.
CREATE FUNCTION append_events(
  p_kinds TEXT[], p_received BIGINT[], p_digests BYTEA[], p_bodies BYTEA[], p_part_counts INTEGER[] DEFAULT '{}',
  p_part_events INTEGER[] DEFAULT '{}', p_part_offsets INTEGER[] DEFAULT '{}', p_part_lengths INTEGER[] DEFAULT '{}',
  p_part_keys UUID[] DEFAULT '{}', p_part_ciphertexts BYTEA[] DEFAULT '{}')
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

    INSERT INTO event_log (position, kind, received_at, recorded_at, digest, body, part_count)
    SELECT u.place, u.kind, timestamptz 'epoch' + u.received * interval '1 microsecond', v_recorded, u.digest, u.body,
      coalesce(u.parts, 0)
    FROM unnest(p_kinds, p_received, p_digests, p_bodies, v_positions, v_fresh, p_part_counts)
      AS u(kind, received, digest, body, place, fresh, parts) WHERE u.fresh;

    IF cardinality(p_part_events) > 0 THEN
      INSERT INTO event_part (position, part, body_offset, placeholder_length, key_id, ciphertext)
      SELECT v_positions[u.event], row_number() OVER (PARTITION BY u.event ORDER BY u.ordinality) - 1, u.body_offset,
        u.length, u.key_id, u.ciphertext
      FROM unnest(p_part_events, p_part_offsets, p_part_lengths, p_part_keys, p_part_ciphertexts)
        WITH ORDINALITY AS u(event, body_offset, length, key_id, ciphertext, ordinality) WHERE v_fresh[u.event];
    END IF;

    UPDATE log_counter SET next_position = v_next + v_added, last_recorded_at = v_recorded WHERE id = 1;
    PERFORM pg_notify('headwater_log', (v_next + v_added - 1)::text);
  END IF;

  RETURN QUERY SELECT u.place, NOT u.fresh FROM unnest(v_positions, v_fresh) AS u(place, fresh);
END $append$;
