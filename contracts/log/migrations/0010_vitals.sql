-- What tells whether the log is well and only whoever connects as the service's user, or better, may see. Of whoever
-- migrates, who normally is that user; what that one may not see either is null.
CREATE FUNCTION log.sessions_v1(
    OUT floor_pid integer,  -- of the session that has held the mark back for longest
    OUT floor_seconds float,
    OUT oldest_snapshot_seconds float,  -- dead rows younger than it cannot be removed
    OUT replicas bigint,
    OUT replica_lag_seconds float,
    OUT replica_lag_bytes bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
BEGIN
    SELECT l.pid, extract(epoch FROM clock_timestamp() - a.xact_start) INTO floor_pid, floor_seconds
    FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.classid::bigint >> 16 = 19269
      AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
    ORDER BY a.xact_start LIMIT 1;
    SELECT max(extract(epoch FROM clock_timestamp() - a.xact_start)) INTO oldest_snapshot_seconds
    FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.backend_xmin IS NOT NULL AND a.backend_type = 'client backend';
    SELECT count(*), max(extract(epoch FROM r.replay_lag)), max(pg_wal_lsn_diff(pg_current_wal_lsn(), r.replay_lsn))
    INTO replicas, replica_lag_seconds, replica_lag_bytes
    FROM pg_stat_replication r;
END $$;

REVOKE ALL ON FUNCTION log.sessions_v1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.sessions_v1 TO kelisim_app, kelisim_follow;
