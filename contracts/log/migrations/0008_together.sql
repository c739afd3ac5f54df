-- Appends of writers who wait at the same moment go together, in one transaction: they share the commit, the wait for the
-- disk and the call. Timers move into the row of the stream's head, which is written anyway; who is told of an event
-- stands in its metadata, under its hash, and a projection makes the list of messages of it.
SET LOCAL ROLE kelisim_owner;

ALTER TABLE log.streams
    ADD COLUMN timers json,           -- {name: instant}; null: none
    ADD COLUMN due_at timestamptz,    -- the earliest of them
    ADD COLUMN tried_version integer; -- when one was refused last
UPDATE log.streams s SET timers = t.timers, due_at = t.due_at
FROM (SELECT stream_id, json_object_agg(name, due_at) AS timers, min(due_at) AS due_at FROM log.timers GROUP BY stream_id) t
WHERE t.stream_id = s.stream_id;
CREATE INDEX streams_due ON log.streams (due_at) WHERE due_at IS NOT NULL;
GRANT UPDATE (tried_version) ON log.streams TO kelisim_follow;

DROP FUNCTION log.append_v1, log.link_v1, log.move_boundaries_v1;
DROP TABLE log.timers, log.notices;

-- Messages that have left; all others wait.
CREATE TABLE log.sent (
    notice_id uuid PRIMARY KEY,
    sent_at   timestamptz NOT NULL
);
GRANT SELECT ON log.sent TO kelisim_app, kelisim_follow, kelisim_privacy;
GRANT INSERT ON log.sent TO kelisim_follow;

-- One append, or several that have nothing in common. What is parallel is written side by side: arrays of one length for
-- keys, for streams, for events, for boundaries; parts that an append does not have are null. What can wait for another
-- writer comes first and in one order for everybody (keys, streams, boundaries; sorted within each): no deadlock.
--
-- KL001 version moved, KL002 key used for another request, KL003 boundary moved, KL004 a caller's mistake, KL005 settings,
-- KL007 a legal midnight has passed, KL010 one of several that went together has been answered before: each goes alone.
CREATE FUNCTION log.append_v2(
    keys text[], request_hashes bytea[], answers text[],
    key_streams uuid[], key_versions integer[],     -- by these a repeated key is answered
    key_reached json[],                             -- {stream: version}, where an append has several streams
    streams uuid[], kinds text[], expected integer[],  -- expected 0: a new stream
    heads bytea[],                                  -- hash of each as the caller has read it; null: not read
    timers text[], dues timestamptz[],              -- null: as they were; dues null: none
    event_streams integer[],                        -- index into streams; null: there is one
    types text[], schemas smallint[], ids uuid[], datas text[], metadata text[], effective date[],
    boundary_kinds text[], boundary_keys text[],
    boundary_expected bigint[],                     -- null: must not exist
    boundary_states text[],                         -- null: remove
    personal json[],
    not_after timestamptz,
    hurried boolean,                                -- others wait for this call: it waits for a lock 10 ms at most
    OUT positions bigint[],                         -- of the events
    OUT hashes bytea[],                             -- of the events
    OUT recorded_at timestamptz,
    OUT replayed boolean,
    OUT replayed_versions json,
    OUT recorded_answer text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    zero CONSTANT bytea := '\x0000000000000000000000000000000000000000000000000000000000000000';
    many CONSTANT integer := coalesce(cardinality(types), 0);
    reached integer[] := expected;
    moved bytea[];         -- heads as they will be
    versions integer[];
    prevs bytea[];
    head bytea;
    noted_at timestamptz;  -- instant of the key
    position bigint;
    i integer := 1;
BEGIN
    IF current_setting('synchronous_commit') = 'off' OR current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an append needs synchronous_commit and read committed' USING ERRCODE = 'KL005';
    END IF;
    IF (event_streams IS NULL) <> (cardinality(streams) = 1) OR strpos(array_to_string(types, ' '), E'\n') > 0 THEN
        RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'streams or types';
    END IF;
    IF hurried THEN
        PERFORM set_config('lock_timeout', '10ms', true);
    END IF;

    -- Keys
    FOR n IN 1..coalesce(cardinality(keys), 0) LOOP
        IF n > 1 AND keys[n] <= keys[n - 1] COLLATE "C" THEN
            RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'keys are not sorted';
        END IF;
        LOOP
            INSERT INTO log.idempotency (key, request_hash, stream_id, last_version, versions, answer, recorded_at)
            VALUES (keys[n], request_hashes[n], key_streams[n], key_versions[n], key_reached[n], answers[n]::json, log.now_v1())
            ON CONFLICT ON CONSTRAINT idempotency_pkey DO NOTHING RETURNING idempotency.recorded_at INTO noted_at;
            EXIT WHEN FOUND;
            IF cardinality(keys) > 1 THEN
                RAISE EXCEPTION 'answered before' USING ERRCODE = 'KL010';
            END IF;
            SELECT r.position, r.versions, r.recorded_at, r.replayed, r.recorded_answer
            INTO position, replayed_versions, recorded_at, replayed, recorded_answer
            FROM log.replay_v1(keys[n], request_hashes[n]) r;
            IF replayed THEN
                positions := ARRAY[position];
                RETURN;
            END IF;
        END LOOP;
    END LOOP;

    -- Heads. The instant is taken after they were read: no event is recorded earlier than the one before it in its stream.
    FOR n IN 1..cardinality(streams) LOOP
        IF n > 1 AND streams[n] <= streams[n - 1] THEN
            RAISE EXCEPTION 'malformed append' USING ERRCODE = 'KL004', DETAIL = 'streams are not sorted';
        END IF;
        IF expected[n] = 0 THEN
            heads[n] := zero;
        ELSIF heads[n] IS NULL THEN
            SELECT s.hash INTO head FROM log.streams s WHERE s.stream_id = streams[n] AND s.version = expected[n];
            heads[n] := head;
        END IF;
    END LOOP;
    moved := heads;
    recorded_at := log.now_v1();
    IF recorded_at >= not_after THEN
        RAISE EXCEPTION 'a legal midnight has passed' USING ERRCODE = 'KL007', DETAIL = not_after;
    END IF;
    FOR n IN 1..many LOOP
        IF event_streams IS NOT NULL THEN
            i := event_streams[n];
        END IF;
        reached[i] := reached[i] + 1;
        versions[n] := reached[i];
        prevs[n] := moved[i];
        moved[i] := log.event_hash_v1(
            streams[i], reached[i], ids[n], types[n], schemas[n], effective[n], recorded_at, datas[n],
            encode(sha256(convert_to(metadata[n], 'UTF8')), 'hex'), moved[i]);
        hashes[n] := moved[i];
    END LOOP;
    FOR n IN 1..cardinality(streams) LOOP
        IF expected[n] = 0 THEN
            INSERT INTO log.streams (stream_id, kind, version, hash, timers, due_at)
            VALUES (streams[n], kinds[n], reached[n], moved[n], nullif(timers[n], '{}')::json, dues[n])
            ON CONFLICT ON CONSTRAINT streams_pkey DO NOTHING;
        ELSIF timers[n] IS NOT NULL THEN
            UPDATE log.streams s
            SET version = reached[n], hash = moved[n], timers = nullif(timers[n], '{}')::json, due_at = dues[n]
            WHERE s.stream_id = streams[n] AND s.version = expected[n] AND s.hash = heads[n];
        ELSIF reached[n] > expected[n] THEN
            UPDATE log.streams s SET version = reached[n], hash = moved[n]
            WHERE s.stream_id = streams[n] AND s.version = expected[n] AND s.hash = heads[n];
        ELSE  -- only leant on: it may not move before this append is there
            PERFORM FROM log.streams s WHERE s.stream_id = streams[n] AND s.version = expected[n] FOR SHARE;
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'version moved' USING ERRCODE = 'KL001', DETAIL = streams[n];
        END IF;
    END LOOP;

    -- Boundaries: each a compare-and-swap
    FOR n IN 1..coalesce(cardinality(boundary_kinds), 0) LOOP
        IF n > 1 AND (boundary_kinds[n], boundary_keys[n])
                     <= (boundary_kinds[n - 1] COLLATE "C", boundary_keys[n - 1] COLLATE "C") THEN
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

    FOR n IN 1..coalesce(cardinality(personal), 0) LOOP
        PERFORM personal.store_v1(personal[n]);
    END LOOP;

    -- Floor and events. No EXCEPTION block from here on: rolling back to a savepoint would drop the floor. The lock is
    -- shared and nobody takes it exclusively, so trying it always succeeds; see log.advance_v1.
    IF NOT pg_try_advisory_xact_lock_shared(
        (19269::bigint << 48) | coalesce(pg_sequence_last_value('log.position_seq'), 0)
    ) THEN
        RAISE EXCEPTION 'somebody holds the floor exclusively' USING ERRCODE = 'KL005';
    END IF;
    IF many = 1 THEN
        INSERT INTO log.events AS e (stream_id, stream_version, type, schema_version, event_id, data, metadata,
                                     effective_on, recorded_at, prev_hash, hash)
        VALUES (streams[i], versions[1], types[1], schemas[1], ids[1], datas[1]::json, metadata[1]::json,
                effective[1], recorded_at, prevs[1], hashes[1])
        RETURNING e.position INTO position;
        positions := ARRAY[position];
    ELSIF many > 1 THEN
        WITH written AS (
            INSERT INTO log.events AS e (stream_id, stream_version, type, schema_version, event_id, data, metadata,
                                         effective_on, recorded_at, prev_hash, hash)
            SELECT streams[coalesce(n.stream, 1)], n.version, n.type, n.schema, n.id, n.data::json, n.metadata::json,
                   n.effective, recorded_at, n.prev, n.hash
            FROM unnest(event_streams, versions, types, schemas, ids, datas, metadata, effective, prevs, hashes)
                 AS n(stream, version, type, schema, id, data, metadata, effective, prev, hash)
            RETURNING e.position
        )
        SELECT array_agg(w.position) INTO positions FROM written w;
    ELSE  -- nothing new: the wish was already true
        SELECT ARRAY[coalesce(max(e.position), 0)] INTO positions FROM log.events e
        WHERE e.stream_id = streams[1] AND e.stream_version = expected[1];
        recorded_at := coalesce(noted_at, recorded_at);
    END IF;
    replayed := false;
END $$;

REVOKE ALL ON FUNCTION log.append_v2 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append_v2 TO kelisim_app, kelisim_privacy;

RESET ROLE;
