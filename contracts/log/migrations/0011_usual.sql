-- The usual append by a short way: one event in one stream, under a key, with at most one place that nobody holds yet. Each
-- argument is a value, not an array, and hardly an expression stands outside the statements: PL/pgSQL prepares every one of
-- them anew in each transaction. What it writes and refuses is what the general way writes and refuses; by its name it is
-- closed and opened with it.
SET LOCAL ROLE kelisim_owner;

-- `position` null: the key was used before and nothing is written; the general way knows the answer.
CREATE FUNCTION log.append_v2(
    key text, request_hash bytea, answer text,
    stream uuid, kind text, expected integer,  -- expected 0: a new stream
    head bytea,                                -- as the caller has read it; of a new stream: zeros
    timers text, due timestamptz,              -- null: as they were; due null: none
    type text, schema smallint, id uuid, data text, metadata text, effective date,
    boundary_kind text, boundary_key text, boundary_state text,  -- kind null: none
    not_after timestamptz,
    OUT "position" bigint, OUT hash bytea, OUT recorded_at timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
#variable_conflict use_variable
BEGIN
    IF current_setting('synchronous_commit') = 'off' OR current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an append needs synchronous_commit and read committed' USING ERRCODE = 'KL005';
    END IF;
    IF strpos(type, E'\n') > 0 THEN
        RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'types';
    END IF;

    INSERT INTO log.idempotency (key, request_hash, stream_id, last_version, answer, recorded_at)
    VALUES (key, request_hash, stream, expected + 1, answer::json, log.now_v1())
    ON CONFLICT ON CONSTRAINT idempotency_pkey DO NOTHING;
    IF NOT FOUND THEN
        RETURN;
    END IF;

    -- The caller read the head before, so no event is recorded earlier than the one before it in its stream.
    recorded_at := log.now_v1();
    IF recorded_at >= not_after THEN
        RAISE EXCEPTION 'a legal midnight has passed' USING ERRCODE = 'KL007', DETAIL = not_after;
    END IF;
    hash := log.event_hash_v1(
        stream, expected + 1, id, type, schema, effective, recorded_at, data,
        encode(sha256(convert_to(metadata, 'UTF8')), 'hex'), head);
    IF expected = 0 THEN
        INSERT INTO log.streams (stream_id, kind, version, hash, timers, due_at)
        SELECT stream, kind, 1, hash, nullif(timers, '{}')::json, due
        WHERE head = '\x0000000000000000000000000000000000000000000000000000000000000000'
        ON CONFLICT ON CONSTRAINT streams_pkey DO NOTHING;
    ELSE
        UPDATE log.streams s
        SET version = expected + 1, hash = hash,
            timers = CASE WHEN timers IS NULL THEN s.timers ELSE nullif(timers, '{}')::json END,
            due_at = CASE WHEN timers IS NULL THEN s.due_at ELSE due END
        WHERE s.stream_id = stream AND s.version = expected AND s.hash = head;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'version moved' USING ERRCODE = 'KL001', DETAIL = stream;
    END IF;

    IF boundary_kind IS NOT NULL THEN
        INSERT INTO log.boundary (kind, key, version, state)
        VALUES (boundary_kind, boundary_key, nextval('log.boundary_seq'), boundary_state::json)
        ON CONFLICT ON CONSTRAINT boundary_pkey DO NOTHING;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'boundary moved' USING ERRCODE = 'KL003',
                DETAIL = json_build_object('kind', boundary_kind, 'key', boundary_key);
        END IF;
    END IF;

    -- Floor and event, as in the general way: no EXCEPTION block from here on.
    IF NOT pg_try_advisory_xact_lock_shared(
        (19269::bigint << 48) | coalesce(pg_sequence_last_value('log.position_seq'), 0)
    ) THEN
        RAISE EXCEPTION 'somebody holds the floor exclusively' USING ERRCODE = 'KL005';
    END IF;
    INSERT INTO log.events AS e (stream_id, stream_version, type, schema_version, event_id, data, metadata,
                                 effective_on, recorded_at, prev_hash, hash)
    VALUES (stream, expected + 1, type, schema, id, data::json, metadata::json, effective, recorded_at, head, hash)
    RETURNING e.position INTO position;
END $$;

-- Open as the general way is: until PUBLIC loses it, the new one does not count as closed.
SELECT log.let_append_v1(NOT log.closed_v1());
REVOKE ALL ON FUNCTION log.append_v2(
    text, bytea, text, uuid, text, integer, bytea, text, timestamptz, text, smallint, uuid, text, text, date, text, text, text,
    timestamptz
) FROM PUBLIC;

RESET ROLE;
