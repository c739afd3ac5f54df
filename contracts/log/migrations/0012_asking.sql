-- What a decision has to know, asked in one round trip and as of one moment: what streams have above the versions that are
-- known, boundaries that somebody holds, newest sealed records. Arrays make PostgreSQL plan a plain query anew at each call,
-- which costs more than running it; in here the plan is made once a connection, and each row is found by its key.
SET LOCAL ROLE kelisim_owner;

-- Bytes stand in base64. Needs the caller's own right to what is asked for.
CREATE FUNCTION log.ask_v1(
    streams uuid[], versions integer[],  -- side by side; 0: nothing of it is known
    kinds text[], keys text[],           -- side by side: boundaries
    people uuid[],
    OUT asked_at timestamptz,
    OUT heads json,    -- [stream, kind, hash of its last event, [[position, type, schema, data, previous hash] or null]]
    OUT places json,   -- [kind, key, version, state]
    OUT records json   -- [person, id of the wrapping key, wrapped key, version, nonce, ciphertext]
) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_variable
BEGIN
    asked_at := log.now_v1();
    IF cardinality(streams) > 0 THEN
        SELECT json_agg(json_build_array(
            s.stream_id, s.kind, encode(s.hash, 'base64'),
            (SELECT json_agg(json_build_array(e.position, e.type, e.schema_version, e.data, encode(e.prev_hash, 'base64'))
                             ORDER BY e.stream_version)
             FROM log.events e WHERE e.stream_id = s.stream_id AND e.stream_version > known.version)
        )) INTO heads
        FROM unnest(streams, versions) AS known (id, version) JOIN log.streams s ON s.stream_id = known.id;
    END IF;
    IF cardinality(kinds) > 0 THEN
        SELECT json_agg(json_build_array(b.kind, b.key, b.version, b.state)) INTO places
        FROM unnest(kinds, keys) AS wanted (kind, key) JOIN log.boundary b ON b.kind = wanted.kind AND b.key = wanted.key;
    END IF;
    IF cardinality(people) > 0 THEN
        SELECT json_agg(json_build_array(
            k.person_id, k.kek_id, encode(k.wrapped, 'base64'),
            d.version, encode(d.nonce, 'base64'), translate(encode(d.ciphertext, 'base64'), E'\n', '')
        )) INTO records
        FROM unnest(people) AS wanted (id)
        JOIN personal.person_keys k ON k.person_id = wanted.id
        CROSS JOIN LATERAL (
            SELECT r.version, r.nonce, r.ciphertext FROM personal.person_data r
            WHERE r.person_id = wanted.id ORDER BY r.version DESC LIMIT 1
        ) d;
    END IF;
END $$;

REVOKE ALL ON FUNCTION log.ask_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.ask_v1 TO kelisim_app, kelisim_follow, kelisim_privacy;

RESET ROLE;
