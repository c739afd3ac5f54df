-- The one way into the log. Parts that an append does not have are null and cost no statement. Lists that belong
-- together are parallel arrays. What can wait for another writer comes first and in one order for everybody (key,
-- streams, boundaries, timers, notices; sorted within each): no deadlock. KL004 says that a caller did not sort.
SET LOCAL ROLE kelisim_owner;

CREATE FUNCTION log.append_v1(
    streams uuid[], kinds text[], expected integer[],             -- expected 0: a new stream
    event_streams integer[],                                      -- index into streams; null: all of the first
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
    stream_count CONSTANT integer := coalesce(cardinality(streams), 0);
    event_count CONSTANT integer := coalesce(cardinality(types), 0);
    zeros CONSTANT bytea := '\x0000000000000000000000000000000000000000000000000000000000000000';
    heads bytea[];     -- hash of the last event of each stream
    reached integer[]; -- version of the last event of each stream
    event_versions integer[];
    prevs bytea[];
    hashes bytea[];
    found_hash bytea;
    before_events text;
    after_data text;
    i integer;
    floor bigint;
BEGIN
    IF current_setting('synchronous_commit') = 'off' OR current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an append needs synchronous_commit and read committed' USING ERRCODE = 'KL005';
    END IF;
    IF stream_count = 0 OR event_streams IS NULL AND stream_count > 1 THEN
        RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'streams';
    END IF;

    recorded_at := log.now_v1();
    reached := expected;
    FOR n IN 1..event_count LOOP
        i := coalesce(event_streams[n], 1);
        reached[i] := reached[i] + 1;
        event_versions[n] := reached[i];
    END LOOP;

    -- Key
    IF key IS NOT NULL THEN
        LOOP
            INSERT INTO log.idempotency (key, request_hash, stream_id, last_version, versions, answer, recorded_at)
            VALUES (
                key, request_hash, streams[1], reached[1],
                CASE WHEN stream_count > 1 THEN json_object(streams::text[], reached::text[]) END, answer::json, recorded_at
            ) ON CONFLICT ON CONSTRAINT idempotency_pkey DO NOTHING;
            EXIT WHEN FOUND;
            SELECT * FROM log.replay_v1(key, request_hash) INTO position, versions, recorded_at, replayed, recorded_answer;
            IF replayed THEN
                RETURN;
            END IF;
        END LOOP;
    END IF;

    -- Heads
    FOR n IN 1..stream_count LOOP
        IF n > 1 AND streams[n] <= streams[n - 1] THEN
            RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'streams are not sorted';
        END IF;
        IF expected[n] = 0 THEN
            heads[n] := zeros;
        ELSE
            SELECT s.hash INTO found_hash FROM log.streams s WHERE s.stream_id = streams[n] AND s.version = expected[n];
            IF NOT FOUND THEN
                RAISE EXCEPTION 'version moved' USING ERRCODE = 'KL001', DETAIL = streams[n];
            END IF;
            heads[n] := found_hash;
        END IF;
    END LOOP;

    -- Taken after the heads were read: no event is recorded earlier than the one before it in its stream.
    IF event_count > 0 THEN
        recorded_at := log.now_v1();
    END IF;
    IF recorded_at >= not_after THEN
        RAISE EXCEPTION 'a legal midnight has passed' USING ERRCODE = 'KL007', DETAIL = not_after;
    END IF;

    -- The text that is hashed: chain.py writes the same.
    IF event_count > 0 THEN
        after_data := E'\nmetadata ' || encode(sha256(convert_to(metadata, 'UTF8')), 'hex') || E'\nprev ';
        before_events := E'\nrecorded ' || to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\ndata ';
    END IF;
    FOR n IN 1..event_count LOOP
        i := coalesce(event_streams[n], 1);
        prevs[n] := heads[i];
        heads[i] := sha256(convert_to(
            E'kelisim-event/1\nstream ' || streams[i] || E'\nversion ' || event_versions[n] || E'\nid ' || ids[n]
            || E'\ntype ' || types[n] || E'\nschema ' || schemas[n]
            || E'\neffective ' || coalesce(to_char(effective[n], 'YYYY-MM-DD'), '-')
            || before_events || encode(sha256(convert_to(datas[n], 'UTF8')), 'hex')
            || after_data || encode(prevs[n], 'hex') || E'\n', 'UTF8'));
        hashes[n] := heads[i];
    END LOOP;

    FOR n IN 1..stream_count LOOP
        IF reached[n] = expected[n] THEN
            -- Only leant on: it may not move before this append is there.
            PERFORM FROM log.streams s WHERE s.stream_id = streams[n] AND s.version = expected[n] FOR SHARE;
        ELSIF expected[n] = 0 THEN
            INSERT INTO log.streams (stream_id, kind, version, hash) VALUES (streams[n], kinds[n], reached[n], heads[n])
            ON CONFLICT ON CONSTRAINT streams_pkey DO NOTHING;
        ELSE
            UPDATE log.streams s SET version = reached[n], hash = heads[n]
            WHERE s.stream_id = streams[n] AND s.version = expected[n];
        END IF;
        IF NOT FOUND AND reached[n] > 0 THEN
            RAISE EXCEPTION 'version moved' USING ERRCODE = 'KL001', DETAIL = streams[n];
        END IF;
    END LOOP;

    -- Boundaries
    FOR n IN 1..coalesce(cardinality(boundary_kinds), 0) LOOP
        IF n > 1 AND (boundary_kinds[n], boundary_keys[n]) <= (boundary_kinds[n - 1] COLLATE "C", boundary_keys[n - 1] COLLATE "C") THEN
            RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'boundaries are not sorted';
        END IF;
        IF boundary_expected[n] IS NULL THEN
            INSERT INTO log.boundary (kind, key, version, state)
            VALUES (boundary_kinds[n], boundary_keys[n], nextval('log.boundary_seq'), boundary_states[n]::json)
            ON CONFLICT ON CONSTRAINT boundary_pkey DO NOTHING;
        ELSIF boundary_states[n] IS NULL THEN
            DELETE FROM log.boundary b
            WHERE b.kind = boundary_kinds[n] AND b.key = boundary_keys[n] AND b.version = boundary_expected[n];
        ELSE
            UPDATE log.boundary b SET version = nextval('log.boundary_seq'), state = boundary_states[n]::json
            WHERE b.kind = boundary_kinds[n] AND b.key = boundary_keys[n] AND b.version = boundary_expected[n];
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'boundary moved' USING ERRCODE = 'KL003',
                DETAIL = json_build_object('kind', boundary_kinds[n], 'key', boundary_keys[n]);
        END IF;
    END LOOP;

    -- Timers
    FOR n IN 1..coalesce(cardinality(timer_streams), 0) LOOP
        IF timer_dues[n] IS NULL THEN
            DELETE FROM log.timers t WHERE t.stream_id = timer_streams[n] AND t.name = timer_names[n];
        ELSE
            INSERT INTO log.timers AS t (stream_id, name, due_at) VALUES (timer_streams[n], timer_names[n], timer_dues[n])
            ON CONFLICT ON CONSTRAINT timers_pkey DO UPDATE SET due_at = excluded.due_at, tried_version = NULL;
        END IF;
    END LOOP;

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
    IF event_count > 0 THEN
        floor := coalesce(pg_sequence_last_value('log.position_seq'), 0);
        IF NOT pg_try_advisory_xact_lock_shared((19269::bigint << 48) | floor) THEN
            RAISE EXCEPTION 'somebody holds the floor exclusively' USING ERRCODE = 'KL005';
        END IF;
    END IF;
    IF event_count = 1 THEN
        INSERT INTO log.events AS e (stream_id, stream_version, type, schema_version, event_id, data, metadata,
                                     effective_on, recorded_at, prev_hash, hash)
        VALUES (streams[coalesce(event_streams[1], 1)], event_versions[1], types[1], schemas[1], ids[1], datas[1]::json,
                metadata::json, effective[1], recorded_at, prevs[1], hashes[1])
        RETURNING e.position INTO position;
    ELSIF event_count > 1 THEN
        INSERT INTO log.events (stream_id, stream_version, type, schema_version, event_id, data, metadata,
                                effective_on, recorded_at, prev_hash, hash)
        SELECT streams[coalesce(n.stream, 1)], n.version, n.type, n.schema, n.id, n.data::json, metadata::json,
               n.effective, recorded_at, n.prev, n.hash
        FROM unnest(event_streams, event_versions, types, schemas, ids, datas, effective, prevs, hashes)
             AS n(stream, version, type, schema, id, data, effective, prev, hash);
        position := currval('log.position_seq');
    ELSE
        SELECT coalesce(max(e.position), 0) INTO position FROM log.events e
        WHERE e.stream_id = streams[1] AND e.stream_version = expected[1];
    END IF;
    replayed := false;
END $$;

-- What a key was answered with; no row: it was never used. Asking writes, so that the answer waits until the first
-- commit is as durable as this one (on a synchronous standby too). KL002: used for another request.
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

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append_v1, log.replay_v1 TO kelisim_app;

RESET ROLE;
