"""The edge's own tables: sign-in, unfinished forms, calendars. Times here are of the real clock."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row, scalar_row

from contracts.relations import Caller

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SIGNING_IN = timedelta(minutes=10)
KEPT = timedelta(days=30)
"""How long a session may rest and last, a sign-in may take, and an unfinished form is kept."""

TOUCHED = timedelta(minutes=1)
"""A session's rest is counted from a mark no older than this: one write a minute is enough."""


@dataclass(frozen=True)
class Account:
    """Whom a subject or a demo name stands for."""

    person_id: UUID
    duties: list[str] = field(default_factory=list)
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class Session:
    person_id: UUID
    duties: list[str]
    on_behalf_of: str | None
    acr: str | None
    signed_in_at: datetime


@dataclass(frozen=True)
class SignIn:
    nonce: str
    verifier: str
    back: str


@dataclass(frozen=True)
class SealedDraft:
    draft_id: UUID
    form: str
    nonce: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)
    changed_at: datetime


Connected = Connection[Any]


def fixed_mode(connection: Connected, mode: str) -> str:
    """The mode that this database was first started in: this one, if it is the first."""
    connection.execute("INSERT INTO edge.installation (mode) VALUES (%s) ON CONFLICT DO NOTHING", [mode])
    [mode] = connection.execute("SELECT mode FROM edge.installation").fetchone() or [mode]
    return mode


# Who is who


def identity(connection: Connected, issuer: str, subject: str) -> Account | None:
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(
            "SELECT person_id, duties FROM edge.identities WHERE (issuer, subject) = (%s, %s)",
            [issuer, subject],
        ).fetchone()


def admit(connection: Connected, issuer: str, subject: str, account: Account) -> None:
    connection.execute(
        """INSERT INTO edge.identities (issuer, subject, person_id, duties) VALUES (%s, %s, %s, %s)
           ON CONFLICT (issuer, subject)
           DO UPDATE SET (person_id, duties) = (excluded.person_id, excluded.duties)""",
        [issuer, subject, account.person_id, account.duties],
    )


def demo_people(connection: Connected) -> dict[str, Account]:
    rows = connection.execute("SELECT name, person_id, duties, on_behalf_of FROM edge.demo_people")
    return {name: Account(*rest) for name, *rest in rows}


def demo_duties(connection: Connected, person: UUID) -> list[str]:
    """Under whatever name."""
    row = connection.execute("SELECT duties FROM edge.demo_people WHERE person_id = %s", [person]).fetchone()
    return row[0] if row else []


def name_demo_person(connection: Connected, name: str, account: Account) -> None:
    connection.execute(
        f"""{NAMED} DO UPDATE SET (person_id, on_behalf_of, duties)
              = (excluded.person_id, excluded.on_behalf_of, excluded.duties)""".encode(),
        [name, account.person_id, account.on_behalf_of, account.duties],
    )


def name_if_free(connection: Connected, name: str, account: Account) -> None:
    """Of processes that start at once the first one does."""
    row = [name, account.person_id, account.on_behalf_of, account.duties]
    connection.execute(f"{NAMED} DO NOTHING".encode(), row)


NAMED = """INSERT INTO edge.demo_people (name, person_id, on_behalf_of, duties) VALUES (%s, %s, %s, %s)
           ON CONFLICT (name)"""


def signatory_of(connection: Connected, person: UUID) -> list[UUID]:
    """Streams of the organisations that ever gave or took this person's mandate."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(
            """SELECT DISTINCT stream_id FROM log.events
               WHERE type = 'organisation.signatory_changed' AND data -> 'mandate' ->> 'person' = %s""",
            [str(person)],
        ).fetchall()


# Sessions


def open_session(connection: Connected, digest: bytes, account: Account, acr: str | None) -> None:
    connection.execute(
        """INSERT INTO edge.sessions (digest, person_id, duties, on_behalf_of, acr)
           VALUES (%s, %s, %s, %s, %s)""",
        [digest, account.person_id, account.duties, account.on_behalf_of, acr],
    )


def session(connection: Connected, digest: bytes) -> Session | None:
    """None where it has rested or lasted too long."""
    limits = {"digest": digest, "idle": IDLE, "longest": LONGEST, "touched": TOUCHED}
    with connection.cursor(row_factory=class_row(Session)) as cursor:
        found = cursor.execute(
            """SELECT person_id, duties, on_behalf_of, acr, signed_in_at FROM edge.sessions
               WHERE digest = %(digest)s AND seen_at > now() - %(idle)s
                 AND signed_in_at > now() - %(longest)s""",
            limits,
        ).fetchone()
    if found:
        connection.execute(
            """UPDATE edge.sessions SET seen_at = now()
               WHERE digest = %(digest)s AND seen_at < now() - %(touched)s""",
            limits,
        )
    return found


def act_for(connection: Connected, digest: bytes, on_behalf_of: str | None) -> None:
    connection.execute("UPDATE edge.sessions SET on_behalf_of = %s WHERE digest = %s", [on_behalf_of, digest])


def end_session(connection: Connected, digest: bytes) -> None:
    connection.execute("DELETE FROM edge.sessions WHERE digest = %s", [digest])


def begin_sign_in(connection: Connected, state: bytes, begun: SignIn) -> None:
    connection.execute(
        "INSERT INTO edge.sign_ins (state, nonce, verifier, back) VALUES (%s, %s, %s, %s)",
        [state, begun.nonce, begun.verifier, begun.back],
    )


def take_sign_in(connection: Connected, state: bytes) -> SignIn | None:
    """Once: it is gone afterwards."""
    with connection.cursor(row_factory=class_row(SignIn)) as cursor:
        return cursor.execute(
            """DELETE FROM edge.sign_ins WHERE state = %s AND begun_at > now() - %s
               RETURNING nonce, verifier, back""",
            [state, SIGNING_IN],
        ).fetchone()


def sweep(connection: Connected) -> None:
    """Removes what has had its time."""
    connection.execute("DELETE FROM edge.sessions WHERE signed_in_at < now() - %s", [LONGEST])
    connection.execute("DELETE FROM edge.sign_ins WHERE begun_at < now() - %s", [SIGNING_IN])
    connection.execute("DELETE FROM edge.form_drafts WHERE changed_at < now() - %s", [KEPT])


# Unfinished forms


def keep_draft(connection: Connected, person: UUID, draft: SealedDraft) -> None:
    connection.execute(
        """INSERT INTO edge.form_drafts (draft_id, person_id, form, nonce, ciphertext)
           VALUES (%s, %s, %s, %s, %s)
           ON CONFLICT (draft_id) DO UPDATE SET (nonce, ciphertext, changed_at)
             = (excluded.nonce, excluded.ciphertext, now())
           WHERE form_drafts.person_id = excluded.person_id""",
        [draft.draft_id, person, draft.form, draft.nonce, draft.ciphertext],
    )


def drafts(connection: Connected, person: UUID) -> list[SealedDraft]:
    """Newest first, of this person alone."""
    with connection.cursor(row_factory=class_row(SealedDraft)) as cursor:
        return cursor.execute(
            """SELECT draft_id, form, nonce, ciphertext, changed_at FROM edge.form_drafts
               WHERE person_id = %s AND changed_at > now() - %s ORDER BY changed_at DESC""",
            [person, KEPT],
        ).fetchall()


def drop_draft(connection: Connected, person: UUID, draft_id: UUID) -> None:
    connection.execute(
        "DELETE FROM edge.form_drafts WHERE (person_id, draft_id) = (%s, %s)", [person, draft_id]
    )


# Calendars


def add_calendar(connection: Connected, digest: bytes, caller: Caller) -> None:
    connection.execute(
        "INSERT INTO edge.calendar_keys (digest, person_id, on_behalf_of) VALUES (%s, %s, %s)",
        [digest, caller.person, caller.on_behalf_of],
    )


def calendar_of(connection: Connected, digest: bytes) -> Account | None:
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(
            "SELECT person_id, on_behalf_of FROM edge.calendar_keys WHERE digest = %s", [digest]
        ).fetchone()


def end_calendars(connection: Connected, person: UUID) -> None:
    connection.execute("DELETE FROM edge.calendar_keys WHERE person_id = %s", [person])
