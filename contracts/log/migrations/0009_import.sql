-- A whole log from a file. Its events keep their places, so that cursors and proofs stay valid, and enter only as an
-- append would have left them. For whoever administers: no role of the service may call these functions.
SET LOCAL ROLE kelisim_owner;

-- Nobody may append while boundaries do not stand for all events yet, through a crash of the import too.
CREATE FUNCTION log.let_append_v1(may boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
DECLARE
    way regprocedure;
BEGIN
    FOR way IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'log'::regnamespace AND p.proname ~ '^append_v\d+$' LOOP
        EXECUTE format(
            CASE WHEN may THEN 'GRANT EXECUTE ON FUNCTION %s TO kelisim_app, kelisim_privacy'
            ELSE 'REVOKE EXECUTE ON FUNCTION %s FROM kelisim_app, kelisim_privacy' END, way
        );
    END LOOP;
END $$;

CREATE FUNCTION log.closed_v1() RETURNS boolean LANGUAGE sql STABLE
RETURN (
    SELECT bool_or(NOT has_function_privilege('kelisim_app', p.oid, 'EXECUTE')) FROM pg_proc p
    WHERE p.pronamespace = 'log'::regnamespace AND p.proname ~ '^append_v\d+$');

-- Where the rows of a file wait, as a table of the session that takes none but such as an append would have made. It is
-- emptied by the end of each transaction. `kind` is that of the stream, where it begins.
CREATE FUNCTION log.stage_v1() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
BEGIN
    CREATE TEMPORARY TABLE staged (
        position bigint NOT NULL, stream_id uuid NOT NULL, stream_version integer NOT NULL, type text NOT NULL,
        schema_version smallint NOT NULL, event_id uuid NOT NULL, data text NOT NULL, metadata text NOT NULL,
        effective_on date, recorded_at timestamptz NOT NULL, prev_hash bytea NOT NULL, hash bytea NOT NULL, kind text,
        CONSTRAINT type CHECK (strpos(type, E'\n') = 0),
        CONSTRAINT kind CHECK ((kind IS NULL) = (stream_version > 1)),
        CONSTRAINT hash CHECK (hash = log.event_hash_v1(
            stream_id, stream_version, event_id, type, schema_version, effective_on, recorded_at, data,
            encode(sha256(convert_to(metadata, 'UTF8')), 'hex'), prev_hash))
    ) ON COMMIT DELETE ROWS;
    EXECUTE format('GRANT INSERT ON pg_temp.staged TO %I', session_user);
END $$;

-- What is staged: all that the file has at the places above `after` and up to `upto`. Those which are there already must be
-- the same, KL008; the others must follow them, KL009 names the first that does not. Returns how many were added.
-- Planned each time, since the tables grow.
CREATE FUNCTION log.import_v1(after bigint, upto bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    first CONSTANT bytea := decode(repeat('00', 32), 'hex');
    top bigint;
    same bigint;
    added integer;
    wrong record;
BEGIN
    IF current_setting('synchronous_commit') = 'off' OR current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an import needs synchronous_commit and read committed' USING ERRCODE = 'KL005';
    END IF;
    LOCK TABLE log.streams IN SHARE ROW EXCLUSIVE MODE;  -- no append until this is there
    SELECT coalesce(max(e.position), 0) INTO top FROM log.events e;

    IF after < top THEN
        SELECT count(*) INTO same
        FROM pg_temp.staged s JOIN log.events e ON e.position = s.position AND e.hash = s.hash
        WHERE e.position > after AND e.position <= upto;
        IF same <> (SELECT count(*) FROM pg_temp.staged s WHERE s.position <= top)
           OR same <> (SELECT count(*) FROM log.events e WHERE e.position > after AND e.position <= upto) THEN
            RAISE EXCEPTION 'this is not how the log began' USING ERRCODE = 'KL008',
                DETAIL = format('above position %s', after);
        END IF;
    END IF;
    IF upto <= top THEN
        RETURN 0;
    END IF;
    IF (SELECT min(s.position) FROM pg_temp.staged s WHERE s.position > top) <= (SELECT m.position FROM log.mark m) THEN
        RAISE EXCEPTION 'readers have passed these places' USING ERRCODE = 'KL008',
            DETAIL = format('above position %s', after);
    END IF;

    SELECT l.* INTO wrong FROM (
        SELECT s.position, s.stream_id, s.stream_version,
            CASE
                WHEN s.position <= after OR s.position > upto THEN 'position'
                WHEN s.stream_version <> coalesce(lag(s.stream_version) OVER own, h.version, 0) + 1 THEN 'version'
                WHEN s.prev_hash <> coalesce(lag(s.hash) OVER own, h.hash, first) THEN 'prev'
                WHEN s.recorded_at < coalesce(lag(s.recorded_at) OVER own, (
                    SELECT e.recorded_at FROM log.events e
                    WHERE e.stream_id = s.stream_id AND e.stream_version = h.version)) THEN 'recorded'
            END AS what
        FROM pg_temp.staged s LEFT JOIN log.streams h USING (stream_id)
        WHERE s.position > top
        WINDOW own AS (PARTITION BY s.stream_id ORDER BY s.position)
    ) l WHERE l.what IS NOT NULL ORDER BY l.position LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'an event does not follow' USING ERRCODE = 'KL009',
            DETAIL = format('stream %s version %s: %s', wrong.stream_id, wrong.stream_version, wrong.what);
    END IF;

    IF NOT log.closed_v1() THEN
        PERFORM log.let_append_v1(false);
    END IF;
    INSERT INTO log.streams AS h (stream_id, kind, version, hash)
    SELECT n.stream_id, coalesce(n.kind, was.kind), n.version, n.hash
    FROM (
        SELECT s.stream_id, max(s.kind) AS kind, max(s.stream_version) AS version,
            (array_agg(s.hash ORDER BY s.stream_version DESC))[1] AS hash
        FROM pg_temp.staged s WHERE s.position > top GROUP BY s.stream_id
    ) n LEFT JOIN log.streams was USING (stream_id)
    ON CONFLICT ON CONSTRAINT streams_pkey DO UPDATE SET version = excluded.version, hash = excluded.hash;
    INSERT INTO log.events (position, stream_id, stream_version, type, schema_version, event_id, data, metadata,
                            effective_on, recorded_at, prev_hash, hash)
    SELECT s.position, s.stream_id, s.stream_version, s.type, s.schema_version, s.event_id, s.data::json, s.metadata::json,
           s.effective_on, s.recorded_at, s.prev_hash, s.hash
    FROM pg_temp.staged s WHERE s.position > top;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END $$;

-- The next position is above `upto`. In a transaction of its own, after the events: the sequence does not wait for a
-- commit, and the mark may go as far as it.
CREATE FUNCTION log.reach_v1(upto bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
BEGIN
    IF upto > coalesce(pg_sequence_last_value('log.position_seq'), 0) THEN
        PERFORM setval('log.position_seq', upto);
        PERFORM log.add_partitions_v1();
    END IF;
END $$;

REVOKE ALL ON FUNCTION log.let_append_v1, log.closed_v1, log.stage_v1, log.import_v1, log.reach_v1 FROM PUBLIC;

RESET ROLE;
