-- The mark: up to it nothing can appear later, so readers read up to it and no further.
SET LOCAL ROLE kelisim_owner;

-- Moves the mark up to what is true and returns it. A writer locks its floor before it asks for a position, and its
-- positions are above its floor. The top is read before the locks: a writer whose lock is not seen has ended, and what it
-- wrote is visible, or locks later, and its positions are above the top. Whoever calls this does no harm.
CREATE FUNCTION log.advance_v1() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
DECLARE
    top CONSTANT bigint := coalesce(pg_sequence_last_value('log.position_seq'), 0);
    low bigint;
    was bigint;
BEGIN
    SELECT m.position INTO was FROM log.mark m;
    IF top <= was THEN
        RETURN was;
    END IF;
    SELECT min(((l.classid::bigint & 65535) << 32) | l.objid::bigint) INTO low
    FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.classid::bigint >> 16 = 19269
      AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database());
    low := least(top, coalesce(low, top));
    IF low <= was THEN
        RETURN was;
    END IF;
    -- An event that stands at the new mark is durable, and with it everything below: a mark lost in a crash is only
    -- found again. Where the position was rolled back, the mark has to make durable that it was handed out: else it
    -- would be handed out once more after a crash, to an event that readers have passed.
    IF EXISTS (SELECT FROM log.events e WHERE e.position = low) THEN
        PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
    UPDATE log.mark m SET position = low WHERE m.position < low;
    IF FOUND THEN
        PERFORM pg_notify('kelisim_mark', low::text);
    END IF;
    RETURN low;
END $$;

-- Opens a new epoch when this is not the server history that the last one was written on. Returns the epoch in force.
CREATE FUNCTION log.open_epoch_v1() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
DECLARE
    timeline CONSTANT integer := ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer;
    system_id CONSTANT text := (SELECT c.system_identifier::text FROM pg_control_system() c);
    last log.epochs;
BEGIN
    SELECT e.* INTO last FROM log.epochs e ORDER BY e.epoch DESC LIMIT 1;
    IF last.timeline = timeline AND last.system_id = system_id THEN
        RETURN last.epoch;
    END IF;
    INSERT INTO log.epochs (epoch, timeline, system_id, from_position, began_at)
    SELECT coalesce(last.epoch, 0) + 1, timeline, system_id, m.position, log.now_v1() FROM log.mark m
    ON CONFLICT DO NOTHING;
    UPDATE log.mark m SET epoch = (SELECT max(e.epoch) FROM log.epochs e);
    RETURN (SELECT m.epoch FROM log.mark m);
END $$;

REVOKE ALL ON FUNCTION log.advance_v1, log.open_epoch_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.advance_v1 TO kelisim_app, kelisim_follow;
GRANT EXECUTE ON FUNCTION log.open_epoch_v1 TO kelisim_follow;

RESET ROLE;
