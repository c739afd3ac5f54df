-- The deletable store of personal data. The log holds ids and commitments; what they stand for is here, so that
-- it can be erased while chains and proofs stay whole. Backed up apart, for at most 30 days.

CREATE SCHEMA personal AUTHORIZATION kelisim_owner;
SET LOCAL ROLE kelisim_owner;

CREATE TABLE personal.person_keys (
    person_id uuid PRIMARY KEY,
    kek_id text NOT NULL,      -- which key wraps it
    wrapped bytea NOT NULL);   -- AES-256 key of this person, RFC 5649

-- No key without its rows, no rows without their key: whoever erases, erases all of it or nothing, and an append
-- about a person who is being erased waits and is then refused.
CREATE TABLE personal.person_data (
    person_id uuid NOT NULL REFERENCES personal.person_keys,
    version int NOT NULL CHECK (version > 0),
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    PRIMARY KEY (person_id, version));

CREATE TABLE personal.blobs (
    commitment bytea PRIMARY KEY CHECK (length(commitment) = 32),
    person_id uuid NOT NULL REFERENCES personal.person_keys,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL);
CREATE INDEX blobs_person ON personal.blobs (person_id);

CREATE TABLE personal.lookup (
    digest bytea PRIMARY KEY CHECK (length(digest) = 32),   -- HMAC-SHA-256 of the IIN: one person an IIN
    person_id uuid NOT NULL UNIQUE REFERENCES personal.person_keys);

-- The only clear names of the house, for lists that are searched and sorted.
CREATE TABLE personal.people (
    person_id uuid PRIMARY KEY REFERENCES personal.person_keys,
    version int NOT NULL,
    name text NOT NULL,
    name_latin text,
    folded text NOT NULL,      -- both names without capitals and Ё
    nearest text NOT NULL,     -- and with the nearest Russian letters
    sort_key bytea NOT NULL);
CREATE INDEX people_sorted ON personal.people (sort_key, person_id);

-- Called by log.append_v1, so that these rows exist exactly if the event does. Before the floor: it may wait for
-- another writer, and its handler is a savepoint. Rows go in by key, so that two writers wait in one order.
CREATE FUNCTION personal.store_v1(rows json) RETURNS void
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = personal, pg_temp AS $$
DECLARE
    met text;
    why text;   -- quotes the row: only the person's id goes out
BEGIN
    INSERT INTO person_keys (person_id, kek_id, wrapped)
        SELECT person_id, kek_id, wrapped
        FROM json_to_recordset(rows -> 'person_keys') AS r (person_id uuid, kek_id text, wrapped bytea)
        ORDER BY person_id;
    INSERT INTO person_data (person_id, version, nonce, ciphertext)
        SELECT person_id, version, nonce, ciphertext
        FROM json_to_recordset(rows -> 'person_data') AS r (person_id uuid, version int, nonce bytea, ciphertext bytea)
        ORDER BY person_id, version;
    INSERT INTO blobs (commitment, person_id, nonce, ciphertext)
        SELECT commitment, person_id, nonce, ciphertext
        FROM json_to_recordset(rows -> 'blobs') AS r (commitment bytea, person_id uuid, nonce bytea, ciphertext bytea)
        ORDER BY commitment;
    INSERT INTO lookup (digest, person_id)
        SELECT digest, person_id
        FROM json_to_recordset(rows -> 'lookup') AS r (digest bytea, person_id uuid)
        ORDER BY digest
        ON CONFLICT (person_id) DO UPDATE SET digest = excluded.digest WHERE lookup.digest <> excluded.digest;
    INSERT INTO people (person_id, version, name, name_latin, folded, nearest, sort_key)
        SELECT person_id, version, name, name_latin, folded, nearest, sort_key
        FROM json_to_recordset(rows -> 'people')
            AS r (person_id uuid, version int, name text, name_latin text, folded text, nearest text, sort_key bytea)
        ORDER BY person_id
        ON CONFLICT (person_id) DO UPDATE SET (version, name, name_latin, folded, nearest, sort_key) =
            (excluded.version, excluded.name, excluded.name_latin, excluded.folded, excluded.nearest, excluded.sort_key)
            WHERE people.version < excluded.version;
EXCEPTION WHEN unique_violation OR foreign_key_violation THEN
    GET STACKED DIAGNOSTICS met = TABLE_NAME, why = PG_EXCEPTION_DETAIL;
    IF met = 'lookup' AND SQLSTATE = '23505' THEN
        RAISE EXCEPTION 'another person has this number' USING ERRCODE = 'KL003', DETAIL = 'iin';
    END IF;
    -- Another record of the person was first, or the person was erased: decide again.
    RAISE EXCEPTION 'person moved' USING ERRCODE = 'KL001',
        DETAIL = coalesce(substring(why FROM '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'), '');
END $$;

-- First wall: grants. The service reads, and writes only through an append. The privacy role erases, and sees of
-- a row no more than whose it is.
REVOKE ALL ON FUNCTION personal.store_v1 (json) FROM PUBLIC;
GRANT USAGE ON SCHEMA personal TO kelisim_app, kelisim_privacy;
GRANT SELECT ON ALL TABLES IN SCHEMA personal TO kelisim_app;
GRANT DELETE, SELECT (person_id) ON personal.person_keys, personal.person_data, personal.blobs, personal.lookup,
    personal.people TO kelisim_privacy;

-- Second wall: rows. Whatever is granted by mistake later, nobody but the owner's functions writes, and a DELETE
-- meets only the one person whom the transaction has named.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['person_keys', 'person_data', 'blobs', 'lookup', 'people'] LOOP
        EXECUTE format('ALTER TABLE personal.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY reads ON personal.%I FOR SELECT TO kelisim_app, kelisim_privacy USING (true)', name);
        EXECUTE format($policy$CREATE POLICY erases ON personal.%I FOR DELETE TO kelisim_privacy
            USING (person_id = nullif(current_setting('kelisim.erasing', true), '')::uuid)$policy$, name);
    END LOOP;
END $$;

RESET ROLE;
