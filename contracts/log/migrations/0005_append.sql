-- The one way into the log.
SET LOCAL ROLE kelisim_owner;

-- The hash of an event: over the eleven lines that chain.py writes too. Inlined where it is called.
CREATE FUNCTION log.event_hash_v1(
    stream_id uuid, stream_version integer, event_id uuid, type text, schema_version smallint, effective_on date,
    recorded_at timestamptz, data text, metadata_digest text, prev bytea
) RETURNS bytea LANGUAGE sql STABLE
RETURN sha256(convert_to(
    E'kelisim-event/1\nstream ' || stream_id || E'\nversion ' || stream_version || E'\nid ' || event_id
    || E'\ntype ' || type || E'\nschema ' || schema_version
    || E'\neffective ' || coalesce(to_char(effective_on, 'YYYY-MM-DD'), '-')
    || E'\nrecorded ' || to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || E'\ndata ' || encode(sha256(convert_to(data, 'UTF8')), 'hex') || E'\nmetadata ' || metadata_digest
    || E'\nprev ' || encode(prev, 'hex') || E'\n', 'UTF8'));

-- What a key was answered with; not replayed: it was never used. Asking writes, so that the answer waits until the
-- first commit is as durable as this one (on a synchronous standby too). KL002: used for another request.
CREATE FUNCTION log.replay_v1(
    asked_key text, asked_hash bytea,
    OUT "position" bigint, OUT versions json, OUT recorded_at timestamptz, OUT replayed boolean, OUT recorded_answer text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    was log.idempotency;
BEGIN
    replayed := false;
    UPDATE log.idempotency i SET confirmed = true WHERE i.key = asked_key RETURNING i.* INTO was;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF was.request_hash <> asked_hash THEN
        RAISE EXCEPTION 'key used for another request' USING ERRCODE = 'KL002';
    END IF;
    versions := coalesce(was.versions, json_build_object(was.stream_id, was.last_version));
    SELECT coalesce(max(e.position), 0), max(e.recorded_at) INTO position, recorded_at
    FROM json_each_text(versions) AS v
    JOIN log.events e ON e.stream_id = v.key::uuid AND e.stream_version = v.value::integer;
    recorded_at := greatest(recorded_at, was.recorded_at);  -- the second, where nothing was appended
    recorded_answer := was.answer::text;
    replayed := true;
END $$;

-- Several events, several streams, or streams that are only leant on: takes the heads and links the events to them.
CREATE FUNCTION log.link_v1(
    streams uuid[], kinds text[], expected integer[], reached integer[],
    event_streams integer[], types text[], schemas smallint[], ids uuid[], datas text[], effective date[], metadata text,
    OUT recorded_at timestamptz, OUT versions integer[], OUT prevs bytea[], OUT hashes bytea[]
) LANGUAGE plpgsql SET search_path = log, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    digest CONSTANT text := encode(sha256(convert_to(metadata, 'UTF8')), 'hex');
    heads bytea[] := array_fill(decode(repeat('00', 32), 'hex'), ARRAY[cardinality(streams)]);
    at integer[] := expected;
    head bytea;
    i integer;
BEGIN
    FOR n IN 1..cardinality(streams) LOOP
        IF n > 1 AND streams[n] <= streams[n - 1] THEN
            RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'streams are not sorted';
        END IF;
        CONTINUE WHEN expected[n] = 0;
        SELECT s.hash INTO head FROM log.streams s WHERE s.stream_id = streams[n] AND s.version = expected[n];
        IF NOT FOUND THEN
            RAISE EXCEPTION 'version moved' USING ERRCODE = 'KL001', DETAIL = streams[n];
        END IF;
        heads[n] := head;
    END LOOP;

    recorded_at := log.now_v1();
    FOR n IN 1..cardinality(types) LOOP
        i := coalesce(event_streams[n], 1);
        at[i] := at[i] + 1;
        versions[n] := at[i];
        prevs[n] := heads[i];
        heads[i] := log.event_hash_v1(
            streams[i], at[i], ids[n], types[n], schemas[n], effective[n], recorded_at, datas[n], digest, heads[i]);
        hashes[n] := heads[i];
    END LOOP;

    FOR n IN 1..cardinality(streams) LOOP
        IF reached[n] = expected[n] THEN  -- only leant on: it may not move before this append is there
            PERFORM FROM log.streams s WHERE s.stream_id = streams[n] AND s.version = expected[n] FOR SHARE;
        ELSIF expected[n] = 0 THEN
            INSERT INTO log.streams (stream_id, kind, version, hash) VALUES (streams[n], kinds[n], reached[n], heads[n])
            ON CONFLICT ON CONSTRAINT streams_pkey DO NOTHING;
        ELSE
            UPDATE log.streams s SET version = reached[n], hash = heads[n]
            WHERE s.stream_id = streams[n] AND s.version = expected[n];
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'version moved' USING ERRCODE = 'KL001', DETAIL = streams[n];
        END IF;
    END LOOP;
END $$;

-- Parts that an append does not have are null and cost no statement; lists that belong together are parallel arrays.
-- What can wait for another writer comes first and in one order for everybody (key, streams, boundaries, timers,
-- notices; sorted within each): no deadlock. KL004: a caller who did not sort. One event in one stream, which most appends
-- are, takes the short way.
CREATE FUNCTION log.append_v1(
    streams uuid[], kinds text[], expected integer[],             -- expected 0: a new stream
    event_streams integer[],                                      -- index into streams; null: there is one
    types text[], schemas smallint[], ids uuid[], datas text[], effective date[],
    metadata text,
    key text, request_hash bytea, answer text,
    boundary_kinds text[], boundary_keys text[],
    boundary_expected bigint[],                                   -- null: must not exist
    boundary_states text[],                                       -- null: remove
    timer_streams uuid[], timer_names text[], timer_dues timestamptz[],  -- due null: remove
    notices json,                                                 -- [{id, stream, version, name, role, ref, on}]
    personal json,
    not_after timestamptz,
    OUT "position" bigint, OUT versions json, OUT recorded_at timestamptz, OUT replayed boolean, OUT recorded_answer text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    reached integer[] := ARRAY[expected[1] + cardinality(types)];  -- the version that each stream gets to
    prev bytea := '\x0000000000000000000000000000000000000000000000000000000000000000';
    hash bytea;
    noted_at timestamptz;  -- instant of the key
    event_versions integer[];
    prevs bytea[];
    hashes bytea[];
BEGIN
    IF current_setting('synchronous_commit') = 'off' OR current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an append needs synchronous_commit and read committed' USING ERRCODE = 'KL005';
    END IF;
    IF (event_streams IS NULL) <> (cardinality(streams) = 1) OR strpos(array_to_string(types, ' '), E'\n') > 0 THEN
        RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'streams or types';
    END IF;
    IF event_streams IS NOT NULL THEN
        reached := expected;
        FOR n IN 1..cardinality(types) LOOP
            reached[event_streams[n]] := reached[event_streams[n]] + 1;
        END LOOP;
    END IF;

    -- Key
    WHILE key IS NOT NULL LOOP
        INSERT INTO log.idempotency (key, request_hash, stream_id, last_version, versions, answer, recorded_at)
        VALUES (
            key, request_hash, streams[1], reached[1],
            CASE WHEN event_streams IS NOT NULL THEN json_object(streams::text[], reached::text[]) END,
            answer::json, log.now_v1()
        ) ON CONFLICT ON CONSTRAINT idempotency_pkey DO NOTHING RETURNING idempotency.recorded_at INTO noted_at;
        EXIT WHEN FOUND;
        SELECT * FROM log.replay_v1(key, request_hash) INTO position, versions, recorded_at, replayed, recorded_answer;
        IF replayed THEN
            RETURN;
        END IF;
    END LOOP;

    -- Heads. The instant is taken after they were read: no event is recorded earlier than the one before it in its stream.
    IF event_streams IS NULL AND cardinality(types) = 1 THEN
        IF expected[1] > 0 THEN
            SELECT s.hash INTO prev FROM log.streams s WHERE s.stream_id = streams[1] AND s.version = expected[1];
        END IF;
        recorded_at := log.now_v1();
        hash := log.event_hash_v1(
            streams[1], reached[1], ids[1], types[1], schemas[1], effective[1], recorded_at, datas[1],
            encode(sha256(convert_to(metadata, 'UTF8')), 'hex'), prev);
        IF expected[1] > 0 THEN
            UPDATE log.streams s SET version = reached[1], hash = hash
            WHERE s.stream_id = streams[1] AND s.version = expected[1];
        ELSE
            INSERT INTO log.streams (stream_id, kind, version, hash) VALUES (streams[1], kinds[1], 1, hash)
            ON CONFLICT ON CONSTRAINT streams_pkey DO NOTHING;
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'version moved' USING ERRCODE = 'KL001', DETAIL = streams[1];
        END IF;
    ELSE
        SELECT l.recorded_at, l.versions, l.prevs, l.hashes INTO recorded_at, event_versions, prevs, hashes
        FROM log.link_v1(streams, kinds, expected, reached, event_streams, types, schemas, ids, datas, effective, metadata) l;
    END IF;
    IF recorded_at >= not_after THEN
        RAISE EXCEPTION 'a legal midnight has passed' USING ERRCODE = 'KL007', DETAIL = not_after;
    END IF;

    -- Boundaries
    IF boundary_kinds IS NOT NULL THEN
        PERFORM log.move_boundaries_v1(boundary_kinds, boundary_keys, boundary_expected, boundary_states);
    END IF;

    -- Timers
    IF timer_streams IS NOT NULL THEN
        INSERT INTO log.timers AS t (stream_id, name, due_at)
        SELECT w.stream, w.name, w.due FROM unnest(timer_streams, timer_names, timer_dues) AS w(stream, name, due)
        WHERE w.due IS NOT NULL
        ON CONFLICT ON CONSTRAINT timers_pkey DO UPDATE SET due_at = excluded.due_at, tried_version = NULL;
        IF array_position(timer_dues, NULL) IS NOT NULL THEN
            DELETE FROM log.timers t USING unnest(timer_streams, timer_names, timer_dues) AS w(stream, name, due)
            WHERE w.due IS NULL AND t.stream_id = w.stream AND t.name = w.name;
        END IF;
    END IF;

    -- Notices and the personal store
    IF notices IS NOT NULL THEN
        INSERT INTO log.notices (notice_id, stream_id, stream_version, name, to_role, to_ref, on_day, created_at)
        SELECT n.id, n.stream, n.version, n.name, n.role, n.ref, n."on", recorded_at
        FROM json_to_recordset(notices) AS n(id uuid, stream uuid, version integer, name text, role text, ref text, "on" date);
    END IF;
    IF personal IS NOT NULL THEN
        PERFORM personal.store_v1(personal);
    END IF;

    -- Floor and events. No EXCEPTION block from here on: rolling back to a savepoint would drop the floor. The lock is
    -- shared and nobody takes it exclusively, so trying it always succeeds; see log.advance_v1.
    IF NOT pg_try_advisory_xact_lock_shared(
        (19269::bigint << 48) | coalesce(pg_sequence_last_value('log.position_seq'), 0)
    ) THEN
        RAISE EXCEPTION 'somebody holds the floor exclusively' USING ERRCODE = 'KL005';
    END IF;
    IF hash IS NOT NULL THEN
        INSERT INTO log.events AS e (stream_id, stream_version, type, schema_version, event_id, data, metadata,
                                     effective_on, recorded_at, prev_hash, hash)
        VALUES (streams[1], reached[1], types[1], schemas[1], ids[1], datas[1]::json, metadata::json,
                effective[1], recorded_at, prev, hash)
        RETURNING e.position INTO position;
    ELSIF hashes IS NOT NULL THEN
        INSERT INTO log.events (stream_id, stream_version, type, schema_version, event_id, data, metadata,
                                effective_on, recorded_at, prev_hash, hash)
        SELECT streams[coalesce(n.stream, 1)], n.version, n.type, n.schema, n.id, n.data::json, metadata::json,
               n.effective, recorded_at, n.prev, n.hash
        FROM unnest(event_streams, event_versions, types, schemas, ids, datas, effective, prevs, hashes)
             AS n(stream, version, type, schema, id, data, effective, prev, hash);
        position := currval('log.position_seq');
    ELSE  -- nothing new: the wish was already true
        SELECT coalesce(max(e.position), 0) INTO position FROM log.events e
        WHERE e.stream_id = streams[1] AND e.stream_version = expected[1];
        recorded_at := coalesce(noted_at, recorded_at);
    END IF;
    replayed := false;
END $$;

-- Each a compare-and-swap, in the order of kind and key. KL003 names the one that has moved.
CREATE FUNCTION log.move_boundaries_v1(kinds text[], keys text[], expected bigint[], states text[]) RETURNS void
LANGUAGE plpgsql SET search_path = log, pg_temp AS $$
#variable_conflict use_variable
BEGIN
    FOR n IN 1..cardinality(kinds) LOOP
        IF n > 1 AND (kinds[n], keys[n]) <= (kinds[n - 1] COLLATE "C", keys[n - 1] COLLATE "C") THEN
            RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'boundaries are not sorted';
        END IF;
        IF expected[n] IS NULL THEN
            INSERT INTO log.boundary (kind, key, version, state)
            VALUES (kinds[n], keys[n], nextval('log.boundary_seq'), states[n]::json)
            ON CONFLICT ON CONSTRAINT boundary_pkey DO NOTHING;
        ELSIF states[n] IS NULL THEN
            DELETE FROM log.boundary b WHERE b.kind = kinds[n] AND b.key = keys[n] AND b.version = expected[n];
        ELSE
            UPDATE log.boundary b SET version = nextval('log.boundary_seq'), state = states[n]::json
            WHERE b.kind = kinds[n] AND b.key = keys[n] AND b.version = expected[n];
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'boundary moved' USING ERRCODE = 'KL003',
                DETAIL = json_build_object('kind', kinds[n], 'key', keys[n]);
        END IF;
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION log.event_hash_v1, log.replay_v1, log.link_v1, log.append_v1, log.move_boundaries_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append_v1, log.replay_v1 TO kelisim_app, kelisim_privacy;

RESET ROLE;
