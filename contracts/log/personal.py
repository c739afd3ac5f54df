"""The deletable store of personal data: what the ids and commitments of the log stand for."""

import hashlib
import hmac
import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap_with_padding,
    aes_key_wrap_with_padding,
)
from psycopg import Connection

from contracts.log.names import folded, nearest_russian, sort_key
from contracts.parties import Record

KIND = b"kelisim-person/1\n"
KEY, SALT, NONCE = 32, 32, 12
"""Bytes."""


def commitment(salt: bytes, record: Mapping[str, Any] | str) -> bytes:
    """What an event holds instead of a record or a free text. Raises ValueError."""
    if len(salt) != SALT:
        raise ValueError(f"the salt has {SALT} bytes: without it an IIN is guessed in seconds")
    return _commitment(salt + rfc8785.dumps(record))


@dataclass(frozen=True)
class PersonKey:
    """The data key of one person, wrapped."""

    person_id: UUID
    kek_id: str
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True)
class Sealed:
    """A record or a text, ready for the append of the event that holds its commitment (in hex)."""

    commitment: str
    key: PersonKey
    rows: Mapping[str, Mapping[str, Any]] = field(repr=False)
    """A row a table of schema `personal`."""


class SealedRecord(NamedTuple):
    """One version of a record as it is stored, with its person's wrapped key."""

    person_id: UUID
    kek_id: str
    wrapped: bytes
    version: int
    nonce: bytes
    ciphertext: bytes


@dataclass(frozen=True)
class Opened:
    """A record as it was sealed, with what proves it and what the next version needs."""

    record: Record
    version: int
    salt: bytes = field(repr=False)
    commitment: str
    key: PersonKey


@dataclass(frozen=True)
class Erased:
    """How many rows went."""

    person_keys: int
    person_data: int
    blobs: int
    lookup: int
    people: int


class CannotOpen(Exception):
    """A row was changed or exchanged, or wrapped with another key. Never says what it holds."""


def stored(sealed: Iterable[Sealed]) -> str | None:
    """The argument of `personal.store_v1`: the rows by table. None when there is nothing to store."""
    tables: dict[str, list[Mapping[str, Any]]] = {}
    for each in sealed:
        for table, row in each.rows.items():
            tables.setdefault(table, []).append(row)
    return json.dumps(tables) if tables else None


class PersonalStore:
    def __init__(self, person_key: bytes, lookup_key: bytes) -> None:
        self._kek = person_key
        self._kek_id = hashlib.sha256(b"kelisim-kek/1\n" + person_key).hexdigest()[:8]
        self._lookup_key = lookup_key

    # Sealing writes nothing: the rows ride in the append.

    def seal_record(
        self, person_id: UUID, version: int, record: Record, key: PersonKey | None = None
    ) -> Sealed:
        """Version 1 makes the person's key, a later one needs it: else an append that was decided before an
        erasure would bring the key back."""
        if (version == 1) != (key is None):
            raise ValueError("the first version makes the key of the person, and no other")
        key = key or self._new_key(person_id)
        plain = os.urandom(SALT) + rfc8785.dumps(record.plain)
        sealed = self._closed(person_id, key, plain, _of_record(person_id, version))
        data = {"person_id": str(person_id), "version": version}
        rows: dict[str, Mapping[str, Any]] = {
            "person_data": data | sealed,
            "lookup": {"digest": _bytea(self.digest(record.iin)), "person_id": str(person_id)},
            "people": data | _listed(record),
        }
        if version == 1:
            rows["person_keys"] = {
                "person_id": str(person_id),
                "kek_id": key.kek_id,
                "wrapped": _bytea(key.wrapped),
            }
        return Sealed(_commitment(plain).hex(), key, rows)

    def seal_text(self, person_id: UUID, text: str, key: PersonKey) -> Sealed:
        """A free text about this person: a reason, a note."""
        plain = os.urandom(SALT) + rfc8785.dumps(text)
        digest = _commitment(plain)
        sealed = self._closed(person_id, key, plain, _of_blob(person_id, digest))
        row = {"commitment": _bytea(digest), "person_id": str(person_id)}
        return Sealed(digest.hex(), key, {"blobs": row | sealed})

    def digest(self, iin: str) -> bytes:
        return hmac.digest(self._lookup_key, b"iin\n" + iin.encode(), "sha256")

    # Opening. Who was erased is not there.

    def find_person(self, connection: Connection[Any], iin: str) -> UUID | None:
        found = connection.execute(
            "SELECT person_id FROM personal.lookup WHERE digest = %s", [self.digest(iin)]
        ).fetchone()
        return found[0] if found else None

    def find_people(self, connection: Connection[Any], iins: Collection[str]) -> dict[str, UUID]:
        """Those of the numbers that somebody has, in one query."""
        digests = {self.digest(iin): iin for iin in iins}
        rows = connection.execute(
            "SELECT digest, person_id FROM personal.lookup WHERE digest = ANY(%s)", [list(digests)]
        )
        return {digests[digest]: person_id for digest, person_id in rows}

    def keys(self, connection: Connection[Any], person_ids: Collection[UUID]) -> dict[UUID, PersonKey]:
        rows = connection.execute(
            "SELECT person_id, kek_id, wrapped FROM personal.person_keys WHERE person_id = ANY(%s)",
            [list(person_ids)],
        )
        return {row[0]: PersonKey(*row) for row in rows}

    def open_record(
        self, connection: Connection[Any], person_id: UUID, version: int | None = None
    ) -> Opened | None:
        """The newest version, or the one asked for. Raises CannotOpen."""
        return self._records(connection, [person_id], version).get(person_id)

    def records(self, connection: Connection[Any], person_ids: Collection[UUID]) -> dict[UUID, Record]:
        """The newest of each, in one query. Raises CannotOpen."""
        opened = self._records(connection, person_ids, None)
        return {person_id: each.record for person_id, each in opened.items()}

    def opened(self, sealed: SealedRecord) -> Opened:
        """Raises CannotOpen."""
        person_id, version = sealed.person_id, sealed.version
        key = PersonKey(person_id, sealed.kek_id, sealed.wrapped)
        plain = self._plain(key, sealed.nonce, sealed.ciphertext, _of_record(person_id, version))
        record = msgspec.json.decode(plain[SALT:], type=Record)
        return Opened(record, version, plain[:SALT], _commitment(plain).hex(), key)

    def open_text(self, connection: Connection[Any], commitment: str) -> str | None:
        """Raises CannotOpen."""
        return self.texts(connection, [commitment]).get(commitment)

    def texts(self, connection: Connection[Any], commitments: Collection[str]) -> dict[str, str]:
        """By commitment as events hold it (hex), in one query. Raises CannotOpen."""
        rows = connection.execute(
            """SELECT person_id, kek_id, wrapped, commitment, nonce, ciphertext
               FROM personal.blobs JOIN personal.person_keys USING (person_id) WHERE commitment = ANY(%s)""",
            [[bytes.fromhex(commitment) for commitment in commitments]],
        )
        return {row[3].hex(): self._text(PersonKey(*row[:3]), *row[3:]) for row in rows}

    def _records(
        self, connection: Connection[Any], person_ids: Collection[UUID], version: int | None
    ) -> dict[UUID, Opened]:
        rows = connection.execute(
            """SELECT DISTINCT ON (person_id) person_id, kek_id, wrapped, version, nonce, ciphertext
               FROM personal.person_data JOIN personal.person_keys USING (person_id)
               WHERE person_id = ANY(%(people)s) AND version = coalesce(%(version)s, version)
               ORDER BY person_id, version DESC""",
            {"people": list(person_ids), "version": version},
        )
        return {row[0]: self.opened(SealedRecord._make(row)) for row in rows}

    def _text(self, key: PersonKey, digest: bytes, nonce: bytes, ciphertext: bytes) -> str:
        plain = self._plain(key, nonce, ciphertext, _of_blob(key.person_id, digest))
        return msgspec.json.decode(plain[SALT:], type=str)

    # The cipher

    def _new_key(self, person_id: UUID) -> PersonKey:
        return PersonKey(person_id, self._kek_id, aes_key_wrap_with_padding(self._kek, os.urandom(KEY)))

    def _cipher(self, key: PersonKey) -> AESGCM:
        if key.kek_id != self._kek_id:
            raise CannotOpen(f"person {key.person_id}: wrapped with key {key.kek_id}, not {self._kek_id}")
        try:
            return AESGCM(aes_key_unwrap_with_padding(self._kek, key.wrapped))
        except (InvalidUnwrap, ValueError) as error:
            raise CannotOpen(f"person {key.person_id}: the wrapped key was changed") from error

    def _closed(self, person_id: UUID, key: PersonKey, plain: bytes, about: bytes) -> dict[str, str]:
        if key.person_id != person_id:
            raise ValueError("the key is another person's")
        nonce = os.urandom(NONCE)
        ciphertext = self._cipher(key).encrypt(nonce, plain, about)
        return {"nonce": _bytea(nonce), "ciphertext": _bytea(ciphertext)}

    def _plain(self, key: PersonKey, nonce: bytes, ciphertext: bytes, about: bytes) -> bytes:
        try:
            return self._cipher(key).decrypt(nonce, ciphertext, about)
        except (InvalidTag, ValueError) as error:
            raise CannotOpen(f"person {key.person_id}: a row was changed or exchanged") from error


def erase(connection: Connection[Any], person_id: UUID) -> Erased:
    """Needs role kelisim_privacy. Part of the transaction that appends `person.erased`."""
    with connection.transaction():
        # Row-level security lets a DELETE meet this person only.
        connection.execute("SELECT set_config('kelisim.erasing', %s, true)", [str(person_id)])
        [counts] = connection.execute(
            """WITH data AS (DELETE FROM personal.person_data WHERE person_id = %(person)s RETURNING 1),
                 blobs AS (DELETE FROM personal.blobs WHERE person_id = %(person)s RETURNING 1),
                 lookup AS (DELETE FROM personal.lookup WHERE person_id = %(person)s RETURNING 1),
                 people AS (DELETE FROM personal.people WHERE person_id = %(person)s RETURNING 1),
                 keys AS (DELETE FROM personal.person_keys WHERE person_id = %(person)s RETURNING 1)
               SELECT (SELECT count(*) FROM keys), (SELECT count(*) FROM data), (SELECT count(*) FROM blobs),
                 (SELECT count(*) FROM lookup), (SELECT count(*) FROM people)""",
            {"person": person_id},
        )
    return Erased(*counts)


def _commitment(plain: bytes) -> bytes:
    """Of what is sealed: the salt, then the RFC 8785 form."""
    return hashlib.sha256(KIND + plain).digest()


def _of_record(person_id: UUID, version: int) -> bytes:
    """Associated data: a row that is put in another's place does not open."""
    return KIND + f"{person_id}\n{version}".encode()


def _of_blob(person_id: UUID, digest: bytes) -> bytes:
    return f"kelisim-blob/1\n{person_id}\n{digest.hex()}".encode()


def _bytea(value: bytes) -> str:
    return f"\\x{value.hex()}"


def _listed(record: Record) -> dict[str, str | None]:
    """The clear names for lists."""
    name, latin = _one_line(record.name), record.name_latin and _one_line(record.name_latin)
    spelt = f"{name} {latin or ''}"
    return {
        "name": name,
        "name_latin": latin,
        "folded": folded(spelt),
        "nearest": nearest_russian(spelt),
        "sort_key": _bytea(sort_key(record.name)),
    }


def _one_line(name: str) -> str:
    return " ".join(name.replace("\0", " ").split())  # text in PostgreSQL cannot hold NUL
