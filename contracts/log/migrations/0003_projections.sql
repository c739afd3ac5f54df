-- What all projections need beside their books in log.projections: a schema for each version of each, and one for the
-- views through which everybody reads the version that is live.

-- `fingerprint`: of the tables and rules that made the rows, so that a newer program knows that they are not its own.
ALTER TABLE log.projections
    ADD COLUMN fingerprint text,
    ADD COLUMN changed_at timestamptz;  -- when `state` changed: a retired version is dropped a day later
ALTER TABLE log.projections ADD CHECK (state IN ('live', 'filling', 'retired'));
ALTER TABLE log.projections SET (fillfactor = 10);  -- changed with every batch
CREATE UNIQUE INDEX projections_live ON log.projections (name) WHERE state = 'live';
CREATE INDEX dead_letters_stream ON log.dead_letters (projection, version, stream_id);

CREATE SCHEMA projections AUTHORIZATION kelisim_follow;
GRANT USAGE ON SCHEMA projections TO kelisim_app, kelisim_privacy;

-- Of whoever migrates, since making a schema is a right on the database. The followers own what they make in it.
CREATE FUNCTION log.open_projection_v1(name text, version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
BEGIN
    IF name !~ '^[a-z][a-z_]{1,40}$' OR version < 1 THEN
        RAISE EXCEPTION 'no projection is named so: %', name USING ERRCODE = 'KL004';
    END IF;
    EXECUTE format('CREATE SCHEMA %I AUTHORIZATION kelisim_follow', 'p_' || name || '_v' || version);
END $$;

REVOKE ALL ON FUNCTION log.open_projection_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.open_projection_v1 TO kelisim_follow;
