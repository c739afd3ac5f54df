-- What the edge keeps for itself: who is signed in, unfinished forms, who looked at what. No contract data; no decision
-- reads it.
CREATE SCHEMA edge AUTHORIZATION kelisim_owner;
SET LOCAL ROLE kelisim_owner;
GRANT USAGE ON SCHEMA edge TO kelisim_app, kelisim_follow;

-- Which mode this database was first started in: a demo's people and keys must never meet real contracts.
CREATE TABLE edge.installation (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    mode  text NOT NULL CHECK (mode IN ('demo', 'test', 'production')),
    since timestamptz NOT NULL DEFAULT now());

-- Whom the identity provider's subject is here. Duties are those held beside any contract.
CREATE TABLE edge.identities (
    issuer    text,
    subject   text,
    person_id uuid NOT NULL,
    duties    text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (issuer, subject));

CREATE TABLE edge.demo_people (
    name         text PRIMARY KEY,
    person_id    uuid NOT NULL,
    on_behalf_of text,             -- org:<BIN> or person:<uuid>; null: oneself
    duties       text[] NOT NULL DEFAULT '{}');

CREATE TABLE edge.sessions (
    digest       bytea PRIMARY KEY CHECK (length(digest) = 32),   -- SHA-256 of what the cookie holds
    person_id    uuid NOT NULL,
    duties       text[] NOT NULL,
    on_behalf_of text,
    acr          text,             -- how sure the provider is of the person
    signed_in_at timestamptz NOT NULL DEFAULT now(),
    seen_at      timestamptz NOT NULL DEFAULT now());
CREATE INDEX sessions_person ON edge.sessions (person_id);

-- A sign-in under way at the identity provider.
CREATE TABLE edge.sign_ins (
    state    bytea PRIMARY KEY CHECK (length(state) = 32),        -- SHA-256 of the state that comes back
    nonce    text NOT NULL,
    verifier text NOT NULL,        -- PKCE
    back     text NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now());

-- Unfinished forms, sealed for the person who fills them in.
CREATE TABLE edge.form_drafts (
    draft_id   uuid PRIMARY KEY,
    person_id  uuid NOT NULL,
    form       text NOT NULL,
    nonce      bytea NOT NULL,
    ciphertext bytea NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX form_drafts_person ON edge.form_drafts (person_id, changed_at);

-- Written before the first byte of an answer goes out. Never changed; the edge may only add.
CREATE TABLE edge.reads (
    read_id      uuid PRIMARY KEY,
    at           timestamptz NOT NULL DEFAULT log.now_v1(),
    actor        text NOT NULL,
    on_behalf_of text,
    purpose      text,
    question     text NOT NULL,
    subject      uuid,             -- the contract, person or organisation asked for; null: a list
    shown        uuid[] NOT NULL DEFAULT '{}',                    -- the contracts or people that a list showed
    known_at     timestamptz,
    "position"   bigint,
    request_id   text NOT NULL);
CREATE INDEX reads_subject ON edge.reads (subject, read_id);
CREATE INDEX reads_shown ON edge.reads USING gin (shown);
CREATE INDEX reads_actor ON edge.reads (actor, read_id);

-- Addresses for calendar programs, which cannot send a header.
CREATE TABLE edge.calendar_keys (
    digest       bytea PRIMARY KEY CHECK (length(digest) = 32),
    person_id    uuid NOT NULL,
    on_behalf_of text,
    made_at      timestamptz NOT NULL DEFAULT now());
CREATE INDEX calendar_keys_person ON edge.calendar_keys (person_id);

GRANT SELECT ON ALL TABLES IN SCHEMA edge TO kelisim_app, kelisim_follow;
GRANT INSERT ON ALL TABLES IN SCHEMA edge TO kelisim_app;
GRANT UPDATE (seen_at, on_behalf_of) ON edge.sessions TO kelisim_app;
GRANT UPDATE (nonce, ciphertext, changed_at) ON edge.form_drafts TO kelisim_app;
GRANT UPDATE (person_id, duties) ON edge.identities TO kelisim_app;
GRANT UPDATE (person_id, on_behalf_of, duties) ON edge.demo_people TO kelisim_app;
GRANT DELETE ON edge.sessions, edge.sign_ins, edge.form_drafts, edge.calendar_keys, edge.identities TO kelisim_app;

-- Which organisations somebody acts for stands in the organisations' streams; this finds the streams.
CREATE INDEX events_signatory ON log.events ((data -> 'mandate' ->> 'person'))
    WHERE type = 'organisation.signatory_changed';

RESET ROLE;
