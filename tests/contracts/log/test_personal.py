"""A record that is sealed can be opened, found and listed, and its event holds a commitment only."""

import hashlib
import hmac
from dataclasses import asdict, replace
from threading import Thread
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.log.appending import Append, Head, NewEvent
from contracts.log.connections import connect
from contracts.log.errors import BoundaryMoved, VersionMoved
from contracts.log.personal import PersonalStore, Record, commitment, stored
from contracts.log.recorder import Recorder
from tests.contracts.log.personal_examples import (
    AISULU,
    DANIYAR,
    LOOKUP_KEY,
    PERSON_KEY,
    REASON,
    STORE,
    connected,
    keep,
    rows,
    store,
)

RECORDS = st.builds(
    Record,
    iin=st.text("0123456789", min_size=12, max_size=12),
    name=st.text(st.characters(codec="utf-8"), min_size=1),
    name_latin=st.none() | st.text(st.characters(codec="utf-8")),
    born_on=st.dates(),
    phone=st.none() | st.text(st.characters(codec="utf-8")),
    email=st.none() | st.emails(),
    language=st.sampled_from([None, "kk", "ru", "en"]),
)
WAITING = """SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
             WHERE NOT granted AND datname = current_database()"""
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def owner(database):
    with connected(database, "kelisim_owner") as connection:
        yield connection


@pytest.fixture
def app(database):
    with connected(database, "kelisim_app") as connection:
        yield connection


# Commitments


def test_a_commitment_is_the_digest_of_salt_and_canonical_record():
    salt = bytes(range(32))
    record = {"name": "Әйсұлу Демо", "iin": "100315690008"}
    text = '{"iin":"100315690008","name":"Әйсұлу Демо"}'
    assert commitment(salt, record) == hashlib.sha256(b"kelisim-person/1\n" + salt + text.encode()).digest()


def test_a_text_is_committed_to_in_the_same_way():
    salt = bytes(32)
    expected = hashlib.sha256(b"kelisim-person/1\n" + salt + f'"{REASON}"'.encode()).digest()
    assert commitment(salt, REASON) == expected


@pytest.mark.parametrize("salt", [b"", bytes(31), bytes(33)])
def test_a_commitment_needs_its_whole_salt(salt):
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(salt, {})


def test_what_is_not_known_is_no_part_of_the_record():
    assert DANIYAR.plain == {"iin": "090517590005", "name": "Данияр Демо", "born_on": "2009-05-17"}


def test_two_sealings_of_the_same_record_have_nothing_in_common():
    person_id = uuid4()
    one, other = (STORE.seal_record(person_id, 1, AISULU) for _ in range(2))
    assert one.commitment != other.commitment
    assert one.key != other.key
    assert one.rows["person_data"]["ciphertext"] != other.rows["person_data"]["ciphertext"]
    texts = [STORE.seal_text(person_id, REASON, one.key) for _ in range(2)]
    assert texts[0].commitment != texts[1].commitment


# Sealed and opened


def test_a_record_opens_as_it_was_sealed(owner, app):
    person_id, [sealed] = keep(owner, AISULU)
    opened = STORE.open_record(app, person_id)
    assert (opened.record, opened.version, opened.commitment) == (AISULU, 1, sealed.commitment)
    assert commitment(opened.salt, opened.record.plain).hex() == sealed.commitment


@MANY
@given(record=RECORDS)
def test_every_record_opens_as_it_was_sealed(owner, app, record):
    owner.execute("DELETE FROM personal.lookup")  # numbers may be drawn twice
    person_id, [sealed] = keep(owner, record)
    opened = STORE.open_record(app, person_id)
    assert (opened.record, opened.commitment) == (record, sealed.commitment)


@MANY
@given(text=st.text(st.characters(codec="utf-8")))
def test_every_text_opens_as_it_was_sealed(owner, app, text):
    owner.execute("DELETE FROM personal.lookup")
    _, [_, sealed] = keep(owner, DANIYAR, text)
    assert STORE.open_text(app, sealed.commitment) == text


def test_half_a_character_is_refused_before_it_is_sealed():
    person_id = uuid4()
    key = STORE.seal_record(person_id, 1, AISULU).key
    with pytest.raises(ValueError, match="UTF-8"):
        STORE.seal_text(person_id, "\ud800", key)


def test_many_are_opened_in_one_query(owner, app):
    first, [_, reason] = keep(owner, AISULU, REASON)
    second, [_, note] = keep(owner, DANIYAR, "кеш")
    assert STORE.records(app, [first, second, uuid4()]) == {first: AISULU, second: DANIYAR}
    assert STORE.texts(app, [reason.commitment, note.commitment, "00" * 32]) == {
        reason.commitment: REASON,
        note.commitment: "кеш",
    }
    assert STORE.keys(app, [first])[first] == reason.key
    assert STORE.records(app, []) == STORE.texts(app, []) == {}


def test_changed_contacts_make_the_next_version_and_keep_the_one_before(owner, app):
    person_id, [first] = keep(owner, AISULU)
    opened = STORE.open_record(app, person_id)
    changed = replace(opened.record, phone="+77010000002", name="Әйсұлу Демова")
    second = STORE.seal_record(person_id, opened.version + 1, changed, opened.key)
    store(owner, second)
    assert second.commitment != first.commitment
    assert STORE.records(app, [person_id]) == {person_id: changed}
    assert STORE.open_record(app, person_id).version == 2
    assert STORE.open_record(app, person_id, 1).record == AISULU
    assert STORE.open_record(app, person_id, 3) is None
    assert [row["name"] for row in listed(app)] == ["Әйсұлу Демова"]


@pytest.mark.parametrize("version", [1, 2])
def test_only_the_first_version_makes_the_key(version):
    key = STORE.seal_record(uuid4(), 1, AISULU).key if version == 1 else None
    with pytest.raises(ValueError, match="first version"):
        STORE.seal_record(uuid4(), version, AISULU, key)


def test_nothing_is_sealed_with_the_key_of_another():
    key = STORE.seal_record(uuid4(), 1, AISULU).key
    with pytest.raises(ValueError, match="another person's"):
        STORE.seal_record(uuid4(), 2, AISULU, key)
    with pytest.raises(ValueError, match="another person's"):
        STORE.seal_text(uuid4(), REASON, key)


def test_a_record_with_a_field_of_a_later_version_opens(owner, app):
    class Later(Record):
        plain = property(lambda self: Record.plain.fget(self) | {"address": "Алматы"})

    person_id, [sealed] = keep(owner, Later(**asdict(DANIYAR)))
    opened = STORE.open_record(app, person_id)
    assert (opened.record, opened.commitment) == (DANIYAR, sealed.commitment)


# Stored with its event


def registered(person_id, record, expected=0):
    sealed = STORE.seal_record(person_id, 1, record)
    event = NewEvent(person_id, uuid4(), "person.registered", 1, f'{{"record":"{sealed.commitment}"}}', None)
    return Append([Head(person_id, "person", expected)], [event], {}, personal=stored([sealed]))


def test_a_record_is_there_exactly_if_its_event_is(database, app):
    person_id, other = uuid4(), uuid4()
    with connect(database) as pool:
        recorder = Recorder(pool)
        with pytest.raises(VersionMoved):
            recorder.append(registered(person_id, AISULU, expected=1))
        assert STORE.records(app, [person_id]) == {}
        recorder.append(registered(person_id, AISULU))
        with pytest.raises(BoundaryMoved) as moved:
            recorder.append(registered(other, AISULU))
        assert moved.value.kind == "iin"
        assert [len(stream) for stream in recorder.streams([person_id, other]).values()] == [1, 0]
    assert STORE.records(app, [person_id, other]) == {person_id: AISULU}


# Found


def test_a_person_is_found_by_number(owner, app):
    person_id, _ = keep(owner, AISULU)
    assert STORE.find_person(app, AISULU.iin) == person_id
    assert STORE.find_person(app, DANIYAR.iin) is None
    assert PersonalStore(PERSON_KEY, bytes(32)).find_person(app, AISULU.iin) is None


def test_a_number_belongs_to_one_person(owner, app):
    person_id, _ = keep(owner, AISULU)
    with pytest.raises(psycopg.Error) as refused:
        keep(owner, replace(DANIYAR, iin=AISULU.iin))
    assert (refused.value.sqlstate, refused.value.diag.message_detail) == ("KL003", "iin")
    assert STORE.find_person(app, AISULU.iin) == person_id
    assert len(rows(app, "person_keys")) == 1


def test_a_corrected_number_replaces_the_wrong_one(owner, app):
    person_id, [first] = keep(owner, replace(AISULU, iin=DANIYAR.iin))
    store(owner, STORE.seal_record(person_id, 2, AISULU, first.key))
    assert STORE.find_person(app, AISULU.iin) == person_id
    assert STORE.find_person(app, DANIYAR.iin) is None


def test_of_two_registrations_of_a_number_at_once_one_is_refused(database, owner, app):
    codes = []

    def second():
        with connected(database, "kelisim_owner") as connection:
            try:
                keep(connection, AISULU)
            except psycopg.Error as error:
                codes.append(error.sqlstate)

    with owner.transaction():
        person_id, _ = keep(owner, AISULU)
        waiting = Thread(target=second)
        waiting.start()
        while waiting.is_alive() and not app.execute(WAITING).rowcount:
            pass
    waiting.join()
    assert codes == ["KL003"]
    assert STORE.find_person(app, AISULU.iin) == person_id


def test_names_are_listed_in_kazakh_order(owner, app):
    for n, name in enumerate(["Іңкәр", "Болат", "Әлия", "Aigerim", "Ырыс"]):
        keep(owner, replace(DANIYAR, iin=f"{n:012}", name=name))
    assert [row["name"] for row in listed(app)] == ["Әлия", "Болат", "Ырыс", "Іңкәр", "Aigerim"]


def test_names_are_found_folded_and_in_the_nearest_russian(owner, app):
    keep(owner, replace(AISULU, name="Семёнова  Әлия\0", name_latin="Semyonova Aliya"))
    assert [(row["name"], row["folded"], row["nearest"]) for row in listed(app)] == [
        ("Семёнова Әлия", "семенова әлия semyonova aliya", "семенова алия semyonova aliya")
    ]


def listed(connection):
    cursor = connection.cursor(row_factory=psycopg.rows.dict_row)
    return cursor.execute("SELECT * FROM personal.people ORDER BY sort_key, person_id").fetchall()


def test_a_number_is_looked_up_by_its_keyed_digest():
    assert STORE.digest("100315690008") == hmac.digest(LOOKUP_KEY, b"iin\n100315690008", "sha256")
