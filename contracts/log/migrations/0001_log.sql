-- The log's tables. Who may do what with them: kelisim_owner owns everything and nobody logs in as it; kelisim_app reads
-- and calls the functions; kelisim_follow (sequencer, projections, timers) also keeps the books of what follows the log;
-- kelisim_privacy may delete from the personal store. None of them can change an event.

-- Roles belong to the whole server, and several databases of one server may be migrated at the same moment.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['kelisim_owner', 'kelisim_app', 'kelisim_follow', 'kelisim_privacy'] LOOP
        FOR attempt IN 1..20 LOOP
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                    EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
                END IF;
                -- From 16 on a membership may be one that does not allow SET ROLE, as the maker's own at first is.
                IF NOT EXISTS (
                    SELECT FROM pg_auth_members m
                    WHERE m.roleid = wanted::regrole AND m.member = current_user::regrole
                      AND coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)
                ) THEN
                    EXECUTE format('GRANT %I TO %I', wanted, current_user);
                END IF;
                IF wanted = 'kelisim_app' AND NOT EXISTS (
                    SELECT FROM pg_db_role_setting WHERE setrole = wanted::regrole AND setdatabase = 0
                ) THEN
                    -- On the role and not by SET, so that a pooler does not lose them.
                    EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', wanted, '1s');
                    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', wanted, '3s');
                    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', wanted, '2s');
                END IF;
                EXIT;
            EXCEPTION WHEN duplicate_object OR unique_violation OR internal_error THEN
                PERFORM pg_sleep(0.05 * random());  -- another database's migration was a moment earlier
            END;
        END LOOP;
    END LOOP;
END $$;

ALTER SCHEMA log OWNER TO kelisim_owner;
ALTER TABLE log.migrations OWNER TO kelisim_owner;
GRANT USAGE ON SCHEMA log TO kelisim_app, kelisim_follow, kelisim_privacy;

SET LOCAL ROLE kelisim_owner;

-- CACHE must stay 1: sessions would otherwise hand out positions below the floor that they locked.
CREATE SEQUENCE log.position_seq AS bigint CACHE 1;

-- No CHECK here: PostgreSQL reads its text anew for each INSERT. log.append_v1, the only way in, looks itself.
CREATE TABLE log.events (
    position       bigint NOT NULL DEFAULT nextval('log.position_seq'),
    stream_id      uuid NOT NULL,
    stream_version integer NOT NULL,
    type           text NOT NULL,
    schema_version smallint NOT NULL,
    event_id       uuid NOT NULL,
    data           json NOT NULL,  -- json and not jsonb: the text stays as it was hashed
    metadata       json NOT NULL,
    effective_on   date,           -- null: holds from no day of its own
    recorded_at    timestamptz NOT NULL,
    prev_hash      bytea NOT NULL,
    hash           bytea NOT NULL,
    PRIMARY KEY (position)
) PARTITION BY RANGE (position);

-- Unique within a partition only; that versions have no double rests on the head in log.streams.
CREATE INDEX events_stream ON log.events (stream_id, stream_version);

CREATE TABLE log.streams (
    stream_id uuid PRIMARY KEY,
    kind      text NOT NULL,
    version   integer NOT NULL,
    hash      bytea NOT NULL
) WITH (fillfactor = 80);

-- stream_id and last_version find what a repeated key is answered with; `versions` only where there were several streams.
CREATE TABLE log.idempotency (
    key          text PRIMARY KEY,
    request_hash bytea NOT NULL,
    stream_id    uuid NOT NULL,
    last_version integer NOT NULL,
    versions     json,
    answer       json,
    recorded_at  timestamptz NOT NULL,
    confirmed    boolean NOT NULL DEFAULT false
) WITH (fillfactor = 90);
CREATE INDEX idempotency_age ON log.idempotency USING brin (recorded_at)
    WITH (pages_per_range = 32, autosummarize = on);  -- for those who forget old keys

-- Each write takes a version never used before, so that a place that was left and taken again is not taken for unmoved.
CREATE SEQUENCE log.boundary_seq AS bigint;

CREATE TABLE log.boundary (
    kind    text COLLATE "C",
    key     text COLLATE "C",
    version bigint NOT NULL,
    state   json,
    PRIMARY KEY (kind, key)
) WITH (fillfactor = 80);

CREATE TABLE log.timers (
    stream_id     uuid,
    name          text,
    due_at        timestamptz NOT NULL,
    tried_version integer,  -- of the stream, when it was refused last
    PRIMARY KEY (stream_id, name)
);
CREATE INDEX timers_due ON log.timers (due_at);

-- The outbox. Rows are the log's own until they leave: the sender only sets sent_at.
CREATE TABLE log.notices (
    notice_id      uuid NOT NULL,
    stream_id      uuid NOT NULL,
    stream_version integer NOT NULL,
    name           text NOT NULL,
    to_role        text NOT NULL,
    to_ref         text,
    on_day         date,
    created_at     timestamptz NOT NULL,
    sent_at        timestamptz,
    PRIMARY KEY (stream_id, notice_id)
) WITH (fillfactor = 90);
CREATE INDEX notices_unsent ON log.notices (notice_id) WHERE sent_at IS NULL;

CREATE TABLE log.mark (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint NOT NULL,
    epoch    integer NOT NULL
) WITH (fillfactor = 10);
INSERT INTO log.mark (position, epoch) VALUES (0, 0);

CREATE TABLE log.epochs (
    epoch         integer PRIMARY KEY,
    timeline      integer NOT NULL,
    system_id     text NOT NULL,
    from_position bigint NOT NULL,
    began_at      timestamptz NOT NULL
);

CREATE TABLE log.projections (
    name     text,
    version  integer,
    position bigint NOT NULL,
    state    text NOT NULL,
    error    text,
    PRIMARY KEY (name, version)
);

CREATE TABLE log.dead_letters (
    projection text,
    version    integer,
    position   bigint,
    stream_id  uuid,
    tries      integer,
    error      text,
    at         timestamptz,
    PRIMARY KEY (projection, version, position)
);

-- The test clock: microseconds to add to the real one; not called = not set. A sequence, because it is read without a
-- statement of its own in every append.
CREATE SEQUENCE log.test_clock AS bigint MINVALUE -9223372036854775807 START 1;

GRANT SELECT ON ALL TABLES IN SCHEMA log TO kelisim_app, kelisim_follow, kelisim_privacy;
GRANT SELECT ON log.test_clock, log.position_seq TO kelisim_app, kelisim_follow, kelisim_privacy;
GRANT INSERT, UPDATE, DELETE ON log.projections, log.dead_letters TO kelisim_follow;
GRANT UPDATE (tried_version) ON log.timers TO kelisim_follow;
GRANT UPDATE (sent_at) ON log.notices TO kelisim_follow;
GRANT DELETE ON log.idempotency TO kelisim_follow;

-- Clock

CREATE FUNCTION log.now_v1() RETURNS timestamptz LANGUAGE sql VOLATILE
RETURN clock_timestamp() + coalesce(pg_sequence_last_value('log.test_clock'), 0) * interval '1 microsecond';

-- History cannot be changed, by its owner neither

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = log, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'events are never changed or removed' USING ERRCODE = 'KL006', DETAIL = TG_OP;
END $$;

-- Row triggers are cloned to each partition; a statement trigger on the parent would not see a statement that names one.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log.events
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON log.events
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

-- Partitions of ten million positions, each about 8 GB at 600 bytes an event; `ahead` empty ones wait. Returns how many
-- it made. Built beside and then attached, because CREATE TABLE ... PARTITION OF would lock appends out.
CREATE FUNCTION log.add_partitions_v1(ahead integer DEFAULT 2) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
DECLARE
    size CONSTANT bigint := 10000000;
    current bigint := coalesce(pg_sequence_last_value('log.position_seq'), 0) / size;
    made integer := 0;
    name text;
BEGIN
    PERFORM pg_advisory_xact_lock(19269, 4);  -- 1: sequencer, 2: timers, 3: migrations
    FOR n IN 0..current + ahead LOOP
        name := 'events_' || n;
        CONTINUE WHEN to_regclass('log.' || name) IS NOT NULL;
        EXECUTE format('CREATE TABLE log.%I (LIKE log.events INCLUDING ALL)', name);
        EXECUTE format(
            'CREATE TRIGGER never_emptied BEFORE TRUNCATE ON log.%I FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change()',
            name
        );
        EXECUTE format('GRANT SELECT ON log.%I TO kelisim_app, kelisim_follow, kelisim_privacy', name);
        EXECUTE format(
            'ALTER TABLE log.events ATTACH PARTITION log.%I FOR VALUES FROM (%s) TO (%s)', name, n * size, (n + 1) * size
        );
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

SELECT log.add_partitions_v1();

REVOKE ALL ON FUNCTION log.now_v1, log.refuse_change, log.add_partitions_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.now_v1() TO kelisim_app, kelisim_follow, kelisim_privacy;
GRANT EXECUTE ON FUNCTION log.add_partitions_v1(integer) TO kelisim_follow;

RESET ROLE;
