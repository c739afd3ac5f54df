-- Wishes that were refused, the timers' too: who tried what, and which rules stood in the way. No personal data.

CREATE TABLE log.attempts (
  attempt_id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT log.now_v1(),
  actor text NOT NULL,
  on_behalf_of text,
  command text NOT NULL,
  subject uuid,
  rules text[] NOT NULL,
  facts json NOT NULL,
  request_id text NOT NULL
);
CREATE INDEX attempts_subject ON log.attempts (subject, at);
CREATE INDEX attempts_at ON log.attempts (at);
GRANT SELECT, INSERT ON log.attempts TO kelisim_app, kelisim_follow;
