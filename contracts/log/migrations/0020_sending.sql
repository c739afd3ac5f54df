-- How notices leave: who wants them at an address of their own, and every letter that is on its way. Nothing of the
-- log: no decision reads it, and what it loses is written in the events. Times are of the real clock.
SET LOCAL ROLE kelisim_owner;

-- An address of an organisation's own program. Secrets are sealed; the old one still signs for a while.
CREATE TABLE edge.endpoints (
    endpoint_id  uuid PRIMARY KEY,
    bin          text NOT NULL,
    url          text NOT NULL,
    secret       bytea NOT NULL,
    old_secret   bytea,
    old_until    timestamptz,
    made_by      uuid NOT NULL,
    made_at      timestamptz NOT NULL DEFAULT now(),
    disabled_at  timestamptz,
    disabled_why text,
    waits_until  timestamptz           -- after something went wrong
);
CREATE INDEX endpoints_bin ON edge.endpoints (bin);

-- Up to which position of the log letters were made of its notices. What was recorded before anything could leave, and
-- what comes with a log from elsewhere, is not sent: nobody wants a year's letters in one night.
CREATE TABLE edge.posted (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint NOT NULL
);
INSERT INTO edge.posted (position) SELECT position FROM log.mark;

CREATE TABLE edge.letters (
    letter_id   uuid PRIMARY KEY,
    n           bigint GENERATED ALWAYS AS IDENTITY,  -- in the order of the log
    notice_id   uuid NOT NULL,
    stream_id   uuid NOT NULL,
    version     integer NOT NULL,      -- of the stream, with the event that the notice is about
    type        text NOT NULL,
    role        text NOT NULL,
    to_ref      text NOT NULL,         -- whose it is: person:<uuid> or org:<BIN>
    endpoint_id uuid REFERENCES edge.endpoints,  -- null: it goes by mail
    made_at     timestamptz NOT NULL DEFAULT now(),
    next_at     timestamptz NOT NULL DEFAULT now(),
    tries       integer NOT NULL DEFAULT 0,
    sent_at     timestamptz,
    dead_at     timestamptz,           -- given up, until somebody sends it again
    trouble     text,                  -- what went wrong the last time: a word, never what was answered
    UNIQUE NULLS NOT DISTINCT (notice_id, to_ref, endpoint_id)
);
CREATE INDEX letters_waiting ON edge.letters (endpoint_id, n) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE INDEX letters_dead ON edge.letters (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX letters_endpoint ON edge.letters (endpoint_id, n) WHERE endpoint_id IS NOT NULL;
CREATE INDEX letters_sent ON edge.letters (sent_at) WHERE sent_at IS NOT NULL;

-- A timer that was refused holds up no other of its stream.
GRANT UPDATE (due_at) ON log.streams TO kelisim_follow;

GRANT SELECT ON edge.endpoints, edge.posted, edge.letters TO kelisim_app, kelisim_follow;
GRANT INSERT ON edge.endpoints TO kelisim_app;
GRANT UPDATE (secret, old_secret, old_until, disabled_at, disabled_why, waits_until) ON edge.endpoints TO kelisim_app;
GRANT UPDATE (disabled_at, disabled_why, waits_until) ON edge.endpoints TO kelisim_follow;
GRANT UPDATE (position) ON edge.posted TO kelisim_follow;
GRANT UPDATE (next_at, tries, dead_at, trouble) ON edge.letters TO kelisim_app;
GRANT INSERT, UPDATE, DELETE ON edge.letters TO kelisim_follow;

RESET ROLE;
