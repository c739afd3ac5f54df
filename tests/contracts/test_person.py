"""Who somebody is, and who stands for a student."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.decision import On
from contracts.parties import Contacts, Guardian, Record
from contracts.person import (
    ChangeContacts,
    ContactsChanged,
    EndRepresentative,
    NameRepresentative,
    NoSuchRepresentative,
    RegisterPerson,
    RepresentativeEnded,
    RepresentativeNamed,
)
from contracts.registration import BirthDiffers, PersonRegistered, RegisteredAlready, WrongIin
from tests.examples import COLLEGE, FRESH, G1, G2, S1, STUDENT, an_id, around, asked, refused, state, when

PROOF = "d" * 64
SEALED = {"record": "f" * 64, "proof": PROOF}
G1_IS = PersonRegistered(FRESH, "f" * 64)
S1_IS = PersonRegistered(S1.id, S1.commitment)
NAME = NameRepresentative(G1.id, Guardian.PARENT, "birth certificate 12")
ADULT = date(2028, 3, 15)
NAMED = RepresentativeNamed(G1.id, Guardian.PARENT, PROOF, ADULT)


def of_college(**around_it):
    return asked(COLLEGE, date(2026, 8, 10), around(**{"representative": G1, **around_it}), sealed=SEALED)


def test_a_person_is_an_id_and_a_commitment():
    assert when(RegisterPerson(G1.record), asked(sealed=SEALED)) == [On(FRESH, G1_IS)]
    found = state([G1_IS], "person")
    assert (found.id, found.commitment, found.record) == (FRESH, "f" * 64, None)


@pytest.mark.parametrize(
    ("iin", "fault"),
    [("78112349000", "length"), ("7811234900O4", "characters"), ("781123790004", "century")],
)
def test_a_number_is_an_iin(iin, fault):
    assert refused(RegisterPerson(Record(iin, "Saule Demo", date(1978, 11, 23))), asked()) == [
        WrongIin(fault)
    ]


def test_a_birth_date_is_that_of_the_number():
    wrong = Record("781123490004", "Saule Demo", date(1978, 11, 24))
    assert refused(RegisterPerson(wrong), asked()) == [BirthDiffers()]


def test_a_person_is_registered_once():
    assert refused(RegisterPerson(G1.record), asked(facts=around(known=G1))) == [RegisteredAlready()]


def test_new_contacts_make_a_new_commitment():
    occasion = asked(STUDENT, sealed={"record": "e" * 64})
    events = when(ChangeContacts(Contacts(phone="+77000000000")), occasion, given=[S1_IS])
    assert events == [ContactsChanged("e" * 64)]
    assert state([S1_IS, *events], "person").commitment == "e" * 64


def test_a_representative_is_named_to_the_18th_birthday():
    assert when(NAME, of_college(), given=[S1_IS]) == [NAMED]
    student = state([S1_IS, NAMED], "person")
    assert student.representatives(date(2028, 3, 14)) == {G1.id}
    assert student.representatives(ADULT) == set()


def test_a_representative_may_be_named_for_less_but_for_no_longer():
    for until, expected in ((date(2027, 1, 1), date(2027, 1, 1)), (date(2030, 1, 1), ADULT)):
        [named] = when(replace(NAME, until=until), of_college(), given=[S1_IS])
        assert named.until == expected


def test_both_parents_may_be_named_and_each_again_for_another_time():
    other = RepresentativeNamed(G2.id, Guardian.PARENT, PROOF, ADULT)
    shorter = replace(NAMED, until=date(2027, 1, 1))
    student = state([S1_IS, NAMED, other, shorter], "person")
    assert student.representatives(date(2026, 12, 31)) == {G1.id, G2.id}
    assert student.representatives(date(2027, 1, 1)) == {G2.id}


def test_name_again_changes_nothing():
    assert when(NAME, of_college(), given=[S1_IS, NAMED]) == []


@pytest.mark.parametrize(
    ("wish", "around_it"),
    [
        (replace(NAME, proof=" "), {}),
        (NAME, {"representative": None}),
        (NAME, {"who": replace(S1, record=None)}),
        (replace(NAME, representative=S1.id), {}),
        (replace(NAME, until=date(2026, 8, 10)), {}),
        (NAME, {"who": replace(S1, record=replace(S1.record, born_on=date(2008, 8, 10)))}),
    ],
    ids=["no proof", "unknown", "student unknown", "himself", "over", "adult"],
)
def test_a_representative_is_proven_known_and_of_a_minor(wish, around_it):
    assert refused(wish, of_college(**around_it), given=[S1_IS]) == [NoSuchRepresentative()]


def test_a_representative_ends_once():
    from_on = date(2027, 1, 1)
    wish = EndRepresentative(G1.id, from_on)
    [ended] = when(wish, of_college(), given=[S1_IS, NAMED])
    assert (ended, ended.effective_on) == (RepresentativeEnded(G1.id, from_on), from_on)
    after = state([S1_IS, NAMED, ended], "person")
    assert after.representatives(date(2026, 12, 31)) == {G1.id}
    assert after.representatives(from_on) == set()
    assert when(wish, of_college(), given=[S1_IS, NAMED, ended]) == []
    assert when(EndRepresentative(an_id(97), from_on), of_college(), given=[S1_IS, NAMED]) == []


def test_an_end_makes_no_representative_last_longer():
    ended = RepresentativeEnded(G1.id, date(2030, 1, 1))
    assert state([S1_IS, NAMED, ended], "person").representatives(ADULT) == set()
