"""Unfinished forms of a person, kept sealed for 30 days: no contract data, and no decision reads them."""

import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api import store
from api.house import House
from api.store import SealedDraft

NONCE = 12
"""Bytes."""

CARRIED = UUID(int=0)
"""In place of a draft's id: what a page carries is no draft."""


@dataclass(frozen=True)
class FormDraft:
    """What was typed into `form` so far, by field."""

    id: UUID
    form: str
    answers: dict[str, str]
    changed_at: datetime


def keep(house: House, person: UUID, id_: UUID, form: str, answers: dict[str, str]) -> None:
    nonce, sealed = _closed(house, answers, _about(person, id_, form))
    with house.pool.connection() as connection:
        store.keep_draft(connection, person, SealedDraft(id_, form, nonce, sealed, house.recorder.now()))


def of(house: House, person: UUID) -> list[FormDraft]:
    """Newest first. One that does not open, because its key is gone, is not there."""
    with house.pool.connection() as connection:
        found = store.drafts(connection, person)
    opened = ((sealed, _opened(house, person, sealed)) for sealed in found)
    return [
        FormDraft(sealed.draft_id, sealed.form, answers, sealed.changed_at)
        for sealed, answers in opened
        if answers is not None
    ]


def drop(house: House, person: UUID, id_: UUID) -> None:
    with house.pool.connection() as connection:
        store.drop_draft(connection, person, id_)


def sealed(house: House, person: UUID, form: str, answers: dict[str, str]) -> str:
    """Answers as text that a page carries and nobody can read or change there."""
    return urlsafe_b64encode(b"".join(_closed(house, answers, _about(person, CARRIED, form)))).decode()


def unsealed(house: House, person: UUID, form: str, text: str) -> dict[str, str] | None:
    """None where the text is not what this person was given for this form."""
    try:
        raw = urlsafe_b64decode(text)
    except ValueError:
        return None
    return _answers(house, raw[:NONCE], raw[NONCE:], _about(person, CARRIED, form))


def _opened(house: House, person: UUID, sealed: SealedDraft) -> dict[str, str] | None:
    return _answers(house, sealed.nonce, sealed.ciphertext, _about(person, sealed.draft_id, sealed.form))


def _closed(house: House, answers: dict[str, str], about: bytes) -> tuple[bytes, bytes]:
    """Nonce and ciphertext."""
    nonce = os.urandom(NONCE)
    return nonce, _cipher(house).encrypt(nonce, msgspec.json.encode(answers), about)


def _answers(house: House, nonce: bytes, ciphertext: bytes, about: bytes) -> dict[str, str] | None:
    """None where it was not closed with this key for that."""
    try:
        plain = _cipher(house).decrypt(nonce, ciphertext, about)
    except (InvalidTag, ValueError):  # of another length, it is not even a nonce
        return None
    return msgspec.json.decode(plain, type=dict[str, str])


def _cipher(house: House) -> AESGCM:
    """With a key of its own that follows from the one for people: losing that loses these too."""
    return AESGCM(hashlib.sha256(b"kelisim-drafts/1\n" + house.keys.person).digest())


def _about(person: UUID, id_: UUID, form: str) -> bytes:
    return f"kelisim-draft/1\n{person}\n{id_}\n{form}".encode()
