"""People who do not exist, and how the tests keep them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID, uuid4

import psycopg

from contracts.log.personal import PersonalStore, Record, Sealed, stored

PERSON_KEY, LOOKUP_KEY = bytes(range(32)), bytes(range(32, 64))
STORE = PersonalStore(PERSON_KEY, LOOKUP_KEY)
AISULU = Record(
    iin="100315690008",
    name="Әйсұлу Демо",
    name_latin="Aisulu Demo",
    born_on=date(2010, 3, 15),
    phone="+77010000001",
    email="aisulu@demo.example",
    language="kk",
)
DANIYAR = Record(iin="090517590005", name="Данияр Демо", born_on=date(2009, 5, 17))
REASON = "Басқа мамандық таңдадым"
TABLES = ["person_keys", "person_data", "blobs", "lookup", "people"]


@contextmanager
def connected(database: str, role: str) -> Iterator[psycopg.Connection]:
    options = f"-c role={role} -c lock_timeout=5s"
    with psycopg.connect(database, options=options, autocommit=True) as connection:
        yield connection


def store(owner: psycopg.Connection, *sealed: Sealed) -> None:
    owner.execute("SELECT personal.store_v1(%s)", [stored(sealed)])


def keep(owner: psycopg.Connection, record: Record, *texts: str) -> tuple[UUID, list[Sealed]]:
    """A person with one record and these texts. Returns the id and what was sealed."""
    person_id = uuid4()
    first = STORE.seal_record(person_id, 1, record)
    sealed = [first, *(STORE.seal_text(person_id, text, first.key) for text in texts)]
    store(owner, *sealed)
    return person_id, sealed


def rows(connection: psycopg.Connection, table: str) -> list[str]:
    return [row for (row,) in connection.execute(f"SELECT t::text FROM personal.{table} t")]
